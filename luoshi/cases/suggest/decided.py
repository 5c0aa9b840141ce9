"""What dispatchers decided: the words of each matter, and where it went."""

from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.cases.models import Case
from luoshi.cases.suggest.catalogue import Catalogue
from luoshi.commitments.models import Ending, Kind, State
from luoshi.engines.routing.catalogue import Path

# The newest decisions say what is done today; with more, a night is too short.
MOST_DECISIONS = 10_000
# Every tenth is never learnt from, so that old and new can be tried on it alike.
HELD_BACK = 10
URGENT, ORDINARY = "urgent", "ordinary"


@dataclass(frozen=True)
class Decision:
    """One matter as it was decided in the end: what was corrected counts."""

    pk: int
    text: str
    # With the village, which often decides whose it is.
    text_and_place: str
    path: Path
    office: str
    urgency: str

    @property
    def held_back(self) -> bool:
        """Tell whether it is kept for trying, never for learning."""
        return self.pk % HELD_BACK == 0


def words_told(case: Case) -> str:
    """Return what a router reads of a case: its subject, if it is not in the text."""
    if case.text.startswith(case.subject.removesuffix("…")):
        return case.text
    return f"{case.subject}\n{case.text}"


def words_and_place(case: Case) -> str:
    """Return the words with the village after them."""
    return f"{words_told(case)}\n{case.village or ''}"


def decisions_of_town(catalogue: Catalogue) -> list[Decision]:
    """Return the newest decisions; nothing sealed, erased or said twice is there."""
    return list(_decisions(catalogue))


def _decisions(catalogue: Catalogue) -> Iterator[Decision]:
    paths = {row.pk: path for path, row in catalogue.rows.items()}
    # `Case.objects` leaves out what is sealed, and so must the one that it hangs on.
    rows = (
        Case.objects.filter(commitment__kind=Kind.CASE, commitment__parent=None)
        .filter(commitment__category__in=list(paths), repeats=None)
        .exclude(commitment__state=State.RECEIVED)
        .exclude(commitment__visibility="sealed")
        .exclude(text="")
        .select_related("commitment", "village")
        .order_by("-received_at", "-pk")[:MOST_DECISIONS]
    )
    for case in rows:
        made = case.commitment
        away = made.assigned_at is None or made.ending == Ending.DESTINATION
        yield Decision(
            pk=case.pk,
            text=words_told(case),
            text_and_place=words_and_place(case),
            path=paths[made.category_id or 0],
            office="" if away else str(made.owner_organisation_id),
            urgency=URGENT if made.urgent else ORDINARY,
        )
