"""Plays one case through the web pages alone, from the first word to the verdict."""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from luoshi.cli.browser import Browser, Page
from luoshi.cli.instance import COMMAND, served, throwaway

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

    def report(self) -> None:
        """Tell the town what is the matter."""
        browser = self.of("resident")
        browser.open(f"{TOWN}/report/")
        page = browser.send({"text": "村口三盏路灯不亮，老人晚上看不见。"})
        village = page.body.split('name="village" value="')[1].split('"')[0]
        browser.send({"village": village, "place": "老槐树旁"})
        browser.send({"answer": "sms", "phone": "13800001111", "name": "王建国"})
        browser.send({})
        page = browser.open(f"{TOWN}/matter/")
        self.note("resident", "report", page, "received")

    def find_number(self) -> None:
        """Learn the case's number as the dispatcher does."""
        page = self.of("dispatcher").open(f"{TOWN}/work/search/?q=老槐树")
        self.number = page.body.split("/work/case/")[1].split("/")[0]

    def judge(self, solved: str, satisfied: str, expected: str) -> None:
        """Give the resident's verdict."""
        browser = self.of("resident")
        browser.open(f"{TOWN}/matter/")
        browser.send({"solved": solved, "satisfied": satisfied}, "/judge/")
        page = browser.open(f"{TOWN}/matter/")
        self.note("resident", f"judge: {solved}", page, expected)

    def finish(self, words: str) -> None:
        """Hand in the result and have somebody else accept it."""
        self.do("handler", "submit", "submitted", lambda page: {"words": words})
        self.do("inspector", "review", "awaiting")

    def play(self) -> None:
        """Play the whole case."""
        self.report()
        self.find_number()
        self.do(
            "dispatcher",
            "dispatch",
            "assigned",
            lambda page: {
                "organisation": page.option("青溪村委"),
                "category": page.option("路灯（村镇建设办）"),
            },
        )
        self.do("village", "hand_back", "assigned", lambda _: {"reason": "归村建办管"})
        self.do(
            "dispatcher",
            "decide_handback",
            "assigned",
            lambda page: {
                "upheld": "yes",
                "organisation": page.option("村镇建设办"),
                "answer": "有道理",
            },
        )
        self.do("handler", "take", "taken")
        self.do(
            "handler", "extend", "taken", lambda _: {"amount": "1", "reason": "等灯具"}
        )
        self.finish("三盏灯都换了。")
        self.judge("not", "not", "in_hand")
        self.finish("又换了镇流器，试过两晚。")
        self.judge("solved", "satisfied", "closed")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("name", nargs="?", default="case", choices=["case"])
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Play it in a throw-away instance; 1 at the first wrong state."""
    from luoshi.demo.town import PASSWORD

    fault = ""
    with throwaway() as instance:
        command = [*COMMAND, "run", "--demo"]
        with served(command, instance.env, f"{instance.address}/health"):
            walk = Walk(instance.address, PASSWORD)
            try:
                walk.play()
            except (WrongState, LookupError, IndexError) as error:
                fault = str(error)
    told = {"steps": [asdict(step) for step in walk.steps]}
    if fault:
        told["fault"] = fault  # type: ignore[assignment]
    if options.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        for step in walk.steps:
            print(f"{step.role:11} {step.did:18} {step.state:10} {step.page}")
        print(fault or "Every page showed what it should.")
    return 1 if fault else 0
