"""Every field that holds words of a matter: what a seal empties and an opening refills.

A layer above cases registers its own fields. A test walks every model of the project
and fails on a field of text that is neither here nor among the named exceptions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from luoshi.cases.models import (
    Case,
    Note,
    Order,
    Publication,
    Reply,
    Reporter,
    Signal,
)
from luoshi.commitments.models import (
    Approval,
    Commitment,
    Evidence,
    Explanation,
    Extension,
    Handback,
    HigherRequest,
    Led,
    Pause,
    Review,
    Sample,
    Support,
    Verdict,
)
from luoshi.papers.models import Paper, PaperScan


@dataclass(frozen=True)
class Words:
    """The fields of one model that hold words, and how its rows hang on commitments."""

    model: type[models.Model]
    lookup: str
    fields: tuple[str, ...]
    # Fields that have to hold something: they get the number of the matter.
    numbered: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return the model's name, as a vault writes it."""
        return self.model._meta.label_lower

    def rows(self, ids: list[int]) -> Iterator[Any]:
        """Yield the rows of these commitments, sealed ones too."""
        # The base manager, for what is sealed is in no other.
        yield from self.model._base_manager.filter(**{self.lookup: ids}).order_by("pk")

    def emptied(self, name: str, held: Any, number: str) -> Any:
        """Return what stands in a field's place while it is sealed."""
        if name in self.numbered:
            return number
        return {} if isinstance(held, dict) else ""


OF_COMMITMENT, OF_CASE = "commitment__in", "case__commitment__in"
WORDS: list[Words] = [
    Words(Commitment, "pk__in", ("title", "ending_words", "remedy"), ("title",)),
    Words(Case, OF_COMMITMENT, ("subject", "text", "place", "held_why"), ("subject",)),
    Words(Reply, OF_CASE, ("text",)),
    Words(Note, OF_CASE, ("text",)),
    Words(Reporter, OF_CASE, ("words",)),
    Words(
        Order,
        OF_CASE,
        (
            *("subject", "text", "place", "result", "sent_text"),
            *("source", "sort", "state", "solved", "satisfied"),
        ),
    ),
    Words(Signal, OF_COMMITMENT, ("words",)),
    Words(Publication, OF_COMMITMENT, ("title", "words", "withdrawn_why")),
    Words(Handback, OF_COMMITMENT, ("reason", "answer")),
    Words(Pause, OF_COMMITMENT, ("outside_body", "reason")),
    Words(Extension, OF_COMMITMENT, ("reason",)),
    Words(Support, OF_COMMITMENT, ("asked", "answer")),
    Words(Evidence, OF_COMMITMENT, ("words",)),
    Words(Review, OF_COMMITMENT, ("words",)),
    Words(Sample, OF_COMMITMENT, ("words",)),
    Words(Verdict, OF_COMMITMENT, ("words",)),
    Words(HigherRequest, OF_COMMITMENT, ("body", "contact", "asked", "answer")),
    Words(Explanation, OF_COMMITMENT, ("words", "answer")),
    Words(Approval, OF_COMMITMENT, ("plan",)),
    Words(Paper, OF_COMMITMENT, ("content", "cancelled_why")),
    # A scan has no words of its own: its file is what is hidden.
    Words(PaperScan, "paper__commitment__in", ()),
    Words(Led, OF_COMMITMENT, ("title", "removed_why"), ("removed_why",)),
]


def register_words(words: Words) -> None:
    """Name the fields of a model above cases; the same model twice is a mistake."""
    if any(one.model is words.model for one in WORDS):
        raise ValueError(f"The words of {words.label} are registered twice.")
    WORDS.append(words)
