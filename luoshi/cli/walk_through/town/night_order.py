"""An urgent matter on a day off: to who is on duty, who dispatches it."""

import re
import time
from datetime import timedelta

from luoshi.cli.walk_through.walk import TOWN, Walk, WrongState
from luoshi.commitments.terms import CALENDAR_S
from luoshi.core.clock import today

TEXT = "演练：挡土墙塌了一角，石头滚到路上。"
ROSTER = f"{TOWN}/work/roster/"
CALENDAR = f"{TOWN}/work/manage/calendar/"
REASON = "演练"


def play_night_order(walk: Walk) -> None:
    """Let the town rest today, bring a roster in, and follow one urgent matter."""
    _set_today(walk, "no")
    name = _name_of(walk, "handler")
    _bring_roster(walk, name)
    page = walk.of("handler").open(f"{ROSTER}now/")
    _expect(name in page.body, "the page does not say who is on duty")
    walk.number = _write_down(walk)
    _sees(walk, "handler", 200)
    _sees(walk, "village", 404)
    walk.do("handler", "take_on_duty", "received")
    page = walk.of("dispatcher").open(f"{TOWN}/work/case/{walk.number}/")
    _expect(f"值班的{name}接手了" in page.body, "the case does not say who took it")
    walk.do(
        "handler",
        "dispatch",
        "assigned",
        lambda page: {
            "organisation": page.option("青溪村委"),
            "category": page.option("路灯（村镇建设办）"),
            "urgent": "on",
        },
    )
    _sees(walk, "village", 200)
    _set_today(walk, "yes")


def _set_today(walk: Walk, works: str) -> None:
    """Say by the town's own calendar whether it works today."""
    admin = walk.of("admin")
    admin.open(CALENDAR)
    told = {"day": today().isoformat(), "is_workday": works, "reason": REASON}
    page = admin.send(told)
    _expect(REASON in page.body, "the calendar does not show the day that was set")
    # Till the other process of the server has looked at the calendar anew.
    time.sleep(CALENDAR_S + 1)


def _name_of(walk: Walk, role: str) -> str:
    """Read a person's name from the head of their own page."""
    page = walk.of(role).open(f"{TOWN}/work/")
    found = re.search(r'class="who small">([^<]+)<', page.body)
    if found is None:
        raise WrongState(f"the page of {role} does not say who it is")
    return found[1].split()[-1]


def _bring_roster(walk: Walk, name: str) -> None:
    """Put one person on duty all day, and look at the file before."""
    admin = walk.of("admin")
    days = (today() - timedelta(days=1), today())
    rows = "".join(f"{day.isoformat()},全天,{name}\n" for day in days)
    admin.open(f"{ROSTER}bring/")
    page = admin.send_file("sheet", "roster.csv", f"日期,班次,值班人员\n{rows}")
    walk.note("admin", "look at the roster", page, "")
    page = admin.send({})
    _expect(page.url.endswith(ROSTER), "the roster was not brought in")
    _expect(name in page.body, "the roster does not name who is on duty")


def _write_down(walk: Walk) -> str:
    """Let the dispatcher write an urgent matter down; return its number."""
    dispatcher = walk.of("dispatcher")
    page = dispatcher.open(f"{TOWN}/work/enter/")
    told = {"text": TEXT, "village": page.option("青溪村"), "urgent": "on"}
    page = dispatcher.send({**told, "channel": "phone", "answer": "none"})
    _expect(page.status == 200, "what was told could not be written down")
    return walk.find_number("挡土墙")


def _sees(walk: Walk, role: str, status: int) -> None:
    """Look whether a person sees the matter."""
    page = walk.of(role).open(f"{TOWN}/work/case/{walk.number}/")
    _expect(page.status == status, f"{role} gets {page.status} and not {status}")


def _expect(holds: bool, otherwise: str) -> None:
    """Stop where a page does not show what it should."""
    if not holds:
        raise WrongState(otherwise)
