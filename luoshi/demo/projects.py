"""Two rounds of projects in the demo town: last year's built, this year's in voting."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from luoshi.commitments.actions import (
    accept_commitment,
    submit_commitment,
    take_commitment,
)
from luoshi.commitments.models import Commitment
from luoshi.core.actors import Staff
from luoshi.core.clock import Frozen, at, today
from luoshi.core.models import Organisation, Person, Village
from luoshi.core.staff import staff_of_person
from luoshi.demo.project_plans import (
    DEPUTIES,
    LAST,
    NOW,
    PRESENT,
    WAN,
    WHY,
    Plan,
)
from luoshi.projects import actions
from luoshi.projects.actions import (
    Again,
    Answer,
    Decided,
    Facts,
    Idea,
    Line,
    Marks,
    Opening,
    Owing,
    Place,
    Setting,
    Standing,
    usual_days,
)
from luoshi.projects.models import Cycle, Election, Project
from luoshi.topics.models import Topic
from luoshi.upkeep.models import AssetKind

# As what it is kept up when it is built.
STANDS = {"桥": "小桥", "泵": "泵站", "灯": "路灯"}


def choose_projects(chance: random.Random, congress: Person, end: datetime) -> None:
    """Play last year's round to its users' words, and this year's into its vote."""
    cast = _Cast(chance, congress)
    year = (end + timedelta(hours=8)).year
    with at(end - timedelta(days=420)) as clock:
        cast.play_last(year, clock, end)
    with at(end - timedelta(days=84)) as clock:
        cast.play_now(year + 1, clock, end)


def _standing(project: Project) -> Standing:
    """Return as what it is kept up, by the words of its title."""
    name = next(name for word, name in STANDS.items() if word in project.title)
    return Standing(AssetKind.objects.get(name=name), 1)


def _of(login: str) -> Staff:
    return staff_of_person(Person.objects.get(account__username=login))


