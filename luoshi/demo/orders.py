"""Orders of the city's platform in the demo town, each as far as it got."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from luoshi.cases.actions import reply_to_reporters
from luoshi.cases.actions.city import Published, keep_city_figure
from luoshi.cases.actions.talk import note_sent_there
from luoshi.cases.actions.there import There, name_there
from luoshi.cases.models import Order
from luoshi.cases.orders.bring import bring_pasted
from luoshi.cases.orders.read import OrderRow
from luoshi.cases.orders.systems import FIRST
from luoshi.commitments import actions
from luoshi.commitments.models import Category
from luoshi.core.actors import Staff
from luoshi.core.clock import SHANGHAI, at
from luoshi.core.models import Organisation
from luoshi.core.staff import staff_of_person
from luoshi.demo.history import Cast

HAS = frozenset({"number", "received", "due", "text", "subject", "state", "urgency"})
# Hours ago, hours given there, urgency, title, text, how far: 0 new, 1 taken,
# 2 answered and waiting for the call-back, 3 called back.
TOLD = [
    (30, 168, "一般", "路灯不亮", "村口小广场的路灯整夜不亮，老人不敢出门。", 1),
    (52, 72, "一般", "路面塌陷", "镇区东街路面塌了一个坑，骑车容易摔。", 2),
    (120, 168, "一般", "路灯常亮", "镇区路灯白天也亮着，浪费电。", 3),
    (1, 24, "紧急", "电线垂下来", "暴雨后电线垂到路边，孩子上学要从下面走。", 0),
]
# What, by which day, the city's figure.
PUBLISHED = [
    ("received", "received", 5),
    ("closed", "closed", 3),
    ("solved", "closed", 100),
]
CHANGED = "村口小广场的路灯整夜不亮，老人不敢出门。又来电：旁边健身器材处也不亮。"


def bring_orders(cast: Cast, end: datetime) -> None:
    """Bring four orders in, and let each go as far as it got."""
    for number, told in enumerate(TOLD, 1):
        _play(cast, end, number, told)
    dispatcher = staff_of_person(cast.staff["dispatcher"])
    _publish(dispatcher, end)
    # The same trouble was written to the petition office as well.
    case = Order.objects.earliest("pk").case
    name_there(case.pk, There("petition", f"XF{end:%Y}0311"), actor=dispatcher)


def _publish(dispatcher: Staff, end: datetime) -> None:
    """Write down what the city's report says of the month so far."""
    last = (end - timedelta(days=1)).astimezone(SHANGHAI).date()
    for what, by, value in PUBLISHED:
        figure = Published(
            *(FIRST, what, by, last.replace(day=1), last, Decimal(value)),
            source=f"市热线办{last.year}年第{last.month}期月报",
            published_on=last,
        )
        keep_city_figure(figure, actor=dispatcher)


def _play(
    cast: Cast, end: datetime, number: int, told: tuple[int, int, str, str, str, int]
) -> None:
    hours, given, urgency, subject, text, far = told
    start = end - timedelta(hours=hours)
    row = OrderRow(
        number=f"DH{start:%Y%m%d}{number:05d}",
        received=start,
        due=start + timedelta(hours=given),
        urgency=urgency,
        subject=subject,
        text=text,
        state="待签收",
        has=HAS,
    )
    dispatcher = staff_of_person(cast.staff["dispatcher"])
    with at(start + timedelta(minutes=20)) as clock:
        order, _what = bring_pasted(FIRST, row, actor=dispatcher)
        if not far:
            return
        _work(cast, order, far)
        clock.tick(timedelta(minutes=30))
        if far == 1:
            row = replace(row, text=CHANGED, state="办理中")
        if far == 3:
            row = replace(row, state="已办结", solved="解决", satisfied="满意")
            row = replace(row, has=HAS | {"solved", "satisfied"})
        bring_pasted(FIRST, row, actor=dispatcher)


def _work(cast: Cast, order: Order, far: int) -> None:
    """Dispatch an order, take it, and from the second stage on answer it."""
    pk = order.case.commitment_id
    category = Category.objects.get(name="路灯")
    handler = staff_of_person(cast.staff["村镇建设办"])
    actions.dispatch_commitment(
        pk,
        organisation_id=Organisation.objects.get(name="村镇建设办").pk,
        category_id=category.pk,
        actor=staff_of_person(cast.staff["dispatcher"]),
    )
    actions.take_commitment(pk, actor=handler)
    if far < 2:
        return
    actions.submit_commitment(pk, words="已到现场修好，拍了照片。", actor=handler)
    actions.accept_commitment(pk, actor=staff_of_person(cast.staff["inspector"]))
    words = "您反映的问题已经到现场处理好，谢谢您打来电话。"
    reply_to_reporters(order.case_id, text=words, actor=handler)
    note_sent_there(order.pk, actor=handler)
