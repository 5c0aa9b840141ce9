"""Reads of people and places for the pages of an administrator."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext as _

from luoshi.core.hooks import PostChange, followings, handings
from luoshi.core.models import (
    DayOverride,
    Handover,
    HandoverPair,
    NamedPlace,
    Organisation,
    Person,
    Tenure,
    User,
    Village,
    VillageGroup,
    VillageMerge,
)
from luoshi.core.notices.adapters import email_place
from luoshi.core.secrets import unseal
from luoshi.core.villages import former_by_head, people_by_village


def people() -> QuerySet[Person]:
    """Return who works for the town now."""
    return Person.objects.filter(left_at=None).order_by("name", "pk")


def offices() -> QuerySet[Organisation]:
    """Return the offices that exist."""
    return Organisation.objects.filter(closed_at=None)


def villages() -> QuerySet[Village]:
    """Return the villages of today in their order."""
    return Village.objects.filter(ended_on=None)


def named_places() -> QuerySet[NamedPlace]:
    """Return the roads, estates and facilities that the town has named."""
    return NamedPlace.objects.select_related("village").order_by("kind", "name", "pk")


def groups() -> QuerySet[VillageGroup]:
    """Return every village's groups, village by village."""
    return VillageGroup.objects.select_related("village").order_by(
        "village__position", "village_id", "pk"
    )


@dataclass(frozen=True)
class VillageRow:
    """A village, its groups, and how many people lived there on the latest day."""

    village: Village
    groups: list[VillageGroup]
    people: int | None
    on: date | None
    former: list[Village]


def village_rows() -> list[VillageRow]:
    """Return the villages with their groups and people."""
    latest, former = people_by_village(), former_by_head()
    rows = []
    for village in villages().prefetch_related("groups"):
        people, on = latest.get(village.pk, (None, None))
        rows.append(
            VillageRow(
                village,
                sorted(village.groups.all(), key=lambda group: group.pk),
                people,
                on,
                former.get(village.pk, []),
            )
        )
    return rows


def village_merges() -> QuerySet[VillageMerge]:
    """Return the steps in which villages became one, the latest first."""
    rows = VillageMerge.objects.select_related("into", "by", "undone_by")
    return rows.prefetch_related("ended").order_by("-pk")


def counted(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Name what of each kind belongs to the one village, in the order of layers."""
    told = [(str(one.label), counts.get(one.name, 0)) for one in followings()]
    return [(_("People"), counts.get("people", 0)), *told]


def days() -> QuerySet[DayOverride]:
    """Return the days of the town's own calendar, the latest first."""
    return DayOverride.objects.order_by("-day")


def posts() -> list[Tenure]:
    """Return who holds which post, by office."""
    return list(
        Tenure.objects.filter(until=None)
        .select_related("person__account", "post__organisation")
        .order_by("post__organisation__position", "pk")
    )


def post_held(tenure_id: int) -> Tenure | None:
    """Return an open tenure of this town."""
    return (
        Tenure.objects.filter(pk=tenure_id, until=None)
        .select_related("person", "post__organisation")
        .first()
    )


def own_mail(person: Person) -> dict[str, str]:
    """Return when and where a person wants mail, for that person alone."""
    user = User.objects.get(person=person)
    address = ""
    if user.email is not None:
        address = unseal(user.email, town_id=person.town_id, place=email_place(user))
    return {"mail": user.mail, "address": address}


def account_of(user_id: int, town_id: int) -> User | None:
    """Return an account of this town."""
    return User.objects.filter(pk=user_id, person__town_id=town_id).first()


def posts_of(office_id: int) -> list[Tenure]:
    """Return who holds which post of an office."""
    return [one for one in posts() if one.post.organisation_id == office_id]


def posts_named(ids: set[int]) -> list[Tenure]:
    """Return the open tenures of a list, by office."""
    return [one for one in posts() if one.pk in ids]


@dataclass(frozen=True)
class Going:
    """What goes over with one post, and what who comes may not finish."""

    giver: str
    post: str
    taker: str
    leaves: bool
    counts: list[tuple[str, int]]
    stays: list[str]


def what_goes(change: PostChange, taker: str) -> Going:
    """Count what would go over with a post."""
    return Going(
        change.giver.name,
        change.post.title,
        taker,
        change.leaves,
        [(str(one.label), one.count(change)) for one in handings()],
        [line for one in handings() for line in one.stays(change)],
    )


def what_went(pair: HandoverPair) -> Going:
    """Say what went over with a post, and what still waits for somebody else."""
    left, taker = pair.left, pair.came.person
    change = PostChange(left.post, left.person, taker, leaves=False)
    return Going(
        left.person.name,
        left.post.title,
        taker.name,
        left.person.left_at == pair.handover.at,
        [(str(one.label), pair.moved.get(one.name, 0)) for one in handings()],
        [line for one in handings() for line in one.stays(change)],
    )


def handovers() -> QuerySet[Handover]:
    """Return the hand-overs, the latest first."""
    pairs = HandoverPair.objects.select_related(
        "handover",
        "left__person",
        "left__post__organisation",
        "came__person",
    ).order_by("pk")
    # Where villages became one, the same people went on: nothing was handed over.
    same = HandoverPair.objects.filter(left__person=F("came__person"))
    rows = Handover.objects.exclude(pairs__in=same)
    return rows.prefetch_related(Prefetch("pairs", pairs)).order_by("-pk")


def offices_with_posts() -> list[tuple[Organisation, int]]:
    """Return the offices in which somebody holds a post, and how many do."""
    counts: dict[int, int] = {}
    for one in posts():
        counts[one.post.organisation_id] = counts.get(one.post.organisation_id, 0) + 1
    return [(one, counts[one.pk]) for one in offices() if one.pk in counts]
