"""The paper of a post that changed hands: inherited, done, left; facts, no score."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from luoshi.commitments.models import Commitment, Ending, Hop, State
from luoshi.commitments.models.commitment import Visibility
from luoshi.commitments.queries.show import Light, light_of
from luoshi.commitments.queries.visible import commitments_visible_to
from luoshi.core.actors import Staff
from luoshi.core.clock import SHANGHAI
from luoshi.core.models import HandoverPair, Tenure
from luoshi.core.roles import LEADER, ORGANISATION_MEMBER

# A sheet names so many of each; how many there are is always said.
MOST_NAMED = 200


@dataclass(frozen=True)
class Matter:
    """One matter as the paper names it; `seen` says whether its page opens."""

    commitment: Commitment
    light: Light
    seen: bool


@dataclass(frozen=True)
class Heap:
    """Matters of one sort: how many, and the first of them."""

    count: int
    named: list[Matter]

    @property
    def more(self) -> int:
        """Return how many are counted and not named."""
        return self.count - len(self.named)


@dataclass(frozen=True)
class Paper:
    """What somebody found in a post, did there, and left to the next."""

    pair: HandoverPair
    # The hand-over in which this post came to who now leaves; None if none is known.
    earlier: HandoverPair | None
    inherited: Heap
    done: Heap
    endings: list[tuple[str, int]]
    left: Heap
    help: int


def papers_visible_to(staff: Staff) -> QuerySet[HandoverPair]:
    """Return the papers for the two, their leader and the organisation member."""
    rows = HandoverPair.objects.filter(town=staff.town).select_related(
        "handover", "left__person", "left__post__organisation", "came__person"
    )
    # Where villages became one, the same people went on: nothing was handed over.
    rows = rows.exclude(came__person=F("left__person"))
    if staff.has(ORGANISATION_MEMBER):
        return rows.order_by("-pk")
    mine = Q(left__person=staff.person) | Q(came__person=staff.person)
    if staff.has(LEADER):
        overseen = Tenure.objects.filter(
            until=None, post__oversees=OuterRef("left__post__organisation")
        )
        mine |= Q(left__post__organisation__in=staff.oversees) | Q(~Exists(overseen))
    return rows.filter(mine).order_by("-pk")


def paper_of(pair: HandoverPair, staff: Staff) -> Paper:
    """Draw a paper up from what the matters themselves say; nothing is typed."""
    earlier = (
        HandoverPair.objects.filter(came=pair.left).select_related("handover").first()
    )
    done = _done(pair)
    return Paper(
        pair,
        earlier,
        _heap(_inherited(pair, earlier), staff),
        _heap(done, staff),
        _endings(done),
        _heap(_left(pair), staff),
        pair.moved.get("help", 0),
    )


def _matters() -> QuerySet[Commitment]:
    return Commitment.objects.exclude(visibility=Visibility.SEALED)


def _held(pair: HandoverPair, **when: datetime) -> Exists:
    """Ask whether a matter lay in the hands of who gives the post away."""
    return Exists(
        Hop.objects.filter(
            commitment=OuterRef("pk"), person=pair.left.person_id, **when
        )
    )


def _inherited(
    pair: HandoverPair, earlier: HandoverPair | None
) -> QuerySet[Commitment]:
    """Return what came with the post, at the very moment in which it came."""
    if earlier is None:
        return Commitment.objects.none()
    return _matters().filter(_held(pair, since=earlier.handover.at))


def _done(pair: HandoverPair) -> QuerySet[Commitment]:
    """Return what they did in the office and was closed before they left."""
    office = pair.left.post.organisation_id
    return _matters().filter(
        Exists(
            Hop.objects.filter(
                commitment=OuterRef("pk"),
                person=pair.left.person_id,
                organisation=office,
            )
        ),
        done_by=pair.left.person_id,
        state=State.CLOSED,
        closed_at__gte=datetime.combine(pair.left.since, time(), SHANGHAI),
        closed_at__lte=pair.handover.at,
    )


def _left(pair: HandoverPair) -> QuerySet[Commitment]:
    """Return what went over to the next, whatever became of it since."""
    return _matters().filter(
        _held(pair, until=pair.handover.at),
        Exists(
            Hop.objects.filter(
                commitment=OuterRef("pk"),
                person=pair.came.person_id,
                since=pair.handover.at,
            )
        ),
    )


def _endings(done: QuerySet[Commitment]) -> list[tuple[str, int]]:
    """Count endings apart, in the order in which they are always named."""
    counts = Counter(done.values_list("ending", flat=True))
    return [(str(one.label), counts[one]) for one in Ending if counts[one]]


def _heap(rows: QuerySet[Commitment], staff: Staff) -> Heap:
    named = list(rows.select_related("town").order_by("started_at", "pk")[:MOST_NAMED])
    seen = set(
        commitments_visible_to(staff)
        .filter(pk__in=[one.pk for one in named])
        .values_list("pk", flat=True)
    )
    return Heap(
        rows.count(), [Matter(one, light_of(one), one.pk in seen) for one in named]
    )
