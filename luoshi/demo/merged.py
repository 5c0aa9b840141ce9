"""A small village of the demo town has long been part of its neighbour."""

from datetime import date, datetime, timedelta

from luoshi.cases.models import Case
from luoshi.commitments.models import Commitment, State
from luoshi.core.actions import Joining, join_villages
from luoshi.core.clock import SHANGHAI, at, today
from luoshi.core.models import (
    Organisation,
    Person,
    Population,
    Post,
    Tenure,
    Town,
    Village,
    VillageGroup,
)
from luoshi.core.staff import staff_of_person
from luoshi.demo.names import SMALL_VILLAGE, VILLAGES

NEIGHBOUR = VILLAGES[-2]
AGO = timedelta(days=120)


def join_a_small_village(town: Town, end: datetime) -> None:
    """Let a village that had a third of its neighbour's matters go into it."""
    neighbour = Village.objects.get(name=NEIGHBOUR)
    small = Village.objects.create(
        town=town, name=SMALL_VILLAGE, position=neighbour.position
    )
    with at(end - 3 * AGO):
        # Without an account: whoever tries the demo signs in as others.
        office = Organisation.objects.create(
            town=town,
            name=f"{SMALL_VILLAGE}委",
            kind=Organisation.Kind.VILLAGE,
            village=small,
            position=99,
        )
        post = Post.objects.create(
            town=town, organisation=office, title="经办人", roles=["village_officer"]
        )
        person = Person.objects.create(town=town, name="石大山")
        Tenure.objects.create(town=town, post=post, person=person, since=today())
    VillageGroup.objects.bulk_create(
        VillageGroup(town=town, village=small, name=name) for name in ("一组", "二组")
    )
    day = (end - AGO).astimezone(SHANGHAI).date()
    live_there(town, small, date(day.year - 1, 12, 31))
    cases = Case.objects.filter(
        village=neighbour,
        group=None,
        received_at__lt=end - AGO,
        commitment__state=State.CLOSED,
    )
    theirs = list(cases.order_by("pk").values_list("pk", "commitment"))[::3]
    Case.objects.filter(pk__in=[pk for pk, _of in theirs]).update(village=small)
    Commitment.objects.filter(pk__in=[of for _pk, of in theirs]).update(village=small)
    administrator = Person.objects.get(account__username="admin")
    with at(end - AGO):
        joining = Joining((small.pk,), day, into=neighbour.pk)
        join_villages(joining, actor=staff_of_person(administrator))


def live_there(town: Town, village: Village, on: date) -> None:
    """Say how many people lived there before."""
    Population.objects.bulk_create(
        Population(town=town, village=village, on=on, sex=sex, age_from=0, people=187)
        for sex in Population.Sex.values
    )
