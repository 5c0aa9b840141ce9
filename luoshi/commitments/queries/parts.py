"""The parts of a matter: who does what, when it was given, taken and done."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q

from luoshi.commitments.models import Commitment, Ending, Merge, State
from luoshi.commitments.queries.show import Light, light_of
from luoshi.core.actors import Staff
from luoshi.core.models import TrailEntry


@dataclass(frozen=True)
class Part:
    """A part with its light, and when its office took it; None: not yet."""

    commitment: Commitment
    light: Light
    taken_at: datetime | None

    @property
    def dropped(self) -> bool:
        """Tell whether it is no longer needed."""
        return self.commitment.ending == Ending.DROPPED


def parts_of(commitment: Commitment) -> list[Part]:
    """Return the parts of a matter and of what is done together with it, by age."""
    together = Merge.objects.filter(head=commitment, undone_at=None)
    # Asked first: as one question with "or" it would read all matters of the town.
    wholes = [commitment.pk, *together.values_list("merged_id", flat=True)]
    rows = Commitment.objects.filter(parent__in=wholes).order_by("pk")
    parts = list(rows.select_related("owner", "owner_organisation"))
    for part in parts:
        part.town = commitment.town
    taken = _taken([part.pk for part in parts])
    return [Part(one, light_of(one), taken.get(one.pk)) for one in parts]


def _taken(ids: list[int]) -> dict[int, datetime]:
    """Return when each was last taken, as the trail says."""
    if not ids:
        return {}
    entries = TrailEntry.objects.filter(
        subject_kind=Commitment._meta.label_lower,
        subject_id__in=ids,
        code="commitments.taken",
    )
    rows = entries.order_by().values_list("subject_id").annotate(last=Max("at"))
    return dict(rows)


def parts_to_accept(staff: Staff, most: int = 20) -> list[Part]:
    """Return the parts that wait for this person, who answers for the whole."""
    rows = (
        Commitment.objects.filter(state=State.SUBMITTED, parent__owner=staff.person)
        .exclude(Q(done_by=staff.person) | Q(owner=staff.person))
        .select_related("owner", "owner_organisation")
        .order_by("due_at", "pk")[:most]
    )
    for one in rows:
        one.town = staff.town
    return [Part(one, light_of(one), None) for one in rows]
