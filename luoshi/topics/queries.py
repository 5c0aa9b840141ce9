"""Every read of topics that is more than a look-up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from luoshi.cases.models import Case
from luoshi.cases.queries import cases_visible_to
from luoshi.commitments.models import Commitment, State
from luoshi.commitments.queries import Light, light_of
from luoshi.core.actors import Staff
from luoshi.core.models import TrailEntry
from luoshi.core.trail import entries_of, sentence_of, words_of
from luoshi.topics import rules
from luoshi.topics.models import Membership, Run, Topic, Undertaking

PAGE = 50
# A bar of the last twelve weeks: its step, its width, the height of all.
STEP, WIDE, HIGH = 8, 6, 24


@dataclass(frozen=True)
class Bar:
    """How many people spoke in one week."""

    x: int
    y: float
    height: float
    width: int = WIDE


@dataclass(frozen=True)
class Acting:
    """What is done about a topic, with its light."""

    commitment: Commitment
    light: Light


@dataclass(frozen=True)
class Row:
    """A topic as lists show it."""

    topic: Topic
    bars: list[Bar]
    open: int
    acting: Acting | None

    @property
    def weeks_said(self) -> str:
        """Say the bars as words."""
        counts = "、".join(str(count) for count in self.topic.weeks) or "0"
        return _("People by week, the oldest first: %(counts)s") % {"counts": counts}


@dataclass(frozen=True)
class Member:
    """A case of a topic, with the light of what it is done under."""

    case: Case
    light: Light
    people: int


@dataclass(frozen=True)
class TopicPage:
    """A topic with its cases, and what happened with it."""

    row: Row
    members: list[Member]
    # Matters of it that are not shown: too many, or not this person's to see.
    more: int
    actings: list[Acting]
    story: list[tuple[datetime, str, str]]


def topics_visible_to(staff: Staff) -> QuerySet[Topic]:
    """Return the topics that a member of staff may see; merged ones lead elsewhere."""
    if not rules.may_see(staff):
        return Topic.objects.none()
    return Topic.objects.filter(town=staff.town)


def _listed(staff: Staff) -> QuerySet[Topic]:
    return topics_visible_to(staff).filter(merged_into=None, matters__gte=2)


def _acted_on() -> Exists:
    acted = Undertaking.objects.filter(topic=OuterRef("pk"))
    return Exists(acted.exclude(commitment__state=State.CLOSED))


def topics_page(staff: Staff, view: str, after: str) -> tuple[list[Row], str]:
    """Return topics, the hottest first, and where the next page begins."""
    rows = _listed(staff)
    if view == "rising":
        rows = rows.filter(rising=True)
    elif view == "acted":
        rows = rows.filter(_acted_on())
    last = rows.filter(pk=int(after)).first() if after.isdecimal() else None
    if last is not None:
        beyond = Q(heat__lt=last.heat) | Q(heat=last.heat, pk__gt=last.pk)
        rows = rows.filter(beyond)
    found = list(rows.select_related("village").order_by("-heat", "pk")[: PAGE + 1])
    more = str(found[PAGE - 1].pk) if len(found) > PAGE else ""
    return rows_of(staff, found[:PAGE]), more


def how_many(staff: Staff) -> dict[str, int]:
    """Return how many topics each view of the list has."""
    rows = _listed(staff)
    return rows.aggregate(
        hot=Count("pk"),
        rising=Count("pk", filter=Q(rising=True)),
        acted=Count("pk", filter=Q(_acted_on())),
    )


def rows_of(staff: Staff, topics: list[Topic]) -> list[Row]:
    """Return topics with what is open of them, and what is done about them."""
    ids = [one.pk for one in topics]
    waiting = Case.objects.filter(membership__topic__in=ids).exclude(
        commitment__state=State.CLOSED
    )
    open_of: dict[int, int] = dict(
        waiting.order_by()
        .values("membership__topic")
        .annotate(count=Count("pk"))
        .values_list("membership__topic", "count")
    )
    acting = {pk: found[0] for pk, found in _actings(staff, ids).items()}
    return [
        Row(one, bars_of(one.weeks), open_of.get(one.pk, 0), acting.get(one.pk))
        for one in topics
    ]


def _actings(staff: Staff, ids: list[int]) -> dict[int, list[Acting]]:
    """Return what is or was done about topics, the newest first."""
    rows = Undertaking.objects.filter(topic__in=ids).select_related(
        "commitment__owner_organisation", "commitment__owner"
    )
    sealed = Q(commitment__visibility="sealed")
    found: dict[int, list[Acting]] = {}
    for row in rows.exclude(sealed).order_by("-pk"):
        row.commitment.town = staff.town
        acting = Acting(row.commitment, light_of(row.commitment))
        found.setdefault(row.topic_id, []).append(acting)
    return found


def bars_of(weeks: list[int]) -> list[Bar]:
    """Place the weeks beside each other; a week without a word has no bar."""
    most = max([1, *weeks])
    return [
        Bar(STEP * at, round(HIGH - HIGH * count / most, 1), round(HIGH * count / most))
        for at, count in enumerate(weeks)
    ]


def page_of(staff: Staff, topic: Topic) -> TopicPage:
    """Return a topic's page: what this person may see of its cases."""
    members, more = _members(staff, topic)
    return TopicPage(
        row=rows_of(staff, [topic])[0],
        members=members,
        more=more,
        actings=_actings(staff, [topic.pk]).get(topic.pk, []),
        story=[_told(entry) for entry in entries_of(topic)],
    )


def _told(entry: TrailEntry) -> tuple[datetime, str, str]:
    return entry.at, sentence_of(entry), words_of(entry)


def _members(staff: Staff, topic: Topic) -> tuple[list[Member], int]:
    """Return the newest cases of a topic, and how many are not among them."""
    every = Case.objects.filter(membership__topic=topic)
    rows = cases_visible_to(staff).filter(membership__topic=topic)
    rows = rows.select_related(
        *("village", "commitment__owner_organisation", "commitment__owner")
    )
    told = rows.annotate(people=Count("reporters")).order_by("-received_at", "-pk")
    members = []
    for case in told[:PAGE]:
        case.commitment.town = staff.town
        members.append(Member(case, light_of(case.commitment), max(1, case.people)))
    return members, every.count() - len(members)


def cases_chosen(staff: Staff, topic: Topic, numbers: list[str]) -> list[int]:
    """Return the ids of chosen cases of a topic; what is not there any more is 0."""
    rows = cases_visible_to(staff).filter(membership__topic=topic, number__in=numbers)
    known = dict(rows.values_list("number", "pk"))
    return [known.get(number, 0) for number in numbers]


def topic_of(case: Case) -> Topic | None:
    """Return the topic in which a case stands, if it is one of several."""
    row = Membership.objects.filter(case=case).select_related("topic__village").first()
    return row.topic if row and row.topic.matters > 1 else None


def topic_behind(commitment: Commitment) -> Topic | None:
    """Return the topic for which a commitment was opened."""
    rows = Undertaking.objects.filter(commitment=commitment)
    row = rows.select_related("topic__village").first()
    return row.topic if row else None


def last_run() -> Run | None:
    """Return the night that was whole last."""
    return Run.objects.filter(state=Run.State.WHOLE).order_by("-begun_at").first()


def other_topics(staff: Staff, topic: Topic) -> QuerySet[Any]:
    """Return the hottest other topics of the same place: what this may go into."""
    rows = _listed(staff).exclude(pk=topic.pk)
    if topic.village_id:
        rows = rows.filter(Q(village=topic.village_id) | Q(village=None))
    return rows.order_by("-heat", "pk")[:PAGE]
