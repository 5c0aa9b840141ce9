"""Reads of papers: of one matter, of a year, and the scans that wait."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django_scopes import scopes_disabled

from luoshi.commitments.adapters import adapter_of
from luoshi.commitments.models import Commitment
from luoshi.commitments.queries import commitments_visible_to, visible_among
from luoshi.core.actors import Staff
from luoshi.core.clock import today
from luoshi.core.files import files_of
from luoshi.core.models import StoredFile
from luoshi.core.roles import DISPATCHER
from luoshi.papers import rules
from luoshi.papers.models import Kind, Paper, PaperScan, PaperTemplate

# How many of the newest are listed.
MOST = 300


@dataclass(frozen=True)
class Line:
    """A number of the register; the matter only for those who may see it."""

    paper: Paper
    scans: int
    commitment: Commitment | None
    url: str = ""


@dataclass(frozen=True)
class Waiting:
    """A page that waits for somebody to say of which paper it is."""

    scan: PaperScan
    files: list[StoredFile]


@dataclass(frozen=True)
class TemplateLine:
    """What a kind of paper is printed from."""

    kind: str
    label: Promise | str
    template: PaperTemplate | None


def papers_visible_to(staff: Staff) -> QuerySet[Paper]:
    """Return the papers of matters that a member of staff may see."""
    rows = Paper.objects.filter(commitment__in=commitments_visible_to(staff))
    return rows.select_related("commitment__town", "made_by", "template")


def may_see_paper(staff: Staff, paper: Paper) -> bool:
    """Ask the one visibility queryset, so that the printed code agrees with lists."""
    return papers_visible_to(staff).filter(pk=paper.pk).exists()


def papers_under(commitment_id: int, case_id: int) -> list[Paper]:
    """Return the papers of a matter and those of a case before it was merged."""
    rows = Paper.objects.filter(Q(commitment=commitment_id) | Q(case_id=case_id))
    rows = rows.select_related("made_by", "commitment")
    return list(rows.annotate(pages=Count("scans")).order_by("pk"))


def kinds_to_make(staff: Staff, commitment: Commitment) -> list[Kind]:
    """Return which papers this person may make of a matter now."""
    return [kind for kind in Kind if rules.may_make(staff, commitment, kind)]


def register_of(staff: Staff, year: int, kind: str) -> list[Line]:
    """Return a year's numbers, the newest first, without a gap.

    Of a matter that this person may not see, or that is sealed, the number alone.
    """
    rows = Paper.objects.filter(town=staff.town, year=year)
    if kind in Kind.values:
        rows = rows.filter(kind=kind)
    rows = rows.select_related("made_by").annotate(pages=Count("scans"))
    papers = list(rows.order_by("-pk")[:MOST])
    ids = {paper.commitment_id for paper in papers}
    seen = Commitment.objects.select_related("town").in_bulk(visible_among(staff, ids))
    return [_line(paper, seen.get(paper.commitment_id)) for paper in papers]


def _line(paper: Any, commitment: Commitment | None) -> Line:
    # `pages` is counted by the query.
    url = adapter_of(commitment).url(commitment) if commitment else ""
    return Line(paper, paper.pages, commitment, url)


def years_of(town_id: int) -> list[int]:
    """Return the years that have papers, this one always, the newest first."""
    rows = Paper.objects.filter(town=town_id).values_list("year", flat=True)
    return sorted({*rows.distinct(), today().year}, reverse=True)


def scans_of(paper: Paper) -> list[Waiting]:
    """Return the pages that came back, in their order."""
    scans = paper.scans.select_related("brought_by", "paper__commitment")
    return [Waiting(one, files_of(one)) for one in scans.order_by("pk")]


def waiting_for(staff: Staff) -> QuerySet[PaperScan]:
    """Return the pages that this person may file: their own, of all for dispatchers."""
    rows = PaperScan.objects.filter(town=staff.town, paper=None)
    if not rules.may_bring_scans(staff):
        return rows.none()
    return rows if staff.has(DISPATCHER) else rows.filter(brought_by=staff.person)


def waiting_scans(staff: Staff) -> list[Waiting]:
    """Return the pages that wait, with their pictures."""
    rows = waiting_for(staff).select_related("brought_by").order_by("pk")
    return [Waiting(one, files_of(one)) for one in rows[:MOST]]


def papers_to_choose(staff: Staff) -> QuerySet[Paper]:
    """Return papers to which a page could belong, those without a scan first."""
    rows = papers_visible_to(staff).filter(cancelled_at=None).exclude(content="")
    return rows.annotate(pages=Count("scans")).order_by("pages", "-pk")


def template_lines() -> list[TemplateLine]:
    """Return what each kind is printed from; None for what came with Luoshi."""
    own = {
        one.kind: one
        for one in PaperTemplate.objects.filter(retired_at=None).select_related(
            "added_by"
        )
    }
    return [TemplateLine(kind.value, kind.label, own.get(kind)) for kind in Kind]


def found_by_code(code: str) -> Paper | None:
    """Return the paper of a printed code, whichever town it belongs to."""
    with scopes_disabled():
        return Paper.objects.select_related("town").filter(code=code.upper()).first()


def paper_by_code(code: str) -> Paper | None:
    """Return this town's paper of a printed code."""
    return Paper.objects.filter(code=code).select_related("commitment__town").first()


def paper_of_form(staff: Staff, form_token: str) -> Paper | None:
    """Return what the same form made before, for the same person alone."""
    rows = Paper.objects.filter(form_token=form_token, made_by=staff.person)
    return rows.first()
