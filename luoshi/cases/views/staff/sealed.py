"""What is sealed: sealing it, reading it, saying how it was dealt with, undoing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.cases import rules, sealed_queries
from luoshi.cases.access import open_case, open_matter
from luoshi.cases.actions import (
    finish_sealed,
    look_at_sealed,
    note_on_sealed,
    open_sealed,
    seal_case,
)
from luoshi.cases.forms.sealed import SealedWordForm, SealForm
from luoshi.cases.models import SealedMatter
from luoshi.cases.signs import sign_in
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR, DISCIPLINE, MINORS


@staff_only()
def seal(request: StaffRequest, number: str) -> HttpResponse:
    """Ask what it is, and hand it to those who keep such matters."""
    case = open_case(request.staff, number, to=rules.may_seal)
    start = {"kind": sign_in(case.text, request.town) or SealedMatter.Kind.CONDUCT}
    form = SealForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        seal_case(case.pk, actor=request.staff, **form.cleaned_data)
        done = _("It is sealed. You see it no more; those who are named for it do.")
        messages.success(request, done)
        return redirect("work:today", town=request.town.code)
    context = {"case": case, "form": form}
    status = 422 if form.errors else 200
    return render(request, "cases/staff/seal.html", context, status=status)


@staff_only(DISCIPLINE, MINORS)
@require_safe
def matters(request: StaffRequest) -> HttpResponse:
    """List what this person keeps: by its day alone, for a list needs no words."""
    context = {"matters": sealed_queries.sealed_list(request.staff)}
    return render(request, "cases/staff/sealed.html", context)


@staff_only(ADMINISTRATOR)
@require_safe
def days(request: StaffRequest) -> HttpResponse:
    """Show that something was sealed and on which day, and who is missing."""
    context = {
        "days": sealed_queries.sealed_days(),
        "nobody": sealed_queries.nobody_keeps(),
    }
    return render(request, "cases/staff/sealed_days.html", context)


def _page(request: StaffRequest, matter: SealedMatter, **more: Any) -> HttpResponse:
    context = {"matter": matter, "form": SealedWordForm(), **more}
    status = 422 if context["form"].errors else 200
    return render(request, "cases/staff/sealed_one.html", context, status=status)


@staff_only(DISCIPLINE, MINORS)
@require_safe
def matter(request: StaffRequest, matter_id: int) -> HttpResponse:
    """Show that it is there; its words come with a click that is written down."""
    return _page(request, open_matter(request.staff, matter_id))


@staff_only(DISCIPLINE, MINORS)
@require_POST
def read(request: StaffRequest, matter_id: int) -> HttpResponse:
    """Show all that is under the seal; the trail says who read it."""
    found = open_matter(request.staff, matter_id)
    read_now = look_at_sealed(found.pk, actor=request.staff)
    return _page(request, found, inside=sealed_queries.inside(found, read_now))


@staff_only(DISCIPLINE, MINORS)
@require_POST
def note(request: StaffRequest, matter_id: int) -> HttpResponse:
    """Leave a word that only those who keep it read."""
    return _say(request, matter_id, note_on_sealed)


@staff_only(DISCIPLINE, MINORS)
@require_POST
def finish(request: StaffRequest, matter_id: int) -> HttpResponse:
    """Write down how it was dealt with."""
    return _say(request, matter_id, finish_sealed)


def _say(request: StaffRequest, matter_id: int, action: Any) -> HttpResponse:
    found = open_matter(request.staff, matter_id)
    form = SealedWordForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form)
    action(found.pk, actor=request.staff, **form.cleaned_data)
    messages.success(request, _("Written down under the seal."))
    return redirect("work:sealed-one", town=request.town.code, matter_id=matter_id)


@staff_only(DISCIPLINE, MINORS)
def open_again(request: StaffRequest, matter_id: int) -> HttpResponse:
    """Ask once more, and undo a wrong sealing."""
    found = open_matter(request.staff, matter_id)
    if request.method == "POST":
        open_sealed(found.pk, actor=request.staff)
        messages.success(request, _("It is open again, with who had it before."))
        return redirect("work:sealed", town=request.town.code)
    return render(request, "cases/staff/sealed_open.html", {"matter": found})
