"""A 12345 order pasted, updated twice, answered, and judged by its call-back."""

from datetime import timedelta

from luoshi.cli.browser import Page
from luoshi.cli.walk_through.walk import TOWN, Walk, WrongState
from luoshi.core.clock import SHANGHAI, now

NUMBER = "DH2026110100042"
TEXT = "石塘村口的路灯坏了一个星期，接送孩子看不清路。"
MORE = "石塘村口的路灯坏了一个星期，接送孩子看不清路。今天又来电：一共坏了三盏。"


def order_text(text: str, days: int, more: str = "") -> str:
    """Return an order as it is copied out of the platform."""
    received = now().astimezone(SHANGHAI).replace(second=0) - timedelta(hours=2)
    due = received + timedelta(days=days)
    return (
        f"【工单编号】{NUMBER}　【来源】电话\n"
        f"【受理时间】{received:%Y-%m-%d %H:00:00}  【紧急程度】一般\n"
        "来电人：王女士　联系电话：19900001190\n"
        f"事发地址：石塘村口\n诉求标题：路灯坏了\n诉求内容：{text}\n\n"
        "承办单位：青禾镇\n"
        f"办理时限：{due:%Y-%m-%d %H:00:00}（请按时签收、反馈）\n{more}"
    )


def play_orders(walk: Walk) -> None:
    """Play the order from its first paste to its closing."""
    paste(walk, order_text(TEXT, 3), "received")
    walk.do(
        "dispatcher",
        "dispatch",
        "assigned",
        lambda page: {
            "organisation": page.option("村镇建设办"),
            "category": page.option("路灯（村镇建设办）"),
        },
    )
    walk.do("handler", "take", "taken")
    first = walk.number
    page = paste(walk, order_text(MORE, 3), "taken")
    expect(MORE in page.body, "the page does not show what was changed there")
    page = paste(walk, order_text(MORE, 5), "taken")
    expect(walk.number == first, "the same number made a second case")
    expect("以此为准" in page.body, "the page does not say which clock governs")
    walk.finish("三盏灯都换了，晚上看过。")
    answer(walk)
    judged = "【工单状态】已办结　【回访结果】解决　【满意度】满意\n"
    paste(walk, order_text(MORE, 5, judged), "closed")


def paste(walk: Walk, text: str, expected: str) -> Page:
    """Paste an order, keep what was found, and look at its case."""
    browser = walk.of("dispatcher")
    browser.open(f"{TOWN}/work/orders/paste/")
    browser.send({"system": "12345", "pasted": text})
    page = browser.send({}, "/orders/paste/")
    expect(f'data-order="{NUMBER}"' in page.body, "the case does not name its order")
    walk.number = page.url.rstrip("/").rpartition("/")[2]
    walk.note("dispatcher", "paste the order", page, expected)
    return page


def answer(walk: Walk) -> None:
    """Copy the reply out in the platform's layout, and note that it is there."""
    browser = walk.of("handler")
    page = browser.open(f"{TOWN}/work/case/{walk.number}/")
    path = page.body.split(f"/work/case/{walk.number}/order/")[1].split('"')[0]
    page = browser.open(f"{TOWN}/work/case/{walk.number}/order/{path}")
    told = NUMBER in page.body and "三盏灯都换了" in page.body
    expect(told, "the reply has not the number and what was done")
    page = browser.send({})
    expect("已把答复填到那边" in page.body, "the case does not say that it was sent")
    walk.note("handler", "copy the reply out", page, "awaiting")


def expect(holds: bool, otherwise: str) -> None:
    """Stop where a page does not show what it should."""
    if not holds:
        raise WrongState(otherwise)
