"""What the code on a paper leads to: whether the paper is of this town and holds."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luoshi.commitments.adapters import adapter_of
from luoshi.core.access import open_to_all
from luoshi.core.requests import TownRequest
from luoshi.papers.numbering import words_of
from luoshi.papers.queries import found_by_code, may_see_paper, paper_by_code


@open_to_all
@require_safe
def short_code(request: HttpRequest, code: str) -> HttpResponse:
    """Open a printed code, whichever town it is of."""
    paper = found_by_code(code)
    if paper is None:
        return redirect("portal:towns")
    return redirect("genuine:paper", town=paper.town.code, code=paper.code)


@open_to_all
@require_safe
def genuine(request: TownRequest, code: str) -> HttpResponse:
    """Say which paper it is; staff who see its matter go there."""
    paper = paper_by_code(code)
    if paper is None:
        raise Http404
    if request.staff and may_see_paper(request.staff, paper):
        return redirect(adapter_of(paper.commitment).url(paper.commitment))
    context = {"paper": paper, "issuer": words_of(request.town)["issuer"]}
    return render(request, "papers/genuine.html", context)
