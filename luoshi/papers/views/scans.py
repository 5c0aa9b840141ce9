"""Scans that come back: brought in a heap, and filed by hand where no code is read."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.core.access import staff_only
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.papers import actions
from luoshi.papers.access import open_filed, open_waiting
from luoshi.papers.bringing import bring_scans
from luoshi.papers.forms import FileScanForm, ScansForm
from luoshi.papers.queries import papers_to_choose, waiting_scans
from luoshi.papers.rules import BRING, may_take_out


def _page(request: StaffRequest, form: ScansForm, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "waiting": waiting_scans(request.staff),
        "choose": FileScanForm(papers=papers_to_choose(request.staff)),
        **more,
    }
    status = 422 if form.errors or more.get("wrong") else 200
    return render(request, "papers/scans.html", context, status=status)


@staff_only(*BRING)
def scans(request: StaffRequest) -> HttpResponse:
    """Take scans, say what became of each page, and list those that wait."""
    form = ScansForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        lines = bring_scans(form.cleaned_data["scans"], actor=request.staff)
        return _page(request, ScansForm(), lines=lines)
    return _page(request, form)


@staff_only(*BRING)
@require_POST
def file_one(request: StaffRequest, scan_id: int) -> HttpResponse:
    """File a page with the paper that somebody chose."""
    scan = open_waiting(request.staff, scan_id)
    form = FileScanForm(request.POST, papers=papers_to_choose(request.staff))
    if not form.is_valid():
        messages.error(request, _("Choose the paper's number."))
        return _page(request, ScansForm(), wrong=scan.pk)
    try:
        paper = form.cleaned_data["paper"]
        actions.file_scan(scan.pk, paper_id=paper.pk, actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Filed with %(paper)s.") % {"paper": paper.number})
    return redirect("papers:scans", town=request.town.code)


@staff_only(*BRING)
@require_POST
def drop(request: StaffRequest, scan_id: int) -> HttpResponse:
    """Throw a page away."""
    actions.drop_scan(open_waiting(request.staff, scan_id).pk, actor=request.staff)
    return redirect("papers:scans", town=request.town.code)


@staff_only(*BRING)
@require_POST
def take_out(request: StaffRequest, scan_id: int) -> HttpResponse:
    """Take a page out of the wrong paper."""
    scan = open_filed(request.staff, scan_id, to=may_take_out)
    actions.take_scan_out(scan.pk, actor=request.staff)
    messages.success(request, _("Taken out. It waits for the right paper."))
    return redirect("papers:scans", town=request.town.code)
