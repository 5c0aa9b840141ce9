"""The people of a walk-through, each with a browser of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from luoshi.cli.browser import Browser, Page

TOWN = "/qinghe"


@dataclass(frozen=True)
class Step:
    """What somebody did on a page, and the state that the page then showed."""

    page: str
    role: str
    did: str
    state: str


class WrongState(Exception):
    """A page showed another state than it should."""


class Walk:
    """The people of one walk-through, each with a browser."""

    def __init__(self, address: str, password: str) -> None:
        self.address, self.password = address, password
        self.browsers: dict[str, Browser] = {"resident": Browser(address)}
        self.steps: list[Step] = []
        self.number = ""

    def of(self, role: str) -> Browser:
        """Return a person's browser, signed in."""
        if role not in self.browsers:
            browser = self.browsers[role] = Browser(self.address)
            browser.open("/sign-in/")
            browser.send({"username": role, "password": self.password})
        return self.browsers[role]

    def note(self, role: str, did: str, page: Page, expected: str) -> None:
        """Write down a step; `WrongState` if the page shows another state."""
        self.steps.append(Step(urlsplit(page.url).path, role, did, page.state))
        if page.state != expected:
            raise WrongState(
                f"{role} {did}: the page shows {page.state or page.status}, "
                f"not {expected}"
            )

    def saw(
        self, role: str, did: str, page: Page, found: object, expected: object
    ) -> None:
        """Write down a step by something else than a state."""
        path = page.url.removeprefix(self.address)
        self.steps.append(Step(path, role, did, str(found)))
        if found != expected:
            raise WrongState(f"{role} {did}: {found}, not {expected}")

    def do(
        self,
        role: str,
        name: str,
        expected: str,
        told: Callable[[Page], dict[str, str]] = lambda page: {},
    ) -> None:
        """Take one step of the work on its page and look at the case."""
        browser = self.of(role)
        page = browser.open(f"{TOWN}/work/case/{self.number}/do/{name}/")
        browser.send(told(page))
        page = browser.open(f"{TOWN}/work/case/{self.number}/")
        self.note(role, name, page, expected)

    def report(self, text: str, phone: str = "", resident: str = "resident") -> None:
        """Tell the town what is the matter, as one of the residents."""
        browser = self.resident(resident)
        browser.open(f"{TOWN}/report/")
        page = browser.send({"text": text})
        village = page.body.split('name="village" value="')[1].split('"')[0]
        browser.send({"village": village, "place": "老槐树旁"})
        contact = {"answer": "sms", "phone": phone} if phone else {"answer": "none"}
        browser.send({**contact, "name": "王建国" if phone else ""})
        browser.send({})
        page = browser.open(f"{TOWN}/matter/")
        self.note(resident, "report", page, "received")

    def resident(self, name: str = "resident") -> Browser:
        """Return the browser of one of the residents."""
        return self.browsers.setdefault(name, Browser(self.address))

    def find_number(self, words: str) -> str:
        """Learn a case's number as the dispatcher does."""
        page = self.of("dispatcher").open(f"{TOWN}/work/search/?q={words}")
        return page.body.split("/work/case/")[1].split("/")[0]

    def judge(
        self, solved: str, satisfied: str, expected: str, resident: str = "resident"
    ) -> None:
        """Give a resident's verdict."""
        browser = self.resident(resident)
        browser.open(f"{TOWN}/matter/")
        browser.send({"solved": solved, "satisfied": satisfied}, "/judge/")
        page = browser.open(f"{TOWN}/matter/")
        self.note(resident, f"judge: {solved}", page, expected)

    def finish(self, words: str) -> None:
        """Hand in the result and have somebody else accept it."""
        self.do("handler", "submit", "submitted", lambda page: {"words": words})
        self.do("inspector", "review", "awaiting")

    def play(self) -> None:
        """Play it all; `WrongState` at the first page that shows something else."""
        raise NotImplementedError
