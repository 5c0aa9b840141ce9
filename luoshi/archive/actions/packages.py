"""A yearly package: begun, made file by file, finished, fetched, taken away again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.db import transaction
from django.db.models import Max, Q

from luoshi.archive.making.folder import drop_folder, zip_of
from luoshi.archive.models import Entry, Package, Term
from luoshi.archive.queries import SILENT, archivable_by, pages_of
from luoshi.archive.rules import check_archivist
from luoshi.archive.terms import due_on
from luoshi.commitments.models.commitment import Visibility
from luoshi.core.actors import SCHEDULER, Actor, Staff
from luoshi.core.clock import SHANGHAI, now, today
from luoshi.core.models import Town
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record

# So long the file lies ready; names and telephones are in it in clear.
KEPT = timedelta(days=7)


@transaction.atomic(durable=True)
def begin_package(*, year: int, terms: list[str], actor: Staff) -> Package:
    """Give each matter of a year that waits its file number, as they were closed."""
    check_archivist(actor)
    if year >= today().year:
        # What is reopened within its year belongs into the same file.
        raise Refusal("archive.year_runs", year=year)
    if not terms:
        raise Refusal("archive.nothing_waits")
    # One at a time: two at once would give out a number twice.
    Town.objects.select_for_update().get(pk=actor.town.pk)
    busy = Q(state=Package.State.MAKING) | Q(state=Package.State.WAITING)
    if Package.objects.filter(busy, beat_at__gt=now() - SILENT).exists():
        raise Refusal("archive.busy")
    rows = archivable_by(actor, year).filter(term__in=terms)
    found = list(
        rows.order_by("closed_at", "pk").values_list("pk", "term", "closed_at")
    )
    if not found:
        raise Refusal("archive.nothing_waits")
    package = Package.objects.create(
        town=actor.town,
        year=year,
        terms=terms,
        made_by=actor.person,
        begun_at=now(),
        beat_at=now(),
        total=len(found),
    )
    Entry.objects.bulk_create(_entries(package, found), batch_size=500)
    record(package, "archive.begun", actor=actor, year=year, count=len(found))
    return package


def _entries(
    package: Package, found: list[tuple[int, str, datetime]]
) -> Iterator[Entry]:
    """Number the matters on from what the year has already, term by term."""
    town, year = package.town, package.year
    last = _last_serials(year)
    for pk, name, closed_at in found:
        term = Term(name)
        last[term] = serial = last.get(term, 0) + 1
        yield Entry(
            town=town,
            package=package,
            commitment_id=pk,
            number=number_of(town, year, term, serial),
            year=year,
            term=term,
            serial=serial,
            closed_on=closed_at.astimezone(SHANGHAI).date(),
            due_on=due_on(term, year),
        )


def number_of(town: Town, year: int, term: Term, serial: int) -> str:
    """Return a file number: whose, which kind, year, term, one after another."""
    return f"{town.prefix}-WS·{year}-{term.mark}-{serial:04}"


def _last_serials(year: int) -> dict[Term, int]:
    rows = Entry.objects.filter(year=year).values_list("term").annotate(Max("serial"))
    return {Term(term): serial for term, serial in rows}


@transaction.atomic(durable=True)
def take_package_up(package_id: int) -> bool:
    """Begin or go on making; False where another process is at it."""
    silent = Q(beat_at__lt=now() - SILENT)
    free = Q(state__in=[Package.State.WAITING, Package.State.BROKEN])
    stuck = Q(state=Package.State.MAKING) & silent
    rows = Package.objects.filter(free | stuck, pk=package_id)
    return bool(rows.update(state=Package.State.MAKING, beat_at=now(), fault=""))


def tell_alive(package_id: int) -> None:
    """Say that somebody still works on it; nobody else takes over then."""
    Package.objects.filter(pk=package_id).update(beat_at=now())


@dataclass(frozen=True)
class Made:
    """What was made of one matter."""

    pages: int
    pdf_digest: str
    xml_digest: str
    pdf_a: bool


@transaction.atomic(durable=True)
def store_entry(entry_id: int, made: Made, *, actor: Actor) -> None:
    """Keep what was made of a matter; from then on it is kept from erasing."""
    entry = Entry.objects.select_related("commitment", "package").get(pk=entry_id)
    first = not entry.pdf_digest
    entry.pages, entry.pdf_a = made.pages, made.pdf_a
    entry.pdf_digest, entry.xml_digest = made.pdf_digest, made.xml_digest
    entry.made_at = now()
    entry.save(update_fields=["pages", "pdf_a", "pdf_digest", "xml_digest", "made_at"])
    Package.objects.filter(pk=entry.package_id).update(beat_at=now())
    if first:
        record(entry.commitment, "archive.put_in", actor=actor, number=entry.number)


@transaction.atomic(durable=True)
def leave_entry_out(entry_id: int, *, actor: Actor) -> None:
    """Leave a number empty: its matter was reopened, or is kept apart since."""
    entry = Entry.objects.select_related("package").get(pk=entry_id)
    entry.left_out, entry.made_at = True, now()
    entry.save(update_fields=["left_out", "made_at"])
    Package.objects.filter(pk=entry.package_id).update(beat_at=now())
    record(entry.package, "archive.left_out", actor=actor, number=entry.number)


@transaction.atomic(durable=True)
def finish_package(package_id: int, *, size: int, digest: str, actor: Actor) -> Package:
    """Say that the file is whole, with its digest."""
    package = Package.objects.select_for_update().get(pk=package_id)
    package.state, package.done_at = Package.State.WHOLE, now()
    package.size, package.digest = size, digest
    package.pages = pages_of(package)
    package.save(update_fields=["state", "done_at", "size", "digest", "pages"])
    record(
        package,
        "archive.made",
        actor=actor,
        year=package.year,
        pages=package.pages,
        digest=digest,
    )
    return package


@transaction.atomic(durable=True)
def break_package_off(package_id: int, *, fault: str, actor: Actor) -> None:
    """Say that making broke off; going on makes only what is missing."""
    package = Package.objects.select_for_update().get(pk=package_id)
    package.state, package.fault = Package.State.BROKEN, fault[:200]
    package.save(update_fields=["state", "fault"])
    record(package, "archive.broke_off", actor=actor, year=package.year)


@transaction.atomic(durable=True)
def fetch_package(package_id: int, *, actor: Staff) -> Path:
    """Write down who takes the file, and return where it lies."""
    check_archivist(actor)
    package = Package.objects.select_for_update().get(pk=package_id)
    path = zip_of(package)
    if package.state != Package.State.WHOLE or not path.exists():
        raise Refusal("archive.no_file")
    # Kept apart since: the file still holds its words.
    apart = Entry.objects.filter(
        package=package, left_out=False, commitment__visibility=Visibility.SEALED
    )
    if apart.exists():
        raise Refusal("archive.not_this_file")
    record(package, "archive.fetched", actor=actor, year=package.year)
    return path


@transaction.atomic(durable=True)
def make_package_anew(package_id: int, *, actor: Staff) -> Package:
    """Make the file again from what is there now; the numbers stay."""
    check_archivist(actor)
    package = Package.objects.select_for_update().get(pk=package_id)
    if package.state not in (Package.State.WHOLE, Package.State.GONE):
        raise Refusal("archive.busy")
    package.state, package.beat_at = Package.State.WAITING, now()
    package.digest, package.size = "", 0
    package.save(update_fields=["state", "beat_at", "digest", "size"])
    package.entries.filter(left_out=False).update(made_at=None)
    transaction.on_commit(partial(drop_folder, package))
    record(package, "archive.anew", actor=actor, year=package.year)
    return package


def remove_old_files() -> int:
    """Take files away that have lain ready long enough; return how many."""
    rows = Package.objects.filter(state=Package.State.WHOLE, done_at__lt=now() - KEPT)
    old = list(rows)
    for package in old:
        remove_file(package.pk)
    return len(old)


@transaction.atomic(durable=True)
def remove_file(package_id: int) -> None:
    """Take one file away."""
    package = Package.objects.select_for_update().get(pk=package_id)
    package.state = Package.State.GONE
    package.save(update_fields=["state"])
    transaction.on_commit(partial(drop_folder, package))
    record(package, "archive.removed", actor=SCHEDULER, year=package.year)
