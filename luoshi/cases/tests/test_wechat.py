"""Inside WeChat every page opens, and what it cannot do says what to do instead."""

import io

import pytest
from PIL import Image

from luoshi.cases.tests.test_main_job import awaiting, report
from luoshi.conftest import Browser

# An iPhone's and an Android's.
AGENTS = [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49(0x18003130) NetType/WIFI",
    "Mozilla/5.0 (Linux; Android 12; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/86.0.4240.99 XWEB/4425 Mobile Safari/537.36 "
    "MicroMessenger/8.0.37.2380(0x2800253D) NetType/4G Language/zh_CN",
]
AWAY = "在浏览器打开"


def inside(agent=AGENTS[0]):
    return Browser(headers={"user-agent": agent})


@pytest.mark.parametrize("agent", AGENTS)
def test_every_page_of_a_report_opens_inside(place, agent):
    client = inside(agent)
    report(place, client)
    base = f"/{place.town.code}"
    for path in ("", "report/", "receipt/", "matter/", "open/", "track/", "open/data/"):
        assert client.get(f"{base}/{path}").status_code == 200, path


def test_the_code_is_a_picture_that_a_long_press_keeps(place):
    client = inside()
    report(place, client)
    page = client.get(f"/{place.town.code}/receipt/").content.decode()
    assert "长按图片" in page and "download=" not in page
    answer = client.get(f"/{place.town.code}/receipt/code.png")
    card = Image.open(io.BytesIO(answer.content))
    assert (answer["Content-Type"], card.format) == ("image/png", "PNG")
    # The code is also written below it, so that the picture is enough.
    below = card.crop((0, card.height - 50, card.width, card.height))
    assert below.getextrema() == (0, 255)
    outside = Browser()
    report(place, outside)
    page = outside.get(f"/{place.town.code}/receipt/").content.decode()
    assert "长按图片" not in page and "存成图片" in page


def test_what_cannot_be_done_inside_says_where_it_can(place):
    case, code = awaiting(place).case, place.town.code
    staff = {"headers": {"user-agent": AGENTS[1]}}
    for who, path in (
        (None, f"/{code}/open/data/"),
        (None, f"/{code}/report/"),
        ("dispatcher", f"/{code}/work/inbox/"),
        ("dispatcher", f"/{code}/work/case/{case.number}/print/"),
        ("releaser", f"/{code}/work/poster/{place.village.pk}/"),
        ("administrator", f"/{code}/work/manage/duties/bring/"),
    ):
        client = place.client(who) if who else Browser()
        if client.get(path).status_code == 404:
            raise AssertionError(path)
        assert AWAY not in client.get(path).content.decode(), path
        assert AWAY in client.get(path, **staff).content.decode(), path
