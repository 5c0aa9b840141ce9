"""One question: asked, answered, objected to, blocked, answered for, decided."""

import re
from datetime import timedelta

from luoshi.cli.browser import Page
from luoshi.cli.walk_through.walk import TOWN, Walk, WrongState
from luoshi.core.clock import today

OBJECTION = "一年一百元，我们出不起。"
BESIDE = "<script>alert(1)</script> 学校门口加个红绿灯"
DECISION = "每户每年五十元，低保户不收。"
THRESHOLD = 3


class ConsultationsWalk(Walk):
    """Plays one from the first question to the published decision."""

    def play(self) -> None:
        """Play it all."""
        self.prepare()
        self.open_it()
        self.say()
        self.look()
        self.react()
        self.type_in()
        self.take_back()
        self.close()
        self.blocked("还有1条意见没有答复")
        self.answer()
        self.blocked("这些步骤还没记上")
        self.step()
        self.publish()
        self.read()

    @property
    def desk(self) -> str:
        """Return the address of its staff pages."""
        return f"{TOWN}/work/consultations/{self.number}/"

    @property
    def public(self) -> str:
        """Return the address of its public pages."""
        return f"{TOWN}/consultations/{self.number}/"

    def prepare(self) -> None:
        """Set it up in three steps, as an office does."""
        browser = self.of("dispatcher")
        page = browser.open(f"{TOWN}/work/consultations/new/")
        page = browser.send(
            {
                "title": "路灯费怎么收",
                "question": "村里路灯的电费，每户出一点行不行？",
                "affected": "装了路灯的村的住户",
                "office": page.option("村镇建设办"),
            }
        )
        self.number = page.url.rstrip("/").split("/")[-2]
        draft = "每户每年一百元，路灯开到夜里十二点。"
        page = browser.send({"draft": draft, "options": ""})
        page = browser.send(
            {"track": "ordinary", "threshold": str(THRESHOLD), "pull": "1"}
        )
        self.saw("dispatcher", "prepare it", page, draft in page.body, True)
        page = self.resident("stranger").open(self.public)
        self.saw("stranger", "look for the draft", page, page.status, 404)

    def open_it(self) -> None:
        """Let people answer: too few days are refused, enough are not."""
        browser = self.of("leader")
        for days, status in ((3, 422), (10, 200)):
            browser.open(self.desk)
            until = (today() + timedelta(days=days)).isoformat()
            page = browser.send({"until": until}, "/open/")
            did = f"let it begin for {days} days"
            self.saw("leader", did, page, page.status, status)
        page = self.resident("stranger").open(f"{TOWN}/")
        self.saw("stranger", "find it on the front", page, "路灯费" in page.body, True)

    def say(self) -> None:
        """Let residents say two things; one is long beyond reason."""
        browser = self.resident("farmer")
        for text, status in (("长" * 10_000, 422), (OBJECTION, 200), (BESIDE, 200)):
            browser.open(f"{self.public}say/")
            page = browser.send({"text": text, "objects": "on"})
            self.saw("farmer", f"say {text[:9]}", page, page.status, status)

    def look(self) -> None:
        """Publish one, and the other not, by a published reason."""
        browser = self.of("dispatcher")
        page = browser.open(f"{self.desk}statements/")
        self.saw("dispatcher", "see it as text", page, "<script>a" in page.body, False)
        for words, what, told in (
            (OBJECTION, "publish", {}),
            ("红绿灯", "refuse", {"reason": "beside"}),
        ):
            page = browser.open(f"{self.desk}statements/")
            found = page.body.split(words)[1]
            number = re.search(r"/statements/(\d+)/publish/", found)
            if number is None:
                raise WrongState(f"{words} does not wait for a look")
            page = browser.send(told, f"/{number.group(1)}/{what}/")
            self.saw("dispatcher", f"{what} a statement", page, page.status, 200)

    def react(self) -> None:
        """Let three phones agree with the objection, one tap each."""
        for number in range(THRESHOLD):
            browser = self.resident(f"phone {number}")
            page = browser.open(f"{self.public}answer/")
            page = browser.send({"value": "1"})
            done = "都表过态了" in page.body
            self.saw(f"phone {number}", "agree", page, done, True)
        self.tally("赞同3 · 不赞同0")

    def tally(self, words: str) -> None:
        """Look whether the results say so at once."""
        page = self.resident("stranger").open(f"{self.public}results/")
        self.saw("stranger", f"read {words}", page, words in page.body, True)

    def type_in(self) -> None:
        """Type a sheet in; the same number again is only a correction."""
        browser = self.of("dispatcher")
        browser.open(f"{self.desk}sheets/")
        page = browser.send({"sheet": "1"})
        mark = re.search(r'name="(mark-\d+)"', page.body)
        if mark is None:
            raise WrongState("the sheet shows no statement")
        told = {"channel": "paper", mark.group(1): "-1"}
        browser.send(told)
        self.tally("赞同3 · 不赞同1")
        browser.open(f"{self.desk}sheets/1/")
        browser.send(told | {mark.group(1): "0"})
        self.tally("赞同3 · 不赞同0 · 说不准1")

    def take_back(self) -> None:
        """Let one phone withdraw, and answer anew."""
        browser = self.resident("phone 0")
        browser.open(f"{self.public}mine/")
        browser.send({}, "/withdraw/")
        self.tally("赞同2")
        browser.open(f"{self.public}answer/")
        browser.send({"value": "1"})
        self.tally("赞同3")

    def close(self) -> None:
        """Take no more answers, with a public reason; a late one is refused."""
        late = self.resident("phone 1")
        form = late.open(f"{self.public}mine/").form("/change/")
        browser = self.of("leader")
        browser.open(f"{self.desk}closing/")
        browser.send({"why": "要说的都说了，冬天前要定下来。"}, "/close/")
        late.open(form.action, form.fields | {"value": "-1"})
        self.tally("赞同3 · 不赞同0")

    def blocked(self, words: str) -> None:
        """Try to publish, and read what is still owed."""
        page = self.decide()
        self.saw("leader", "publish too early", page, words in page.body, True)
        page = self.resident("stranger").open(self.public)
        self.saw("stranger", "read no decision", page, DECISION in page.body, False)

    def decide(self) -> Page:
        """Send the decision, as the leader."""
        browser = self.of("leader")
        browser.open(f"{self.desk}closing/")
        return browser.send({"decision": DECISION}, "/publish/")

    def answer(self) -> None:
        """Answer the objection, as who prepared it."""
        browser = self.of("dispatcher")
        browser.open(f"{self.desk}closing/")
        page = browser.page
        found = re.search(r"/closing/answer/(\d+)/", page.body.split(OBJECTION)[1])
        if found is None:
            raise WrongState("the objection does not wait for an answer")
        told = {"outcome": "adopted", "why": "降到五十元，低保户不收。"}
        page = browser.send(told, f"/answer/{found.group(1)}/")
        self.saw("dispatcher", "answer it", page, "不收。" in page.body, True)

    def step(self) -> None:
        """Write the step of the track down."""
        browser = self.of("dispatcher")
        page = browser.open(f"{self.desk}closing/")
        found = re.search(r"/closing/step/(\d+)/", page.body)
        if found is None:
            raise WrongState("the track has no step")
        told = {"done_on": today().isoformat(), "words": "班子会记录，都同意。"}
        page = browser.send(told, f"/step/{found.group(1)}/")
        self.saw("dispatcher", "write the step down", page, page.status, 200)

    def publish(self) -> None:
        """Publish it now that nothing is owed."""
        page = self.decide()
        self.saw("leader", "publish", page, "决定和每条答复都公开了" in page.body, True)

    def read(self) -> None:
        """Read what was said and what was done, as anybody."""
        page = self.resident("stranger").open(self.public)
        told = DECISION in page.body and "您说了，办了" in page.body
        self.saw("stranger", "read what was done", page, told, True)
        browser = self.resident("phone 2")
        page = browser.open(f"{self.public}mine/")
        gone = "/withdraw/" in page.body
        self.saw("phone 2", "withdraw after it counted", page, gone, False)
