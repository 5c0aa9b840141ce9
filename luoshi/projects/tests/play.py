"""A town's round as tests play it."""

from luoshi.core.models import Person
from luoshi.core.staff import staff_of_person
from luoshi.core.towns import add_person
from luoshi.projects import actions
from luoshi.projects.actions import Answer, Facts, Idea, Opening, usual_days
from luoshi.projects.models import Check, Project

MILLION = 100_000_000
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
    for step in ("appraise", "candidates", "decide", "build", "judge"):
        cycle.refresh_from_db()
        if cycle.stage == name:
            return cycle
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
