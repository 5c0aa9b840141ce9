"""Three who say the same: merged, answered, judged, published, withdrawn, counted."""

import re

from luoshi.cli.browser import Page
from luoshi.cli.walk_through.walk import TOWN, Step, Walk, WrongState

NEIGHBOURS = {
    "resident": ("青石桥栏杆断了一截，孩子上学要走。", "13800001111"),
    "neighbour": ("桥栏杆断了，夜里看不见很危险。", "13800002222"),
    "passer-by": ("青石桥少了一段栏杆。", ""),
}
PUBLIC = "桥栏杆 · 修好"


class LedgerWalk(Walk):
    """Plays one matter of three voices up to the public page and the figures."""

    def play(self) -> None:
        """Play it all."""
        before = self.closed()
        numbers = [self.told(who) for who in NEIGHBOURS]
        head, *others = numbers
        self.number = head
        for number in others:
            self.merge(number, head)
        self.do(
            "dispatcher",
            "dispatch",
            "assigned",
            lambda page: {
                "organisation": page.option("村镇建设办"),
                "category": page.option("路灯（村镇建设办）"),
            },
        )
        self.do("handler", "take", "taken")
        self.answer("明天就来修，先拉了警戒线。")
        self.finish("焊好了栏杆，刷了漆。")
        self.judge("solved", "satisfied", "awaiting", "neighbour")
        self.judge("not", "not", "in_hand", "resident")
        self.finish("另一头也焊好了。")
        for who, state in zip(
            NEIGHBOURS, ("awaiting", "awaiting", "closed"), strict=True
        ):
            self.judge("solved", "satisfied", state, who)
        self.counted(before + 1)
        self.publish(head)
        self.withdraw(head)
        self.counted(before + 1)

    def told(self, who: str) -> str:
        """Let one of them tell it; return the case's number."""
        text, phone = NEIGHBOURS[who]
        self.report(text, phone, who)
        return self.find_number(text.split("，")[0].rstrip("。"))

    def merge(self, number: str, head: str) -> None:
        """Do one matter together with another, as the dispatcher."""
        browser = self.of("dispatcher")
        browser.open(f"{TOWN}/work/case/{number}/merge/?q={head}")
        page = browser.send({"head": head})
        voices = sum(
            text.split("，")[0] in page.body for text, _p in NEIGHBOURS.values()
        )
        if voices < 2:
            raise WrongState(f"{head} does not show each voice")
        self.note("dispatcher", f"merge {number}", page, "received")

    def answer(self, words: str) -> None:
        """Answer once; each of the three reads it."""
        browser = self.of("handler")
        browser.open(f"{TOWN}/work/case/{self.number}/")
        browser.send({"text": words}, "/reply/")
        for who in NEIGHBOURS:
            page = self.resident(who).open(f"{TOWN}/matter/")
            if words not in page.body:
                raise WrongState(f"{who} does not read the answer")
            self.note(who, "read the answer", page, "taken")

    def publish(self, number: str) -> None:
        """Publish it as the releaser; a stranger reads it, without any name."""
        browser = self.of("releaser")
        path = f"{TOWN}/work/case/{number}/publish/"
        browser.open(path)
        page = browser.send(
            {"title": PUBLIC, "words": "打13800001111", "checked": "on"}
        )
        self.saw("releaser", "publish with a telephone", page, page.status, 422)
        browser.open(path)
        browser.send({"title": PUBLIC, "words": "栏杆断了一截。", "checked": "on"})
        page = self.resident("stranger").open(f"{TOWN}/open/{number}/")
        self.note("stranger", "read the public page", page, "closed")
        for text, phone in NEIGHBOURS.values():
            if text in page.body or (phone and phone in page.body):
                raise WrongState("the public page shows private words")
        page = self.resident("stranger").open(f"{TOWN}/open/?q=桥栏杆")
        # The words that were searched for are marked within the title.
        said = re.sub("</?mark>", "", page.body)
        self.saw("stranger", "find it in the ledger", page, PUBLIC in said, True)

    def withdraw(self, number: str) -> None:
        """Take it off at the wish of one of the three."""
        browser = self.resident("neighbour")
        browser.open(f"{TOWN}/matter/")
        browser.send({}, "/withdraw/")
        page = self.resident("stranger").open(f"{TOWN}/open/{number}/")
        self.saw("stranger", "look after it was withdrawn", page, page.status, 404)

    def closed(self) -> int:
        """Return how many matters the figures count as closed this month."""
        page = self.of("leader").open(f"{TOWN}/work/figures/?period=month")
        found = re.search(r'what=closed&[^"]*" data-number="(\d+)"', page.body)
        if found is None:
            raise WrongState("the figures show no closed matters")
        return int(found.group(1))

    def counted(self, expected: int) -> None:
        """Look whether the three voices count as one matter."""
        found = self.closed()
        page = self.of("leader").page
        self.saw("leader", f"closed this month: {found}", page, found, expected)

    def saw(
        self, role: str, did: str, page: Page, found: object, expected: object
    ) -> None:
        """Write down a step by something else than a state."""
        path = page.url.removeprefix(self.address)
        self.steps.append(Step(path, role, did, str(found)))
        if found != expected:
            raise WrongState(f"{role} {did}: {found}, not {expected}")
