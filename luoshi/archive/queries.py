"""Reads of the archive; all of them begin with what an archivist may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from luoshi.archive.models import Entry, Package, Term, TermRule
from luoshi.archive.rules import may_archive
from luoshi.archive.terms import DEFAULT, with_terms
from luoshi.commitments.models import Commitment, Ending, State
from luoshi.commitments.queries.partial import CLOSED_INDEX
from luoshi.core.actors import Staff
from luoshi.core.clock import SHANGHAI, now, today
from luoshi.core.models import TrailEntry
from luoshi.core.trail import sentence_of

ROWS = 50
# Longer without a sign of life, and the process that makes it is thought dead.
SILENT = timedelta(minutes=2)
# What counts with another matter, or lies in the archive of before.
APART = [Ending.MERGED, Ending.HISTORY]


def archivable(year: int) -> QuerySet[Any]:
    """Return what was closed in a year and is in no package; nothing that is sealed."""
    since, until = (datetime(one, 1, 1, tzinfo=SHANGHAI) for one in (year, year + 1))
    there = Entry.objects.filter(commitment=OuterRef("pk"), year=year)
    rows = Commitment.objects.filter(
        CLOSED_INDEX,
        state=State.CLOSED,
        closed_at__gte=since,
        closed_at__lt=until,
        parent=None,
    )
    return with_terms(rows.exclude(ending__in=APART).exclude(Exists(there)))


def archivable_by(staff: Staff, year: int) -> QuerySet[Any]:
    """Return what this person may put into the archive."""
    rows = archivable(year)
    return rows if may_archive(staff) else rows.none()


@dataclass(frozen=True)
class Year:
    """A year, and how much of it waits by term."""

    year: int
    counts: list[tuple[Term, int]]
    # Whether it runs yet; then it only is counted.
    runs: bool

    @property
    def total(self) -> int:
        """Return how much waits."""
        return sum(count for _term, count in self.counts)


def years_waiting(staff: Staff) -> list[Year]:
    """Return the years that are over or run, the latest first, with what waits."""
    first = Commitment.objects.filter(CLOSED_INDEX, state=State.CLOSED)
    moment = (
        first.order_by("closed_at").values_list("closed_at", flat=True).first() or now()
    )
    begin = moment.astimezone(SHANGHAI).year
    return [_year(staff, year) for year in range(today().year, begin - 1, -1)]


def _year(staff: Staff, year: int) -> Year:
    rows = archivable_by(staff, year).order_by().values("term")
    found = {row["term"]: row["n"] for row in rows.annotate(n=Count("pk"))}
    counts = [(one, found[one]) for one in Term if found.get(one)]
    return Year(year, counts, year >= today().year)


def matters_page(
    staff: Staff, year: int, after: int = 0
) -> tuple[list[Commitment], int]:
    """Return what waits of a year, and where the next page begins."""
    rows = archivable_by(staff, year).select_related("category", "town")
    if after:
        rows = rows.filter(pk__lt=after)
    # `term` is computed by the query; the page shows its word.
    found: list[Any] = list(rows.order_by("-pk")[: ROWS + 1])
    for one in found:
        one.term_label = Term(one.term).label
    return found[:ROWS], found[ROWS - 1].pk if len(found) > ROWS else 0


def packages_of(staff: Staff) -> QuerySet[Package]:
    """Return the packages, the latest first."""
    rows = Package.objects.select_related("made_by").order_by("-pk")
    return rows if may_archive(staff) else rows.none()


def entries_of(staff: Staff) -> QuerySet[Entry]:
    """Return the files of the archive."""
    rows = Entry.objects.select_related("commitment__town", "package")
    return rows if may_archive(staff) else rows.none()


@dataclass(frozen=True)
class Progress:
    """How far a package is."""

    package: Package
    made: int
    left_out: int
    silent: bool

    @property
    def running(self) -> bool:
        """Tell whether somebody works on it now."""
        return self.package.state in ("waiting", "making") and not self.silent


def progress_of(package: Package) -> Progress:
    """Say how far a package is."""
    rows = Entry.objects.filter(package=package)
    return Progress(
        package,
        rows.exclude(made_at=None).count(),
        rows.filter(left_out=True).count(),
        package.state in ("waiting", "making") and now() - package.beat_at > SILENT,
    )


def pages_of(package: Package) -> int:
    """Add up the pages of a package."""
    rows = Entry.objects.filter(package=package, left_out=False)
    return rows.aggregate(n=Sum("pages"))["n"] or 0


def register_page(
    staff: Staff, package: Package, after: int = 0
) -> tuple[list[Entry], int]:
    """Return one page of a package's register, and where the next one begins."""
    rows = entries_of(staff).filter(package=package, pk__gt=after).order_by("pk")
    found = list(rows[: ROWS + 1])
    return found[:ROWS], found[ROWS - 1].pk if len(found) > ROWS else 0


def waiting_appraisal(staff: Staff) -> QuerySet[Entry]:
    """Return the files whose term is over and of which nobody decided yet."""
    return entries_of(staff).filter(due_on__lte=today(), let_go_at=None, left_out=False)


def due_entries(staff: Staff, most: int = 200) -> list[Entry]:
    """Return what waits for appraisal longest."""
    return list(waiting_appraisal(staff).order_by("due_on", "pk")[:most])


def rule_rows() -> list[TermRule]:
    """Return the town's terms, that for all the others last."""
    rows = TermRule.objects.select_related("category")
    return sorted(rows, key=lambda one: (one.category is None, one.pk))


def default_told() -> bool:
    """Tell whether the town wrote down a term for all the others."""
    return TermRule.objects.filter(category=None).exists()


def default_term() -> Term:
    """Return the term where the town wrote none."""
    return DEFAULT


def story_of_package(package: Package) -> list[tuple[datetime, str]]:
    """Say who made and who fetched a package."""
    rows = TrailEntry.objects.filter(
        subject_kind=package._meta.label_lower, subject_id=package.pk
    ).select_related("person")
    return [(one.at, sentence_of(one)) for one in rows.order_by("-pk")[:20]]


def archived_as(commitments: Iterable[Commitment]) -> list[str]:
    """Return the file numbers under which matters are kept, until let go."""
    rows = Entry.objects.filter(
        commitment__in=list(commitments), let_go_at=None, left_out=False
    )
    return list(rows.order_by("pk").values_list("number", flat=True))
