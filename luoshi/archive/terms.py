"""How long a matter is kept: as chosen for it, as its category, or as all others."""

from datetime import date
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from luoshi.archive.models import Term, TermChoice, TermRule
from luoshi.commitments.models import Commitment

# Until the town writes down its own table, which the archive office agrees to.
DEFAULT = Term.THIRTY


def with_terms(rows: QuerySet[Commitment]) -> QuerySet[Any]:
    """Let each matter say its term as `term`."""
    chosen = TermChoice.objects.filter(commitment=OuterRef("pk")).values("term")
    ruled = TermRule.objects.filter(category=OuterRef("category")).values("term")
    others = TermRule.objects.filter(category=None).values_list("term", flat=True)
    default = Value(others.first() or DEFAULT.value, CharField())
    return rows.annotate(
        term=Coalesce(
            Subquery(chosen[:1]), Subquery(ruled[:1]), default, output_field=CharField()
        )
    )


def due_on(term: Term, year: int) -> date | None:
    """Return when a file of a year is appraised: its years count from the next one."""
    return None if term.years is None else date(year + 1 + term.years, 1, 1)
