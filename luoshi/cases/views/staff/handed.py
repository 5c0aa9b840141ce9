"""The papers of posts that changed hands."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.commitments.queries.papers import paper_of, papers_visible_to
from luoshi.core.access import staff_only
from luoshi.core.clock import now
from luoshi.core.requests import StaffRequest

MOST = 200


@staff_only()
@require_safe
def papers(request: StaffRequest) -> HttpResponse:
    """List the papers that this person may read."""
    context = {"pairs": papers_visible_to(request.staff)[:MOST]}
    return render(request, "cases/staff/papers.html", context)


@staff_only()
@require_safe
def paper(request: StaffRequest, pair_id: int) -> HttpResponse:
    """Show one paper, ready to be printed."""
    pair = papers_visible_to(request.staff).filter(pk=pair_id).first()
    if pair is None:
        raise Http404
    context = {"paper": paper_of(pair, request.staff), "printed_at": now()}
    return render(request, "cases/staff/paper.html", context)
