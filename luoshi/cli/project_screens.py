"""Pictures of rounds, projects and votes; the ballot as a phone shows it."""

from collections.abc import Iterator
from typing import Any

from luoshi.cli.shot import Shot

PUBLIC, WORK = "/qinghe/projects/", "/qinghe/work/projects/"
BALLOT, VOTES = "/qinghe/vote/", "/qinghe/work/votes/"
PROJECTS_PUBLIC = [
    Shot("project-round", PUBLIC),
    Shot("project-round-built", f"{PUBLIC}round/1/"),
    Shot("project-candidates", f"{PUBLIC}round/2/candidates/"),
    Shot("project-propose", f"{PUBLIC}round/4/propose/"),
    Shot("project-propose-over", f"{PUBLIC}round/2/propose/"),
    Shot("project-candidate", f"{PUBLIC}6/"),
    Shot("project-done", f"{PUBLIC}1/"),
    Shot("project-building", f"{PUBLIC}3/"),
    Shot("vote-enter", BALLOT),
    Shot("vote-open", f"{BALLOT}3/"),
    Shot("vote-counted", f"{BALLOT}1/"),
    Shot("vote-decided", f"{BALLOT}2/"),
]
PROJECTS = [
    Shot("projects", WORK, "leader"),
    Shot("projects-built", f"{WORK}round/1/", "leader"),
    Shot("projects-new", f"{WORK}round/new/", "leader"),
    Shot("projects-days", f"{WORK}round/2/days/", "leader"),
    Shot("projects-earlier", f"{WORK}earlier/", "leader"),
    Shot("projects-earlier-bring", f"{WORK}earlier/bring/", "leader"),
    Shot("projects-enter", f"{WORK}round/4/enter/", "dispatcher"),
    Shot("project-work", f"{WORK}14/", "dispatcher"),
    Shot("project-appraise", f"{WORK}14/do/appraise/", "handler"),
    Shot("project-facts", f"{WORK}14/do/facts/", "handler"),
    Shot("project-merge", f"{WORK}15/do/merge/", "dispatcher"),
    Shot("project-work-building", f"{WORK}3/", "handler"),
    Shot("project-milestone", f"{WORK}3/do/milestone/", "handler"),
    Shot("project-money", f"{WORK}3/do/money/", "handler"),
    Shot("project-change", f"{WORK}3/do/change/", "handler"),
    Shot("project-work-done", f"{WORK}1/", "inspector"),
    Shot("project-spot", f"{WORK}1/do/spot/", "inspector"),
    Shot("vote-new", f"{VOTES}new/5/wish/", "leader"),
    Shot("vote-new-deputies", f"{VOTES}new/2/deputies/", "congress"),
    Shot("vote-work-open", f"{VOTES}3/", "leader"),
    Shot("vote-work-closed", f"{VOTES}4/", "dispatcher"),
    Shot("vote-work-counted", f"{VOTES}1/", "leader"),
    Shot("vote-work-decided", f"{VOTES}2/", "congress"),
    Shot("vote-booth", f"{VOTES}3/do/booth/", "leader"),
    Shot("vote-close", f"{VOTES}3/do/close/", "leader"),
    Shot("vote-slips", f"{VOTES}3/slips/", "leader"),
    Shot("vote-paper", f"{VOTES}3/paper/", "handler"),
    Shot("vote-sheets", f"{VOTES}4/sheets/", "dispatcher"),
    Shot("vote-blank", f"{VOTES}3/blank/", "leader"),
    Shot("vote-decide", f"{VOTES}2/decide/", "congress"),
    Shot("vote-bring", f"{VOTES}bring/", "leader"),
]
# What only a town has where a round was played.
PROJECTS_LIVED_IN = tuple(
    one.name
    for one in (*PROJECTS_PUBLIC, *PROJECTS)
    if one.name not in ("project-round", "vote-enter", "projects", "projects-new")
    and one.name not in ("vote-bring", "projects-earlier", "projects-earlier-bring")
)
PROJECTS_PRINTED = ("vote-blank", "vote-slips-sheet")
# Whose users judged it when it was there, after six months and after twelve.
JUDGED = "下洋村水渠衬砌"


def project_shots(look: Any) -> Iterator[str]:
    """Look at what was judged for a year, and cast a ballot page by page."""
    page = look.window("")
    page.goto(f"{look.address}{PUBLIC}")
    page.get_by_role("link", name=_year_before(page)).click()
    page.get_by_role("link", name=JUDGED).click()
    yield look.shoot(page, "project-judged")
    yield from _trial(look)
    codes = _slips(look)
    yield look.shoot(look.window("leader"), "vote-slips-sheet")
    yield from _ballot(look, codes[0])
    yield from _in_a_booth(look, codes[1])


def _year_before(page: Any) -> str:
    """Return the name of the round before the last one: its things are in use."""
    names = page.locator("main ul.rows a").all_inner_texts()
    years: list[str] = sorted({one for one in names if one.endswith("年民生实事")})
    return years[-2]


def _trial(look: Any) -> Iterator[str]:
    """Try a vote: one ballot by hand, twenty by chance, and their count."""
    page = look.window("leader")
    page.goto(f"{look.address}{VOTES}3/try/")
    page.locator("main input[type=checkbox]").first.check()
    page.click("main form button.main")
    page.click("main form button.main")
    page.click("main form button[value=chance]")
    yield look.shoot(page, "vote-trial")
    page.click("main form button.main")
    yield look.shoot(page, "vote-trial-counted")


def _slips(look: Any) -> list[str]:
    page = look.window("leader")
    page.goto(f"{look.address}{VOTES}3/slips/")
    page.fill("[name=count]", "4")
    page.click("main form button.main")
    codes: list[str] = page.locator(".code").all_inner_texts()
    return codes


def _ballot(look: Any, code: str) -> Iterator[str]:
    """Mark too many, look at the ballot, and cast it."""
    page = look.window("")
    page.goto(f"{look.address}{BALLOT}with/{code}/")
    yield look.shoot(page, "ballot")
    boxes = page.locator("main input[type=checkbox]")
    for place in range(4):
        boxes.nth(place).check()
    page.click("main form button.main")
    yield look.shoot(page, "ballot-too-many")
    boxes.nth(3).uncheck()
    page.click("main form button.main")
    yield look.shoot(page, "ballot-review")
    page.click("main form button.main")
    yield look.shoot(page, "ballot-cast")
    page.goto(f"{look.address}{BALLOT}with/{code}/")
    yield look.shoot(page, "ballot-used")


def _in_a_booth(look: Any, code: str) -> Iterator[str]:
    """Let a device stand in a booth: nobody is signed in on it any more."""
    page = look.window("village")
    page.goto(f"{look.address}{VOTES}3/")
    page.locator("details:has(form[action$='/device/']) summary").click()
    page.click("form[action$='/device/'] button")
    page.fill("[name=code]", code)
    page.click("main form button.main")
    page.locator("main input[type=checkbox]").first.check()
    page.click("main form button.main")
    page.click("main form button.main")
    yield look.shoot(page, "booth-cast")
    look.windows.pop("village").context.close()
