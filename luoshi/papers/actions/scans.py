"""Scans that come back: filed by their code, or by a person where it is not read."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from luoshi.commitments.models import Commitment
from luoshi.commitments.models.commitment import Visibility
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.files import drop_files, files_of, keep_files, seal_files
from luoshi.core.models import StoredFile, Town
from luoshi.core.notices import leave_notices
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.papers import rules
from luoshi.papers.actions.making import lock_paper
from luoshi.papers.models import Paper, PaperScan
from luoshi.papers.reading import ScannedPage


class Result(StrEnum):
    """What became of a page."""

    FILED = "filed"
    WAITS = "waits"
    TWICE = "twice"
    ELSEWHERE = "elsewhere"
    CANCELLED = "cancelled"
    ERASED = "erased"


@dataclass(frozen=True)
class Brought:
    """What became of a page, and the paper to which it belongs."""

    result: Result
    paper: Paper | None = None


@transaction.atomic(durable=True)
def bring_page(page: ScannedPage, *, actor: Staff) -> Brought:
    """Keep a page with the paper whose code it shows; without one it waits.

    A page of another town's paper is not kept at all.
    """
    if not rules.may_bring_scans(actor):
        raise NotAllowed("commitments.not_yours")
    # One at a time in a town, so that the same page twice at once is seen.
    Town.objects.select_for_update().get(pk=actor.town.pk)
    before = PaperScan.objects.filter(digest=page.digest).first()
    if before is not None:
        return Brought(Result.TWICE, before.paper)
    papers = list(Paper.objects.filter(code__in=page.codes).order_by("pk"))
    if page.codes and not papers:
        return Brought(Result.ELSEWHERE)
    if len(papers) != 1:
        # None, or two papers on one glass: a person looks.
        _keep(page, None, actor)
        return Brought(Result.WAITS)
    paper = lock_paper(papers[0].pk)
    if paper.cancelled_at is not None:
        return Brought(Result.CANCELLED, paper)
    if not paper.content and not _sealed(paper):
        return Brought(Result.ERASED, paper)
    scan = _keep(page, paper, actor)
    _tell_filed(scan, paper, actor)
    return Brought(Result.FILED, paper)


def _keep(page: ScannedPage, paper: Paper | None, actor: Staff) -> PaperScan:
    scan = PaperScan.objects.create(
        town=actor.town,
        paper=paper,
        digest=page.digest,
        by_code=paper is not None,
        brought_at=now(),
        brought_by=actor.person,
    )
    upload = SimpleUploadedFile(f"{page.name}.jpg", page.content, "image/jpeg")
    keep_files([upload], owner=scan, purpose="scan", actor=actor)
    if paper is None:
        record(scan, "papers.scan_waits", actor=actor)
    return scan


def _matter_of(paper: Paper) -> Commitment:
    # A paper may come back after its matter was sealed.
    return Commitment.with_sealed.get(pk=paper.commitment_id)


def _sealed(paper: Paper) -> bool:
    return _matter_of(paper).visibility == Visibility.SEALED


def _tell_filed(scan: PaperScan, paper: Paper, actor: Staff) -> None:
    """Write it down and tell who made the paper; under a seal nobody is told."""
    matter = _matter_of(paper)
    record(matter, "papers.scan_filed", actor=actor, paper=paper.number)
    if matter.visibility == Visibility.SEALED:
        files = files_of(scan)
        seal_files(files)
        StoredFile.objects.filter(pk__in=[one.pk for one in files]).update(
            shown_name=StoredFile.Kind.PHOTO
        )
        return
    told = [paper.made_by] if paper.made_by_id != actor.person.pk else []
    leave_notices(
        matter,
        "papers.scan_filed",
        told,
        paper=paper.number,
        number=matter.number,
        title=matter.title,
    )


def _lock_scan(scan_id: int) -> PaperScan:
    rows = PaperScan.objects.select_for_update(of=("self",))
    scan = rows.select_related("paper__commitment").filter(pk=scan_id).first()
    if scan is None:
        raise NotAllowed("commitments.not_yours")
    return scan


@transaction.atomic(durable=True)
def file_scan(scan_id: int, *, paper_id: int, actor: Staff) -> PaperScan:
    """Say of which paper a page is whose code could not be read."""
    scan = _lock_scan(scan_id)
    if scan.paper_id is not None:
        raise Refusal("papers.filed_already", paper=scan.paper)
    paper = lock_paper(paper_id)
    if not (rules.may_file(actor, scan) and rules.may_read(actor, paper)):
        raise NotAllowed("commitments.not_yours")
    if paper.cancelled_at is not None:
        raise Refusal("papers.cancelled_already", paper=paper.number)
    if not paper.content:
        raise Refusal("papers.erased", paper=paper.number)
    scan.paper, scan.by_code = paper, False
    scan.save(update_fields=["paper", "by_code"])
    _tell_filed(scan, paper, actor)
    return scan


@transaction.atomic(durable=True)
def take_scan_out(scan_id: int, *, actor: Staff) -> PaperScan:
    """Take a page out of the wrong paper; it waits again."""
    scan = _lock_scan(scan_id)
    paper = scan.paper
    if paper is None or not rules.may_take_out(actor, scan):
        raise NotAllowed("commitments.not_yours")
    scan.paper, scan.by_code = None, False
    scan.save(update_fields=["paper", "by_code"])
    record(paper.commitment, "papers.scan_out", actor=actor, paper=paper.number)
    return scan


@transaction.atomic(durable=True)
def drop_scan(scan_id: int, *, actor: Staff) -> None:
    """Throw a page away that is of no paper; the same page may come again."""
    scan = _lock_scan(scan_id)
    if not rules.may_file(actor, scan):
        raise NotAllowed("commitments.not_yours")
    record(actor.person, "papers.scan_dropped", actor=actor)
    drop_files(scan)
    scan.delete()
