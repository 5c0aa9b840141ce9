"""A sealed accusation: its keeper reads it, and no other role finds it by any page."""

import re

from luoshi.cli.browser import Browser, Page
from luoshi.cli.walk_through.walk import TOWN, Walk, WrongState

# A word that stands nowhere else in the town.
SECRET = "琥珀茶楼"
ACCUSATION = f"村支书在{SECRET}收钱，收了才盖章。"
OTHERS = (
    *("dispatcher", "handler", "inspector", "leader", "releaser", "village"),
    *("admin", "minors"),
)
# Where something of it could stand, for whoever may open these.
PLACES = (
    *(f"inbox/?view={view}&whose=town" for view in ("open", "undispatched", "closed")),
    *(f"search/?q={words}" for words in (SECRET, "NUMBER")),
    *("dispatch/", "dispatch/?held", "dispatch/NUMBER/", "entered/", "unreached/"),
    *("first/", "inspect/", "list/late/", "list/signals/", "release/", "exports/"),
    *("figures/?period=month", "papers/", "led/", "proposals/", "sealed/"),
    *(f"sealed/{one}/" for one in range(1, 6)),
    *(f"case/NUMBER/{page}" for page in ("", "print/", "seal/", "publish/", "erase/")),
    *("case/NUMBER/do/dispatch/", "case/NUMBER/merge/", "case/NUMBER-1/"),
    f"export/search/?q={SECRET}&form=csv",
    "export/inbox/?view=undispatched&form=csv",
)
PUBLIC = ("open/", f"open/?q={SECRET}", "open/NUMBER/", "open/data.csv", "village/1/")


def play_sealed(walk: Walk) -> None:
    """Tell an accusation between two ordinary matters, and look for it everywhere."""
    before = _plain(walk, "祠堂门口的台阶松了一块。")
    accuser = walk.resident("accuser")
    _accuse(walk, accuser)
    after = _plain(walk, "祠堂后面的水沟堵了。")
    number = _between(before, after)
    for role in OTHERS:
        _look(walk, role, walk.of(role), number)
    _look(walk, "neighbour", walk.resident("neighbour"), number, PUBLIC)
    _kept(walk)


def _plain(walk: Walk, text: str) -> str:
    walk.report(text, resident="plain")
    return walk.find_number(text.removesuffix("。"))


def _accuse(walk: Walk, browser: Browser) -> None:
    """Answer the plain question on the form; the page then shows 12388 and no word."""
    browser.open(f"{TOWN}/report/")
    page = browser.send({"text": ACCUSATION, "about": "conduct"})
    village = page.body.split('name="village" value="')[1].split('"')[0]
    browser.send({"village": village, "place": ""})
    browser.send({"answer": "none", "phone": "", "name": ""})
    browser.send({})
    page = browser.open(f"{TOWN}/matter/")
    walk.note("accuser", "accuse", page, "sealed")
    walk.saw("accuser", "reads 12388", page, "12388" in page.body, True)
    walk.saw("accuser", "sees none of it", page, SECRET in page.body, False)


def _between(before: str, after: str) -> str:
    """Return the one number that went to the accusation."""
    head, first = before.rsplit("-", 1)
    last = after.rsplit("-", 1)[1]
    if int(last) - int(first) != 2:
        raise WrongState(f"{before} and {after} are not two apart")
    return f"{head}-{int(first) + 1:0{len(first)}d}"


def _look(
    walk: Walk,
    role: str,
    browser: Browser,
    number: str,
    places: tuple[str, ...] = (),
) -> None:
    """Open every place, and each page that the role's own page leads to."""
    paths = [f"{TOWN}/{path}" for path in places]
    if not places:
        today = browser.open(f"{TOWN}/work/")
        paths = _links(today) + [f"{TOWN}/work/{path}" for path in PLACES]
    opened = 0
    for path in paths:
        page = browser.open(path.replace("NUMBER", number))
        opened += page.status == 200
        told = page.body.replace(f'value="{number}"', "")
        asked = number in page.url
        if SECRET in told.replace(f'value="{SECRET}"', "") and "q=" not in path:
            raise WrongState(f"{role} reads it on {page.url}")
        if asked and page.status == 200 and "q=" not in path:
            raise WrongState(f"{role} opens {page.url}")
        if not asked and number in told:
            raise WrongState(f"{role} sees its number on {page.url}")
        if "/search/" in path and "data-row" in page.body:
            raise WrongState(f"{role} finds it on {page.url}")
    walk.saw(role, "looks everywhere", browser.page, bool(opened), True)


def _links(page: Page) -> list[str]:
    """Return where a page leads to within the town, each once, not out of it."""
    found = re.findall(rf'href="({TOWN}/work/[^"#?]*)"', page.body)
    return [path for path in dict.fromkeys(found) if "sign-out" not in path]


def _kept(walk: Walk) -> None:
    """Let the keeper read it, which is written down, and say that it is dealt with."""
    keeper = walk.of("discipline")
    page = keeper.open(f"{TOWN}/work/sealed/")
    walk.saw("discipline", "lists it by its day", page, SECRET in page.body, False)
    first = re.search(rf'href="({TOWN}/work/sealed/\d+/)"', page.body)
    if first is None:
        raise WrongState("discipline: nothing is listed")
    page = keeper.open(first[1])
    walk.saw("discipline", "opens it", page, SECRET in page.body, False)
    page = keeper.send({}, "/read/")
    walk.saw("discipline", "reads it", page, SECRET in page.body, True)
    page = keeper.send({"text": "已报县纪委。"}, "/note/")
    walk.note("discipline", "leaves a note", page, "sealed")
