"""What is done to several chosen matters: ask once, do each, say what was not done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from luoshi.cases import bulk, rules
from luoshi.cases.exporting import of_chosen
from luoshi.cases.forms import many as forms
from luoshi.cases.views.staff.export import give
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest


@dataclass(frozen=True)
class Verb:
    """What is asked, what is done with the answers, and what the button says."""

    form: type[forms.ManyForm]
    act: Callable[..., list[bulk.Outcome]]
    title: Promise
    button: Promise
    say: Promise


VERBS = {
    "dispatch": Verb(
        forms.DispatchManyForm,
        bulk.dispatch_each,
        _("Dispatch the chosen matters"),
        _("Dispatch them"),
        _("Each is dispatched by itself, with its own day. Urgent ones stay urgent."),
    ),
    "merge": Verb(
        forms.MergeManyForm,
        bulk.merge_each,
        _("Do the chosen matters as one"),
        _("Do them as one"),
        _(
            "Everybody's words stay, and everybody who asked gets every answer. "
            "It can be undone until somebody gives a verdict."
        ),
    ),
    "sort": Verb(
        forms.SortManyForm,
        bulk.sort_each,
        _("Change the category of the chosen matters"),
        _("Change the category"),
        _("Owner and promised day stay as they are."),
    ),
}


@staff_only()
@require_POST
def many(request: StaffRequest) -> HttpResponseBase:
    """Ask what a verb needs; do it to each of the chosen matters."""
    chosen = bulk.chosen_by(request.staff, request.POST.getlist("number"))
    name = request.POST.get("verb", "")
    if name == "export" and chosen.cases:
        return give(request, of_chosen(request.staff, chosen.cases), "csv")
    if not chosen.cases:
        return render(request, "cases/staff/many_none.html")
    if name not in VERBS or not rules.may_do_many(request.staff):
        raise Http404
    asked = request.POST if "do" in request.POST else None
    form = VERBS[name].form(asked, chosen=chosen)
    context = {"verb": VERBS[name], "name": name, "chosen": chosen, "form": form}
    if not form.is_valid():
        return _show(request, "cases/staff/many.html", context)
    done = VERBS[name].act(chosen, actor=request.staff, **form.cleaned_data)
    return _show(
        request,
        "cases/staff/many_done.html",
        context
        | {
            "done": [one for one in done if not one.why],
            "left": [one for one in done if one.why],
            "head": form.cleaned_data.get("head"),
        },
    )


def _show(request: StaffRequest, page: str, context: dict[str, Any]) -> HttpResponse:
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    return render(request, page, context, status=status)
