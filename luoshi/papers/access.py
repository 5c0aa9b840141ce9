"""The doors through which papers, scans and templates enter a view."""

from collections.abc import Callable

from django.http import Http404

from luoshi.core.actors import Staff
from luoshi.core.files import files_of
from luoshi.core.files.keep import content_of
from luoshi.papers.defaults import default_of
from luoshi.papers.models import Kind, Paper, PaperScan, PaperTemplate
from luoshi.papers.queries import papers_visible_to, waiting_for


def open_paper(
    staff: Staff, paper_id: int, to: Callable[[Staff, Paper], bool] | None = None
) -> Paper:
    """Return a paper of a matter that this person sees, else 404."""
    paper = papers_visible_to(staff).filter(pk=paper_id).first()
    if paper is None or (to is not None and not to(staff, paper)):
        raise Http404
    return paper


def open_waiting(staff: Staff, scan_id: int) -> PaperScan:
    """Return a page that this person may file, else 404."""
    scan = waiting_for(staff).filter(pk=scan_id).first()
    if scan is None:
        raise Http404
    return scan


def open_filed(
    staff: Staff, scan_id: int, to: Callable[[Staff, PaperScan], bool]
) -> PaperScan:
    """Return a page of a paper that this person sees, else 404."""
    rows = PaperScan.objects.filter(paper__in=papers_visible_to(staff))
    scan = rows.select_related("paper__commitment").filter(pk=scan_id).first()
    if scan is None or not to(staff, scan):
        raise Http404
    return scan


def open_kind(kind: str) -> Kind:
    """Return a kind named in an address, else 404."""
    if kind not in Kind.values:
        raise Http404
    return Kind(kind)


def template_in_use(kind: Kind) -> bytes:
    """Return what a kind is printed from now."""
    return content_of_template(
        PaperTemplate.objects.filter(kind=kind, retired_at=None).first(), kind
    )


def content_of_template(template: PaperTemplate | None, kind: str) -> bytes:
    """Return the Word file of a template, or what came with Luoshi."""
    if template is None:
        return default_of(kind)
    (file,) = files_of(template)
    with content_of(file) as opened:
        return opened.read()
