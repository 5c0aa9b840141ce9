"""A village that decides over its own money: voted on paper, the sheets half typed."""

from datetime import datetime, timedelta

from luoshi.core.actors import Staff
from luoshi.core.clock import at, today
from luoshi.core.models import Person, Village
from luoshi.core.staff import staff_of_person
from luoshi.demo.project_plans import VILLAGE, WAN, WHY, Plan
from luoshi.projects import actions
from luoshi.projects.actions import (
    Answer,
    Facts,
    Idea,
    Marks,
    Opening,
    Setting,
    usual_days,
)
from luoshi.projects.models import Cycle, Election, Project

NAME, HOUSEHOLDS, ON_PAPER = "青溪村", 24, 4
People = dict[str, Staff]


def decide_in_village(end: datetime) -> None:
    """Play a village's round until its box is open and sheets are being typed in."""
    village = Village.objects.get(name=NAME)
    people = {
        login: staff_of_person(Person.objects.get(account__username=login))
        for login in ("leader", "dispatcher", "handler", "village")
    }
    year = (end + timedelta(hours=8)).year
    with at(end - timedelta(days=30)) as clock:
        opening = Opening(
            *(year, f"{NAME}{year}年自己的事", 6 * WAN, usual_days(year)),
            village_id=village.pk,
        )
        cycle = actions.open_cycle(opening, actor=people["leader"])
        projects = [_propose(cycle, plan, people) for plan in VILLAGE]
        _begin(cycle, people, "appraise")
        for project, plan in zip(projects, VILLAGE, strict=True):
            _appraise(project, plan, people)
        _begin(cycle, people, "candidates", "decide")
        clock.moment = end - timedelta(days=2)
        election = _vote(cycle, projects, people)
        clock.moment = end - timedelta(days=1)
        actions.close_vote(election.pk, actor=people["village"])
        _type(election, projects, people)
    _collect(year + 1, people)


def _collect(year: int, people: People) -> None:
    """Let another village's round collect what people propose."""
    village = Village.objects.get(name="杨家村")
    opening = Opening(
        *(year, f"{village.name}{year}年自己的事", 5 * WAN, usual_days(year)),
        village_id=village.pk,
    )
    cycle = actions.open_cycle(opening, actor=people["leader"])
    words = ("二组巷子口装扶手", "台阶陡，下雨天老人不敢走。")
    idea = Idea(cycle.pk, *words, village.pk, kind="paper")
    actions.enter_proposal(idea, actor=people["dispatcher"])


def _begin(cycle: Cycle, people: People, *names: str) -> None:
    for name in names:
        actions.begin_stage(cycle.pk, name, actor=people["leader"])


def _propose(cycle: Cycle, plan: Plan, people: People) -> Project:
    idea = Idea(cycle.pk, plan.title, plan.need, cycle.village_id, kind=plan.kind)
    project = actions.enter_proposal(idea, actor=people["village"])
    actions.support_on_paper(
        project.pk,
        people=plan.supporters,
        kept_at=f"{NAME}委会，签名单",
        actor=people["village"],
    )
    return project


def _appraise(project: Project, plan: Plan, people: People) -> None:
    answers = {str(kind): Answer("yes", words) for kind, words in WHY.items()}
    actions.appraise(project.pk, answers, actor=people["handler"])
    village = project.village
    assert village is not None
    facts = Facts(
        cost=plan.wan * WAN,
        households=plan.households,
        people_a_day=plan.people,
        years_of_use=plan.years,
        upkeep_owner_id=village.committees.get().pk,
        upkeep_yearly=plan.upkeep * 100,
        builder_id=village.committees.get().pk,
    )
    actions.tell_facts(project.pk, facts, actor=people["handler"])
    actions.put_forward(project.pk, actor=people["leader"])


def _vote(cycle: Cycle, projects: list[Project], people: People) -> Election:
    """Let each household cast one ballot, a few of them on paper."""
    setting = Setting(
        *(cycle.pk, "village", f"{NAME}{cycle.year}年户代表投票", today()),
        form="approval",
        rule="mes_cost_add1u",
        who="household",
    )
    election = actions.set_up_vote(setting, actor=people["village"])
    actions.open_vote(election.pk, actor=people["village"])
    _batch, codes = actions.make_slips(
        election.pk,
        count=HOUSEHOLDS,
        village_id=cycle.village_id,
        actor=people["village"],
    )
    for place, code in enumerate(codes[ON_PAPER:]):
        named = [projects[place % 3], projects[place * 7 % 3]]
        marks = Marks([str(one.number) for one in dict.fromkeys(named)])
        way = "booth" if place % 2 else "web"
        actions.cast_ballot(cycle.town, code, marks, way=way)
    for code in codes[:ON_PAPER]:
        actions.hand_paper(election.pk, code, actor=people["village"])
    return election


def _type(election: Election, projects: list[Project], people: People) -> None:
    """Type in all sheets but one; on the third the two do not agree yet."""
    one, two, _three = (str(project.number) for project in projects)
    for number, (first, second) in enumerate(
        ((one, one), (two, two), (one, two)), start=1
    ):
        for typist, named in (("village", first), ("dispatcher", second)):
            actions.type_sheet(
                election.pk, number, Marks([named]), actor=people[typist]
            )
