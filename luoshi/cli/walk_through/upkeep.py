"""A facility's whole way: told at its plate, looked at, planned, mended, paid."""

import re
import time

from luoshi.cli.browser import Page
from luoshi.cli.walk_through.walk import TOWN, Walk, WrongState

BASE = f"{TOWN}/work/upkeep"
NAME, VILLAGE, OFFICE = "上沟过路涵洞", "青溪村", "村镇建设办"
CATEGORY = "路灯（村镇建设办）"
# A plan of the demo town's 900 facilities takes seconds; a busy machine has its time.
TRIES, PAUSE_S = 180, 1.0


class UpkeepWalk(Walk):
    """Plays one culvert from a defect told at its plate to an accepted, paid repair."""

    def play(self) -> None:
        """Play it all."""
        self._enter()
        self._tell()
        self._look("5")
        self._plan()
        self._approve()
        self._mend()
        self._pay()
        self._accept()
        self._answer()
        self._read()

    def _enter(self) -> None:
        """Write the culvert into the register, and learn its plate's code."""
        handler = self.of("handler")
        page = handler.open(f"{BASE}/new/")
        kind = re.search(r'\?kind=(\d+)"[^>]*>\s*涵洞', page.body)
        if kind is None:
            raise WrongState("the register offers no culvert")
        self.kind = kind[1]
        page = handler.open(f"{BASE}/new/?kind={self.kind}")
        self.village = page.option(VILLAGE)
        told = {"name": NAME, "village": self.village, "amount": "1"}
        told |= {"people_served": "3000", "keeper": page.option(OFFICE)}
        page = handler.send(told)
        self.saw("handler", "write a culvert down", page, NAME in page.body, True)
        self.asset = page.url.rstrip("/").rsplit("/", 1)[1]
        code = re.search(rf"{TOWN}/asset/([^/\"]+)/", page.body)
        if code is None:
            raise WrongState("the culvert has no plate")
        self.code = code[1]

    def _tell(self) -> None:
        """Scan the plate and tell in two taps; the place is known."""
        resident = self.resident()
        page = resident.open(f"/q/s/{self.code}")
        self.saw("resident", "scan the plate", page, NAME in page.body, True)
        resident.open(f"{TOWN}/asset/{self.code}/report/?fault=0")
        resident.send({})
        page = resident.open(f"{TOWN}/matter/")
        self.note("resident", "tell what is wrong", page, "received")
        page = self.of("dispatcher").open(f"{BASE}/{self.asset}/")
        self.told = self._number_in(page)
        page = self.resident("stranger").open(f"{TOWN}/asset/{self.code}/")
        seen = "正在办" in page.body
        self.saw("stranger", "see that it was told", page, seen, True)

    def _look(self, grade: str) -> None:
        """Look at it as whoever keeps it up does."""
        handler = self.of("handler")
        handler.open(f"{BASE}/{self.asset}/look/")
        page = handler.send({"grade": grade})
        self.saw("handler", f"look: grade {grade}", page, page.status, 200)

    def _plan(self) -> None:
        """Set a plan up with the money of the one before, and wait for it."""
        handler = self.of("handler")
        handler.open(f"{BASE}/plan/new/")
        page = handler.send({f"limit_{at}_sense": "most" for at in range(3)})
        self.plan = page.url.rstrip("/")
        for _try in range(TRIES):
            if "算过并证明" in page.body:
                break
            time.sleep(PAUSE_S)
            page = handler.open(f"{self.plan}/")
        self.saw(
            "handler", "have a plan computed", page, "算过并证明" in page.body, True
        )

    def _approve(self) -> None:
        """Let another approve it, and find the culvert's job."""
        leader = self.of("leader")
        leader.open(f"{self.plan}/")
        leader.send({}, "/approve/")
        page = leader.open(f"{self.plan}/?village={self.village}&kind={self.kind}")
        self.saw("leader", "approve it", page, "已批准" in page.body, True)
        row = page.body.split(NAME, 1)
        job = re.search(r"/work/upkeep/job/(\d+)/", row[1]) if len(row) > 1 else None
        if job is None:
            raise WrongState(f"{NAME} has no job in the first year")
        self.job = f"{BASE}/job/{job[1]}/"

    def _mend(self) -> None:
        """Take the job as the office that keeps the culvert up."""
        page = self.of("handler").open(self.job)
        self.saw("handler", "find what was told", page, self.told in page.body, True)
        self.number = self._number_in(page)
        self.do("handler", "take", "taken")

    def _number_in(self, page: Page) -> str:
        """Return the number of the first matter that a page leads to."""
        found = re.search(rf"{TOWN}/work/case/([^/]+)/", page.body)
        if found is None:
            raise WrongState(f"{page.url} leads to no matter")
        return found[1]

    def _pay(self) -> None:
        """Note the contract and a payment once, where the job is."""
        handler = self.of("handler")
        handler.open(self.job)
        page = handler.send({"amount": "60000"})
        self.saw("handler", "note the contract", page, "6万元" in page.body, True)
        page = handler.send({"amount": "60000", "words": "按合同付清"})
        self.saw("handler", "note the payment", page, "按合同付清" in page.body, True)

    def _accept(self) -> None:
        """Hand the works in, and have another accept them."""
        self.do("handler", "submit", "submitted", lambda _: {"words": "桥面换好了。"})
        self.do("inspector", "review", "closed")
        self._look("1")

    def _answer(self) -> None:
        """Answer whoever told it, who judges."""
        self.number = self.told
        self.do(
            "dispatcher",
            "dispatch",
            "assigned",
            lambda page: {
                "organisation": page.option(OFFICE),
                "category": page.option(CATEGORY),
            },
        )
        self.do("handler", "take", "taken")
        self.finish("涵洞换了新管，路面也补好了。")
        self.judge("solved", "satisfied", "closed")

    def _read(self) -> None:
        """Read as anybody what came of it."""
        stranger = self.resident("stranger")
        page = stranger.open(f"{TOWN}/asset/planned/{self.village}/")
        beside = page.body.split(NAME, 1)[-1][:600]
        self.saw("stranger", "read what was mended", page, "修好了" in beside, True)
        page = stranger.open(f"{TOWN}/asset/{self.code}/")
        mended = "最近维修" in page.body and "正在办" not in page.body
        self.saw("stranger", "read it at the plate", page, mended, True)
