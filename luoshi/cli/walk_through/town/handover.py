"""A village office is handed over: the work follows, the old account is shut."""

import re

from luoshi.cli.browser import Browser
from luoshi.cli.walk_through.walk import TOWN, Walk, WrongState

NAME, LOGIN, PASSWORD = "汪海燕", "haiyan", "落实-is-carried-out"
RESIDENT = "resident-of-handover"


def play_handover(walk: Walk) -> None:
    """Give a village a matter, hand its office over, and look who has it."""
    walk.report("村口的水沟堵了，一下雨就漫到路上。", "13800003333", RESIDENT)
    walk.number = walk.find_number("水沟堵了")
    walk.do(
        "dispatcher",
        "dispatch",
        "assigned",
        lambda page: {
            "organisation": page.option("青溪村委"),
            "category": page.option("路灯（村镇建设办）"),
        },
    )
    _check_access(walk, inside=True)
    password = _hand_over(walk)
    _check_access(walk, inside=False)
    newcomer = walk.browsers[LOGIN] = Browser(walk.address)
    newcomer.open("/sign-in/")
    newcomer.send({"username": LOGIN, "password": password})
    newcomer.send({"old": password, "new": PASSWORD})
    page = newcomer.open(f"{TOWN}/work/case/{walk.number}/")
    walk.note(LOGIN, "open", page, "assigned")
    walk.do(LOGIN, "take", "taken")
    page = walk.resident(RESIDENT).open(f"{TOWN}/matter/")
    walk.note(RESIDENT, "look", page, "taken")
    if NAME not in page.body:
        raise WrongState("the resident's page does not name who has it now")


def _hand_over(walk: Walk) -> str:
    """Look at what goes over, hand it over, and return the first password."""
    admin = walk.of("admin")
    page = admin.open(f"{TOWN}/work/manage/hand-over/")
    found = re.search(r'href="([^"]+)">青溪村委<', page.body)
    if found is None:
        raise WrongState("the list of offices does not have 青溪村委")
    page = admin.open(found[1])
    tenure = page.form("/hand-over/pairs/").fields["tenure"]
    told = {
        f"t{tenure}-person": "new",
        f"t{tenure}-name": NAME,
        f"t{tenure}-username": LOGIN,
    }
    page = admin.send(told, "/hand-over/pairs/")
    walk.note("admin", "look", page, "looked")
    page = admin.send(told, "/hand-over/pairs/")
    walk.note("admin", "hand over", page, "handed_over")
    shown = re.search(rf"<strong>{LOGIN}</strong> <strong>([^<]+)<", page.body)
    if shown is None:
        raise WrongState("the page does not show the first password")
    return shown[1]


def _check_access(walk: Walk, *, inside: bool) -> None:
    """Check that who has the post sees the matter, and who left must sign in."""
    page = walk.of("village").open(f"{TOWN}/work/case/{walk.number}/")
    if (page.status == 200 and "/sign-in/" not in page.url) != inside:
        raise WrongState(f"the village's account ends at {page.url}")
