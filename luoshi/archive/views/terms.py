"""How long things are kept, and what becomes of them when that is over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.archive import actions, queries
from luoshi.archive.access import open_due, open_waiting
from luoshi.archive.forms import LET_GO, AppraisalForm, ChoiceForm, RuleForm
from luoshi.archive.models import Term
from luoshi.cases.staff_queries import categories
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ARCHIVIST
from luoshi.core.views.manage.base import done, page


@staff_only(ARCHIVIST)
@require_safe
def waiting(request: StaffRequest, year: int) -> HttpResponse:
    """List what waits of a year, with its term."""
    after = request.GET.get("after", "")
    rows, more = queries.matters_page(
        request.staff, year, int(after) if after.isdecimal() else 0
    )
    context = {"year": year, "rows": rows, "more": more}
    return render(request, "archive/waiting.html", context)


@staff_only(ARCHIVIST)
def choose(request: StaffRequest, number: str) -> HttpResponse:
    """Choose another term for one matter."""
    matter = open_waiting(request.staff, number)
    form = ChoiceForm(request.POST or None, initial={"term": matter.term})
    if request.method == "POST" and done(
        form,
        lambda: actions.choose_term(
            matter.pk,
            term=Term(form.cleaned_data["term"]),
            reason=form.cleaned_data["reason"],
            actor=request.staff,
        ),
    ):
        messages.info(request, _("Written down."))
        return redirect(
            "archive:waiting", town=request.town.code, year=matter.archive_year
        )
    return page(request, "archive/choose", form, matter.title, matter=matter)


@staff_only(ARCHIVIST)
def rules(request: StaffRequest) -> HttpResponse:
    """Show the town's terms and set one."""
    form = RuleForm(request.POST or None, categories=categories())
    if request.method == "POST" and done(
        form,
        lambda: actions.set_term_rule(
            category_id=getattr(form.cleaned_data["category"], "pk", None),
            term=Term(form.cleaned_data["term"]),
            source=form.cleaned_data["source"],
            in_force_since=form.cleaned_data["in_force_since"],
            actor=request.staff,
        ),
    ):
        return redirect("archive:terms", town=request.town.code)
    return page(
        request,
        "archive/terms",
        form,
        _("How long things are kept"),
        rows=queries.rule_rows(),
        told=queries.default_told(),
        default=queries.default_term().label,
    )


@staff_only(ARCHIVIST)
@require_safe
def due(request: StaffRequest) -> HttpResponse:
    """List the files whose term is over."""
    context = {"rows": queries.due_entries(request.staff)}
    return render(request, "archive/due.html", context)


@staff_only(ARCHIVIST)
def appraise(request: StaffRequest, entry_id: int) -> HttpResponse:
    """Decide of one file."""
    entry = open_due(request.staff, entry_id)
    form = AppraisalForm(request.POST or None)
    if request.method == "POST" and done(
        form,
        lambda: actions.appraise_entry(
            entry.pk,
            keep=_kept(form.cleaned_data["keep"]),
            reason=form.cleaned_data["reason"],
            actor=request.staff,
        ),
    ):
        messages.info(request, _("Written down."))
        return redirect("archive:due", town=request.town.code)
    return page(request, "archive/appraise", form, entry.number, entry=entry)


def _kept(told: str) -> Term | None:
    return None if told == LET_GO else Term(told)
