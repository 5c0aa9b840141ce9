"""A year's round through the pages: collect, appraise, vote, count, build, judge."""

import re
from collections.abc import Sequence
from datetime import timedelta

from luoshi.cli.browser import Page
from luoshi.cli.walk_through.walk import TOWN, Walk, WrongState
from luoshi.core.clock import today

BASE = f"{TOWN}/work/projects"
OFFICE = "村镇建设办"
# What the demo town asks residents and has not answered yet.
ASKED = "夏天浇地水"
MARKS = ("need", "feasibility", "money", "land", "legal")
CODE = re.compile(r'class="code">([0-9A-Z-]+)<')


class ProjectsWalk(Walk):
    """Plays one round from the first proposal to its users' words."""

    def play(self) -> None:
        """Play it all."""
        # The demo town has rounds for this year and the next.
        self.year = today().year + 2
        self.round = self._open_round()
        bridge, lamps, bins = (
            self._propose(title) for title in ("建人行桥", "补路灯", "垃圾桶撤到村口")
        )
        self._merge(bridge)
        self._begin("appraise")
        self._appraise(bridge, "400000")
        self._appraise(lamps, "300000")
        self._shut_out(bins)
        self._begin("candidates", "decide")
        self._wish([bridge, lamps])
        self._decide(bridge, lamps)
        self._build(bridge)
        self._judge(bridge)

    def _open_round(self) -> str:
        browser = self.of("leader")
        browser.open(f"{BASE}/round/new/")
        told = {"year": f"{self.year}", "title": f"{self.year}年民生实事"}
        page = browser.send(told | {"budget": "500000"})
        self.saw("leader", "open a round", page, page.status, 200)
        return page.url.rstrip("/").rsplit("/", 1)[1]

    def _propose(self, title: str) -> str:
        """Propose as a resident, and let everybody read it."""
        browser = self.resident()
        browser.open(f"{TOWN}/projects/round/{self.round}/propose/")
        page = browser.send({"title": title, "need": "天天要用，现在没有。"})
        number = re.search(r"编号(\d+)", page.body)
        if number is None:
            raise WrongState(f"{title} was not taken in")
        public = f"{TOWN}/projects/{number[1]}/"
        page = self.resident("stranger").open(public)
        self.saw("stranger", "read it too early", page, page.status, 404)
        self._step("dispatcher", number[1], "release", "proposed")
        browser.open(public)
        page = browser.send({}, "/support/")
        self.saw("resident", "support", page, "1人支持" in page.body, True)
        return number[1]

    def _step(
        self, role: str, project: str, step: str, state: str, **told: str
    ) -> Page:
        """Take one step on a project's page, look at its state, return the answer."""
        browser = self.of(role)
        browser.open(f"{BASE}/{project}/do/{step}/")
        answer = browser.send(told)
        self.note(role, step, browser.open(f"{BASE}/{project}/"), state)
        return answer

    def _merge(self, number: str) -> None:
        """Let one more proposal go into it; its supporter counts once."""
        other = self._propose("上学路上修座桥")
        self._step("dispatcher", other, "merge", "merged", into=number)
        page = self.resident().open(f"{TOWN}/projects/{other}/")
        led = page.url.endswith(f"/projects/{number}/") and "1人支持" in page.body
        self.saw("resident", "find what it went into", page, led, True)

    def _begin(self, *names: str) -> None:
        for name in names:
            browser = self.of("leader")
            browser.open(f"{BASE}/round/{self.round}/")
            page = browser.send({"stage": name}, "/stage/")
            self.saw("leader", f"begin {name}", page, page.status, 200)

    def _answer(self, number: str, **more: str) -> None:
        """Answer the appraisal and write down what it costs and brings."""
        answers = dict.fromkeys(MARKS, "yes")
        answers |= {f"{name}_words": "看过现场。" for name in MARKS}
        self._step("handler", number, "appraise", "proposed", **answers)
        facts = {"households": "90", "people_a_day": "200", "years_of_use": "20"}
        self._step("handler", number, "facts", "proposed", **(facts | more))

    def _appraise(self, number: str, cost: str) -> None:
        page = self.of("handler").open(f"{BASE}/{number}/do/facts/")
        office = page.option(OFFICE)
        named = {"upkeep_owner": office, "builder": office, "upkeep_yearly": "3000"}
        self._answer(number, cost=cost, **named)
        self._step("leader", number, "put_forward", "candidate")

    def _shut_out(self, number: str) -> None:
        """Refuse the one that touches habits while its consultation is open."""
        page = self.of("handler").open(f"{BASE}/{number}/do/facts/")
        asked = next(
            value for words, value in page.reader.options.items() if ASKED in words
        )
        told = {"cost": "60000", "affects_habits": "on", "consultation": asked}
        self._answer(number, **told)
        page = self._step("leader", number, "put_forward", "proposed")
        refused = page.status == 422 and "还没有答复" in page.body
        self.saw("leader", "refused: not answered", page, refused, True)

    def _open_vote(self, role: str, kind: str, slips: str, **told: str) -> list[str]:
        """Set a vote up, print slips, open it; return the codes."""
        browser = self.of(role)
        browser.open(f"{TOWN}/work/votes/new/{self.round}/{kind}/")
        page = browser.send({"closes_on": f"{today()}", **told})
        self.vote = page.url
        self.note(role, f"set up the {kind} vote", page, "draft")
        browser.open(f"{self.vote}slips/")
        codes = CODE.findall(browser.send({"count": slips}).body)
        browser.open(f"{self.vote}do/open/")
        browser.send({})
        self.note(role, "open the vote", browser.open(self.vote), "open")
        return codes

    def _on_phones(self, codes: Sequence[str], number: str) -> None:
        """Cast one ballot for each code; the first code is refused a second time."""
        for place, code in enumerate([*codes, codes[0]]):
            phone = self.resident(f"{self.vote} {place}")
            page = phone.open(f"{TOWN}/vote/with/{code}/")
            fresh = place < len(codes)
            if fresh:
                page = phone.send({"choice": number, "stage": "review"}, "/vote/")
                seen = "投进去就不能改" in page.body
                self.saw("resident", "look before casting", page, seen, True)
                page = phone.send({"stage": "cast"}, "/vote/")
            done = page.url.endswith("/vote/done/")
            did = f"ballot {place + 1}" if fresh else "the first code again"
            self.saw("resident", did, page, done, fresh)

    def _on_paper(self, codes: Sequence[str]) -> None:
        for code in codes:
            booth = self.of("handler")
            booth.open(f"{self.vote}paper/")
            page = booth.send({"code": code})
            self.saw("handler", "slip for a sheet", page, page.status, 200)

    def _type(self, role: str, sheet: int, number: str) -> None:
        browser = self.of(role)
        browser.open(f"{self.vote}sheets/")
        page = browser.send({"number": f"{sheet}", "choice": number})
        self.saw(role, f"type sheet {sheet}", page, page.status, 200)

    def _close(self, role: str, **told: str) -> None:
        self.of(role).open(f"{self.vote}do/close/")
        self.of(role).send(told)
        self.note(role, "close", self.of(role).open(self.vote), "closed")

    def _count(self, role: str, did: str, state: str) -> None:
        self.of(role).open(f"{self.vote}do/count/")
        self.of(role).send({"missing": "0"})
        self.note(role, did, self.of(role).open(self.vote), state)

    def _wish(self, candidates: Sequence[str]) -> None:
        """Let residents state their wish, three by phone and one on paper."""
        told = {"form": "approval", "rule": "mes_cost_add1u", "who": "adult"}
        codes = self._open_vote("leader", "wish", "6", **told)
        self._on_phones(codes[:3], candidates[0])
        self._on_paper(codes[3:4])
        self._close("leader")
        for role in ("handler", "dispatcher"):
            self._type(role, 1, candidates[1])
        self._count("leader", "count the wish", "counted")
        page = self.resident("stranger").open(f"{self._public_vote()}?again=1")
        again = "每一步都一样" in page.body
        self.saw("stranger", "count it again", page, again, True)
        page = self.resident("stranger").open(f"{self._public_vote()}ballots.pb")
        lines = page.body.split("VOTES\n", 1)[1].splitlines()
        self.saw("stranger", "read the ballots", page, len(lines) - 1, 4)

    def _public_vote(self) -> str:
        return f"{TOWN}/vote/{self.vote.rstrip('/').rsplit('/', 1)[1]}/"

    def _decide(self, number: str, other: str) -> None:
        """Let five deputies decide, two on paper; a sheet typed wrongly is seen."""
        codes = self._open_vote("congress", "deputies", "5", deputies="5", seats="1")
        self._on_phones(codes[:3], number)
        self._on_paper(codes[3:])
        self._close("congress", present="5")
        for sheet in (1, 2):
            self._type("handler", sheet, number)
        self._type("dispatcher", 1, number)
        self._type("dispatcher", 2, other)
        self._count("congress", "count what differs", "closed")
        self._type("dispatcher", 2, number)
        self._count("congress", "count", "counted")
        congress = self.of("congress")
        congress.open(f"{self.vote}decide/")
        told = {"number": f"演〔{self.year}〕1号", "decided_on": f"{today()}"}
        congress.send(told | {"words": "办人行桥。", "chosen": number})
        page = congress.open(f"{BASE}/{number}/")
        self.note("congress", "publish the decision", page, "chosen")
        self.note("congress", "see it", congress.open(f"{BASE}/{other}/"), "not_chosen")

    def _build(self, number: str) -> None:
        """Build it, with a change over a tenth that goes back to the deputies."""
        self._step("handler", number, "begin", "building")
        told = {"cost": "480000", "why": "桩要打得更深。"}
        self._step("handler", number, "change", "building", **told)
        money = {"kind": "contracted", "amount": "480000", "words": "施工合同"}
        page = self._step("handler", number, "money", "building", **money)
        self.saw("handler", "contract too early", page, page.status, 422)
        page = self.of("handler").open(f"{BASE}/{number}/do/again/")
        self.saw("handler", "decide it alone", page, page.status, 404)
        told = {"answer": "yes", "number": f"演〔{self.year}〕2号", "words": "同意。"}
        told["decided_on"] = f"{today()}"
        self._step("congress", number, "again", "building", **told)
        page = self._step("handler", number, "money", "building", **money)
        self.saw("handler", "contract", page, page.status, 200)
        self._owe(number)
        page = self._step("handler", number, "complete", "building")
        self.saw("handler", "leave out what stands there", page, page.status, 422)
        told = {"kind": page.option("小桥"), "amount": "1"}
        page = self._step("handler", number, "complete", "done", **told)
        kept = "登记在设施台账里" in page.body
        self.saw("handler", "see it in the register of upkeep", page, kept, True)

    def _owe(self, number: str) -> None:
        """Owe one step of building, and have another accept it."""
        until = f"{today() + timedelta(days=30)}"
        page = self.of("leader").open(f"{BASE}/{number}/do/milestone/")
        told = {"title": "桥面", "words": "桥能走了。", "until": until}
        told["organisation"] = page.option(OFFICE)
        self._step("leader", number, "milestone", "building", **told)
        page = self.of("handler").open(f"{TOWN}/work/search/?q=桥能走了")
        self.number = page.body.split("/work/case/")[1].split("/")[0]
        self.do("handler", "take", "taken")
        self.do("handler", "submit", "submitted", lambda _: {"words": "桥能走了。"})
        self.do("inspector", "review", "closed")

    def _judge(self, number: str) -> None:
        """Let a user say a word, ask on the spot, and end the asking."""
        user = self.resident("user")
        user.open(f"{TOWN}/projects/{number}/")
        page = user.send({"answer": "good"}, "/judge/")
        self.saw("user", "judge", page, "好用1人" in page.body, True)
        told = {"good": "7", "partly": "2", "bad": "0"}
        self._step("inspector", number, "spot", "done", **told)
        told = {"words": "多数说好用。"}
        self._step("inspector", number, "judged", "done", **told)
        page = user.open(f"{TOWN}/projects/{number}/")
        told_all = "好用8人" in page.body and "多数说好用。" in page.body
        self.saw("user", "read what came of it", page, told_all, True)
