"""An emergency: on, said on every page, and off; due dates moved exactly by it."""

import re
import time
from datetime import datetime, timedelta

from luoshi.cli.browser import Page
from luoshi.cli.walk_through.walk import TOWN, Walk, WrongState

CATEGORY, NAME = "演练：晒谷场", "防汛三级响应"
EMERGENCY = f"{TOWN}/work/emergency/"
# How long it lasts here; the due dates must move by as much, to the microsecond.
LASTS_S = 1.5


def play_nights(walk: Walk) -> None:
    """Play an ordinary and an urgent matter through an emergency."""
    _add_category(walk)
    plain = _told(walk, "晒谷场的围栏松了，谷子往外漏。", "")
    urgent = _told(walk, "晒谷场边的电线垂下来了，碰得到人。", "on")
    before = {number: _due(walk, number) for number in (plain, urgent)}
    page = walk.of("handler").open(f"{EMERGENCY}declare/")
    walk.saw("handler", "try to switch it on", page, page.status, 403)
    leader = walk.of("leader")
    leader.open(EMERGENCY)
    page = leader.send({"name": NAME, "reason": "县里发了暴雨预警"}, "/declare/")
    walk.saw("leader", "switch it on", page, NAME in page.body, True)
    _stands(walk, plain, True)
    _stands(walk, urgent, False)
    time.sleep(LASTS_S)
    page = leader.open(EMERGENCY)
    page = leader.send({"reason": "雨停了，水退了"}, "/end/")
    lasted = _lasted(page)
    _stands(walk, plain, False)
    _moved(walk, plain, before[plain] + lasted)
    _moved(walk, urgent, before[urgent])


def _add_category(walk: Walk) -> None:
    """Let the administrator name a term in hours, which seconds can move."""
    admin = walk.of("admin")
    admin.open(f"{TOWN}/work/manage/categories/")
    term = {"term_amount": "48", "term_unit": "hours"}
    soon = {"urgent_amount": "2", "urgent_unit": "hours"}
    page = admin.send({"name": CATEGORY, **term, **soon})
    walk.saw("admin", "add a category", page, CATEGORY in page.body, True)


def _told(walk: Walk, text: str, urgent: str) -> str:
    """Have something told and dispatched; return its number."""
    walk.report(text)
    walk.number = walk.find_number(text.split("，")[0])
    told = {"urgent": urgent} if urgent else {}
    walk.do(
        "dispatcher",
        "dispatch",
        "assigned",
        lambda page: {
            "organisation": page.option("村镇建设办"),
            "category": page.option(CATEGORY),
            **told,
        },
    )
    return walk.number


def _open(walk: Walk, number: str) -> Page:
    return walk.of("dispatcher").open(f"{TOWN}/work/case/{number}/")


def _due(walk: Walk, number: str) -> datetime:
    """Read when it is due, to the microsecond."""
    found = re.search(r'id="due" datetime="([^"]+)"', _open(walk, number).body)
    if found is None:
        raise WrongState(f"{number} does not say when it is due")
    return datetime.fromisoformat(found.group(1))


def _stands(walk: Walk, number: str, expected: bool) -> None:
    """Look whether its clock stands."""
    page = _open(walk, number)
    stands = 'data-light="paused"' in page.body
    walk.saw("dispatcher", f"clock of {number} stands", page, stands, expected)


def _lasted(page: Page) -> timedelta:
    """Read from the page how long the emergency lasted."""
    began, ended = (
        re.search(rf'class="{name}" datetime="([^"]+)"', page.body)
        for name in ("began", "ended")
    )
    if began is None or ended is None:
        raise WrongState("the page does not say when it began and ended")
    return datetime.fromisoformat(ended[1]) - datetime.fromisoformat(began[1])


def _moved(walk: Walk, number: str, expected: datetime) -> None:
    """Look whether it is due exactly then."""
    due = _due(walk, number)
    page = walk.of("dispatcher").page
    did = f"{number} is due when it should be"
    walk.saw("dispatcher", did, page, due.isoformat(), expected.isoformat())
