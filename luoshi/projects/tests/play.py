"""A town's round as tests play it."""

from luoshi.core.clock import today
from luoshi.core.models import Person
from luoshi.core.staff import staff_of_person
from luoshi.core.towns import add_person
from luoshi.projects import actions
from luoshi.projects.actions import (
    Answer,
    Decided,
    Facts,
    Idea,
    Marks,
    Opening,
    Setting,
    usual_days,
)
from luoshi.projects.models import Check, Project
from luoshi.upkeep.actions import take_usual_kinds
from luoshi.upkeep.models import AssetKind

MILLION = 100_000_000
# Three that cost 1.2 times the money together.
COSTS = (40_000_000, 40_000_000, 40_000_000)
ANSWERS = {kind: Answer("yes", "看过现场") for kind in Check.Kind}
FACTS = {
    "cost": 30_000_000,
    "households": 120,
    "people_a_day": 300,
    "years_of_use": 20,
}


def join(place, who, role, office):
    """Give the town one more person and return them."""
    add_person(
        place.town,
        username=f"{place.town.code}-{who}",
        password="a-long-password",
        name=who,
        office=office,
        title=who,
        roles=[role],
    )
    return staff_of_person(Person.objects.get(name=who))


def opened(place, year=2027, budget=MILLION, village_id=None):
    """Open a round."""
    opening = Opening(year, f"{year}年实事", budget, usual_days(year), village_id)
    return actions.open_cycle(opening, actor=place.staff("leader"))


def to_stage(place, cycle, name):
    """Begin one stage after the other up to one."""
    order = ["collect", "appraise", "candidates", "decide", "build", "judge"]
    cycle.refresh_from_db()
    for step in order[order.index(cycle.stage) + 1 : order.index(name) + 1]:
        actions.begin_stage(cycle.pk, step, actor=place.staff("leader"))
    cycle.refresh_from_db()
    return cycle


def proposed(place, cycle, title="修便桥", **more):
    """Return a proposal that everybody may read."""
    idea = Idea(cycle.pk, title, "孩子上学要绕两公里。", kind="paper", **more)
    return actions.enter_proposal(idea, actor=place.staff("dispatcher"))


def candidate(place, cycle, title="修便桥", **facts):
    """Return a candidate; the round has to be in its appraisal."""
    project = proposed(place, cycle, title)
    handler, leader = place.staff("handler"), place.staff("leader")
    told = Facts(**(FACTS | {"builder_id": place.office("Roads").pk} | facts))
    actions.appraise(project.pk, ANSWERS, actor=handler)
    actions.tell_facts(project.pk, told, actor=handler)
    actions.put_forward(project.pk, actor=leader)
    return Project.objects.get(pk=project.pk)


def round_with(place, *costs, budget=MILLION, village_id=None):
    """Return a round at the stage of deciding, with a candidate for each cost."""
    cycle = opened(place, budget=budget, village_id=village_id)
    to_stage(place, cycle, "appraise")
    for place_on, cost in enumerate(costs, 1):
        candidate(place, cycle, f"第{place_on}个", cost=cost)
    return to_stage(place, cycle, "decide")


def wish(place, cycle, **more):
    """Return a wish of residents that is open, and thirty codes."""
    return _opened_vote(place.staff("leader"), cycle, 30, kind="wish", **more)


def deputies_vote(congress, cycle, *, deputies=30, seats=2):
    """Return the deputies' vote, open, and a code for each deputy."""
    return _opened_vote(
        congress,
        cycle,
        deputies,
        kind="deputies",
        form="limit",
        rule="majority",
        who="deputy",
        most=seats,
        seats=seats,
        deputies=deputies,
    )


def _opened_vote(actor, cycle, slips, **more):
    setting = Setting(cycle.pk, title="选实事", closes_on=today(), **more)
    election = actions.set_up_vote(setting, actor=actor)
    actions.open_vote(election.pk, actor=actor)
    _batch, codes = actions.make_slips(
        election.pk, count=slips, village_id=None, actor=actor
    )
    election.refresh_from_db()
    return election, codes


def cast(place, codes, *ballots):
    """Cast one ballot after the other, each with the next code."""
    for ballot in ballots:
        actions.cast_ballot(place.town, codes.pop(), Marks(list(ballot)))


def keys_of(election):
    """Return the keys of the candidates in the order of the ballot."""
    return list(election.candidates.order_by("position").values_list("key", flat=True))


def chosen_project(place, congress, *, cost=30_000_000, **facts):
    """Return a project that the deputies chose, and that may be built."""
    cycle = opened(place)
    to_stage(place, cycle, "appraise")
    roads = place.office("Roads").pk
    named = {"upkeep_owner_id": roads, "upkeep_yearly": 500_000, **facts}
    first = candidate(place, cycle, "修便桥", cost=cost, **named)
    candidate(place, cycle, "装路灯")
    to_stage(place, cycle, "decide")
    election, codes = deputies_vote(congress, cycle, deputies=3, seats=1)
    for code in codes:
        actions.cast_ballot(place.town, code, Marks([str(first.number)]))
    actions.close_vote(election.pk, present=3, actor=congress)
    actions.count_vote(election.pk, actor=congress)
    decided = Decided("青人〔2026〕1号", "办这一件。", today(), [str(first.number)])
    actions.publish_decision(election.pk, decided, actor=congress)
    return Project.objects.get(pk=first.pk)


def bridge_kind(place):
    """Return the kind of a bridge; the town takes the usual kinds first."""
    if not AssetKind.objects.exists():
        take_usual_kinds(actor=place.staff("administrator"))
    return AssetKind.objects.get(name="小桥")