class _Cast:
    """Who acts in both rounds."""

    def __init__(self, chance: random.Random, congress: Person) -> None:
        self.chance, self.congress = chance, staff_of_person(congress)
        self.dispatcher, self.handler = _of("dispatcher"), _of("handler")
        self.leader, self.inspector = _of("leader"), _of("inspector")
        self.builder = Organisation.objects.get(name="村镇建设办")

    def _open(self, year: int, budget: int) -> Cycle:
        opening = Opening(year, f"{year}年民生实事", budget * WAN, usual_days(year))
        return actions.open_cycle(opening, actor=self.leader)

    def _begin(self, cycle: Cycle, *names: str) -> None:
        for name in names:
            actions.begin_stage(cycle.pk, name, actor=self.leader)

    def _propose(self, cycle: Cycle, plan: Plan) -> Project:
        topic = Topic.objects.filter(merged_into=None, matters__gte=2).first()
        kind = plan.kind if topic or plan.kind != "topic" else "paper"
        village = Village.objects.get(name=plan.village)
        idea = Idea(
            cycle.pk,
            plan.title,
            plan.need,
            village.pk,
            kind=kind,
            topic_id=topic.pk if topic and kind == "topic" else None,
        )
        project = actions.enter_proposal(idea, actor=self.dispatcher)
        for number in range(plan.supporters // 3):
            actions.support(project.pk, browser=f"{number:032d}")
        actions.support_on_paper(
            project.pk,
            people=plan.supporters - plan.supporters // 3,
            kept_at=f"{plan.village}委会，签名单",
            actor=self.dispatcher,
        )
        return project

    def _appraise(self, project: Project, plan: Plan) -> None:
        answers = {str(kind): Answer("yes", words) for kind, words in WHY.items()}
        actions.appraise(project.pk, answers, actor=self.handler)
        owner = Organisation.objects.filter(village__name=plan.village).first()
        facts = Facts(
            cost=plan.wan * WAN,
            households=plan.households,
            people_a_day=plan.people,
            years_of_use=plan.years,
            upkeep_owner_id=(owner or self.builder).pk,
            upkeep_yearly=plan.upkeep * 100,
            builder_id=self.builder.pk,
        )
        actions.tell_facts(project.pk, facts, actor=self.handler)
        actions.put_forward(project.pk, actor=self.leader)

    def play_last(self, year: int, clock: Frozen, end: datetime) -> None:
        """Play a round whose projects are there, but for one."""
        cycle = self._open(year, 200)
        projects = [self._propose(cycle, plan) for plan in LAST]
        clock.tick(timedelta(days=30))
        self._begin(cycle, "appraise")
        for project, plan in zip(projects, LAST, strict=True):
            self._appraise(project, plan)
        clock.tick(timedelta(days=20))
        self._begin(cycle, "candidates")
        clock.tick(timedelta(days=30))
        self._begin(cycle, "decide")
        self._ask_residents(cycle, projects)
        clock.tick(timedelta(days=15))
        chosen = self._let_deputies_decide(cycle, projects)
        clock.tick(timedelta(days=20))
        self._begin(cycle, "build")
        for project, days in zip(chosen[:2], (70, 110), strict=True):
            self._build(project, clock, days)
        self._change(chosen[2], clock)
        clock.moment = max(clock.moment, end - timedelta(days=40))
        self._begin(cycle, "judge")

    def _ask_residents(self, cycle: Cycle, projects: Sequence[Project]) -> None:
        """Let sixty residents say what they wish, some of them on paper."""
        setting = Setting(
            *(cycle.pk, "wish", f"{cycle.year}年实事意向投票", today()),
            form="limit",
            most=3,
            rule="mes_cost_add1u",
        )
        election = self._started(setting, self.leader)
        villages = list(Village.objects.filter(name__in=["青溪村", "石塘村", "镇区"]))
        codes: list[str] = []
        for village in villages:
            _batch, fresh = actions.make_slips(
                election.pk, count=28, village_id=village.pk, actor=self.leader
            )
            codes += fresh[:20]
        self._vote(election, codes[:52], projects)
        for code in codes[52:]:
            actions.hand_paper(election.pk, code, actor=self.handler)
        actions.close_vote(election.pk, actor=self.leader)
        for number in range(1, len(codes) - 52 + 1):
            marks = self._marks(projects)
            for typist in (self.handler, self.dispatcher):
                actions.type_sheet(election.pk, number, marks, actor=typist)
        actions.count_vote(election.pk, actor=self.leader)

    def _started(self, setting: Setting, actor: Staff) -> Election:
        election = actions.set_up_vote(setting, actor=actor)
        return actions.open_vote(election.pk, actor=actor)

    def _marks(self, projects: Sequence[Project]) -> Marks:
        """Mark up to three, the much supported ones more often."""
        plans = {plan.title: plan.supporters for plan in (*LAST, *NOW)}
        weights = [plans[one.title] for one in projects]
        named = self.chance.choices(projects, weights, k=3)
        return Marks([str(one.number) for one in dict.fromkeys(named)])

    def _vote(
        self, election: Election, codes: Sequence[str], projects: Sequence[Project]
    ) -> None:
        for place, code in enumerate(codes):
            way = "booth" if place % 3 == 0 else "web"
            marks = self._marks(projects)
            actions.cast_ballot(election.town, code, marks, way=way)

    def _let_deputies_decide(
        self, cycle: Cycle, projects: Sequence[Project]
    ) -> list[Project]:
        """Let the deputies choose three; return them as they were proposed."""
        setting = Setting(
            *(cycle.pk, "deputies", f"{cycle.year}年民生实事项目表决", today()),
            form="limit",
            rule="majority",
            who="deputy",
            most=3,
            seats=3,
            deputies=DEPUTIES,
        )
        election = self._started(setting, self.congress)
        _batch, codes = actions.make_slips(
            election.pk, count=PRESENT, village_id=None, actor=self.congress
        )
        wanted = [projects[0], projects[1], projects[2]]
        for place, code in enumerate(codes):
            named = list(wanted)
            if place % 4 == 0:
                named[place // 4 % 3] = projects[4]
            marks = Marks([str(one.number) for one in named])
            actions.cast_ballot(election.town, code, marks)
        actions.close_vote(election.pk, present=PRESENT, actor=self.congress)
        result = actions.count_vote(election.pk, actor=self.congress)
        decided = Decided(
            f"青人〔{cycle.year}〕1号",
            f"镇人大会议表决，{cycle.year}年办三件实事。镇政府按期办成，代表来看。",
            today(),
            list(result.winners),
        )
        actions.publish_decision(election.pk, decided, actor=self.congress)
        return [
            Project.objects.get(pk=one.pk)
            for one in projects
            if str(one.number) in result.winners
        ]

    def _build(self, project: Project, clock: Frozen, days: int) -> None:
        """Build one, step by step, and let its users judge it."""
        actions.begin_building(project.pk, actor=self.handler)
        cost = project.approved_cost or 0
        self._note(project, "contracted", cost * 95 // 100, "施工合同")
        for title, words, share in (
            ("基础做好", "基础验过，能往上做。", 40),
            ("做完能用", "做完了，大家能用。", 55),
        ):
            owing = Owing(
                title, words, today() + timedelta(days=days // 2), self.builder.pk
            )
            step = actions.add_milestone(project.pk, owing, actor=self.leader)
            self._finish(step.commitment_id, words, clock, days // 3)
            self._note(project, "paid", cost * share // 100, title)
        actions.complete(
            project.pk, done_on=today(), standing=_standing(project), actor=self.handler
        )
        counts = {"good": 34, "partly": 5, "bad": 1}
        actions.judge_on_the_spot(project.pk, counts, actor=self.inspector)
        words = "在现场问了四十个人，多数说好用；有人说晚上还是暗。"
        actions.close_recheck(project.pk, words=words, actor=self.inspector)

    def _note(self, project: Project, kind: str, amount: int, words: str) -> None:
        line = Line(kind, amount, words, today())
        actions.note_money(project.pk, line, actor=self.handler)

    def _finish(self, pk: int, words: str, clock: Frozen, days: int) -> None:
        owner = staff_of_person(Commitment.objects.get(pk=pk).owner)
        take_commitment(pk, actor=owner)
        clock.tick(timedelta(days=days))
        submit_commitment(pk, words=words, actor=owner)
        accept_commitment(pk, actor=self.inspector)

    def _change(self, project: Project, clock: Frozen) -> None:
        """Let the third cost more than a tenth more, which the deputies agree to."""
        actions.begin_building(project.pk, actor=self.handler)
        cost = project.approved_cost or 0
        actions.ask_change(
            project.pk,
            cost=cost * 118 // 100,
            scope=False,
            why="老房子的梁要换，开工前看不出来。",
            actor=self.handler,
        )
        clock.tick(timedelta(days=9))
        again = Again(
            *(True, "青人〔主席团〕5号", today()), "同意增加，超出部分从预备费里出。"
        )
        actions.decide_change(project.pk, again, actor=self.congress)
        self._note(project, "contracted", cost, "施工合同")
        owing = Owing(
            "厨房和饭厅改好",
            "能做饭，能坐下六十个人。",
            today() + timedelta(days=230),
            self.builder.pk,
        )
        actions.add_milestone(project.pk, owing, actor=self.leader)

    def play_now(self, year: int, clock: Frozen, end: datetime) -> None:
        """Play a round into its vote, with what was merged, declined and waits."""
        cycle = self._open(year, 150)
        projects = [self._propose(cycle, plan) for plan in NOW]
        self._propose_more(cycle, projects)
        clock.tick(timedelta(days=28))
        self._begin(cycle, "appraise")
        clock.tick(timedelta(days=20))
        for project, plan in zip(projects, NOW, strict=True):
            self._appraise(project, plan)
        self._begin(cycle, "candidates")
        clock.moment = end - timedelta(days=3)
        self._begin(cycle, "decide")
        setting = Setting(
            *(cycle.pk, "wish", f"{year}年实事意向投票"),
            today() + timedelta(days=11),
            form="limit",
            most=3,
            rule="mes_cost_add1u",
        )
        election = self._started(setting, self.leader)
        self._stand_in_villages(election, end)
        for village in Village.objects.filter(name__in=["杨家村", "东坪村"]):
            _batch, codes = actions.make_slips(
                election.pk, count=40, village_id=village.pk, actor=self.leader
            )
            self._vote(election, codes[:18], projects)

    def _propose_more(self, cycle: Cycle, projects: Sequence[Project]) -> None:
        """Merge one, decline one, and leave one that touches habits."""
        town = cycle.town
        village = Village.objects.get(name="杨家村")
        alike = Idea(cycle.pk, "过水路面加高", "下雨天过不去。", village.pk)
        other = actions.propose(town, alike, browser="9" * 32)
        actions.release_proposal(other.pk, actor=self.dispatcher)
        actions.merge_proposal(other.pk, projects[0].number, actor=self.dispatcher)
        road = Idea(cycle.pk, "省道拓宽", "省道上堵车。", None, kind="paper")
        far = actions.enter_proposal(road, actor=self.dispatcher)
        actions.decline_proposal(
            far.pk, why="省道归县里管，镇里已经写信去问。", actor=self.dispatcher
        )
        bins = Idea(
            *(cycle.pk, "垃圾桶撤到村口，定时来收"),
            "门口的桶夏天臭，想改成定时收。",
            village.pk,
            kind="village",
        )
        habit = actions.enter_proposal(bins, actor=self.dispatcher)
        facts = Facts(cost=6 * WAN, households=260, affects_habits=True)
        actions.tell_facts(habit.pk, facts, actor=self.handler)
        fresh = Idea(cycle.pk, "村口加一盏灯", "晚上看不清台阶。", village.pk)
        actions.propose(town, fresh, browser="8" * 32)

    def _stand_in_villages(self, election: Election, end: datetime) -> None:
        begin = (end + timedelta(days=2)).replace(hour=1, minute=0)
        for name, place in (("杨家村", "村委会一楼"), ("东坪村", "文化礼堂")):
            village = Village.objects.get(name=name)
            booth = Place(
                *(village.pk, place, self.handler.person.pk),
                begin,
                begin + timedelta(hours=6),
            )
            actions.add_booth(election.pk, booth, actor=self.leader)
