"""What lasts: a round's list, the town's usual values, and the labels' release."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luoshi.core.access import open_to_all, staff_only
from luoshi.core.models import Town
from luoshi.core.requests import StaffRequest, TownRequest
from luoshi.core.views.manage.base import done
from luoshi.projects import lasting, rules, usual
from luoshi.projects.access import newest_cycle, open_cycle
from luoshi.projects.actions.lasting import change_method, change_usual, release_labels
from luoshi.projects.forms.lasting import LabelForm, MethodForm, UsualForm
from luoshi.projects.models import Cycle
from luoshi.projects.models.lasting import Thing


@staff_only(*rules.SEE)
@require_safe
def of_round(request: StaffRequest, cycle_id: int = 0) -> HttpResponse:
    """Show a round's list by what each yuan brings, with its labels."""
    cycle = _round(request.town, cycle_id)
    context = {
        "sight": lasting.round_of(cycle, labelled=True),
        "released": lasting.labels_released(cycle),
        "may_release": rules.may_release_labels(request.staff),
        "may_change": rules.may_change_usual(request.staff),
        "may_remember": rules.may_remember(request.staff),
    }
    return render(request, "projects/lasting.html", context)


@open_to_all
@require_safe
def public_round(request: TownRequest, cycle_id: int = 0) -> HttpResponse:
    """Show everybody the facts; the labels once they were released."""
    cycle = _round(request.town, cycle_id)
    released = lasting.labels_released(cycle)
    context = {"sight": lasting.round_of(cycle, labelled=released)}
    return render(request, "projects/public_lasting.html", context)


def _round(town: Town, cycle_id: int) -> Cycle:
    """Return a round, or the newest one where none is named."""
    if cycle_id:
        return open_cycle(town, cycle_id)
    newest = newest_cycle(town)
    if newest is None:
        raise Http404
    return newest


@staff_only(*rules.RELEASE_LABELS)
def labels(request: StaffRequest, cycle_id: int) -> HttpResponse:
    """Write down the decision that the labels may be read by all."""
    cycle = open_cycle(request.town, cycle_id)
    form = LabelForm(request.POST or None)
    if request.method == "POST" and done(
        form,
        lambda: release_labels(cycle.pk, actor=request.staff, **form.cleaned_data),
    ):
        return redirect("projects:lasting", town=request.town.code, cycle_id=cycle.pk)
    context = {"form": form, "cycle": cycle}
    status = 422 if form.errors else 200
    return render(request, "projects/labels.html", context, status=status)


@staff_only(*rules.SEE)
def usual_values(request: StaffRequest) -> HttpResponse:
    """Show how figures are made and what is usual; who may, changes the method here."""
    rule = usual.rule_of(request.town)
    method, weight = usual.method_of(request.town), rule.get("weight")
    form = MethodForm(
        request.POST or None,
        initial={
            "rate": method.rate.central * 100,
            "water_rate": method.water_rate.central * 100,
            "apart": "yes" if method.apart else "no",
            "weight": None if weight is None else weight / 1000,
        },
    )
    may = rules.may_change_usual(request.staff)
    if request.method == "POST":
        if not may:
            raise Http404
        if done(form, lambda: change_method(form.way(), actor=request.staff)):
            return redirect("projects:usual", town=request.town.code)
    known = usual.references_of(request.town)
    context = {
        "form": form,
        "may": may,
        "kinds": [
            (kind, one, int(one.worth.central))
            for kind, one in ((kind, known[kind.value]) for kind in Thing)
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "projects/usual.html", context, status=status)


@staff_only(*rules.CHANGE_USUAL)
def usual_kind(request: StaffRequest, kind: str) -> HttpResponse:
    """Change what is usual for one kind of thing."""
    known = usual.references_of(request.town)
    if kind not in known:
        raise Http404
    form = UsualForm(
        request.POST or None,
        numbers=usual.numbers_of(known[kind]),
        initial={"source": known[kind].source},
    )
    if request.method == "POST" and done(
        form,
        lambda: change_usual(
            kind,
            form.numbers(),
            source=form.cleaned_data["source"],
            actor=request.staff,
        ),
    ):
        return redirect("projects:usual", town=request.town.code)
    context = {"form": form, "kind": Thing(kind)}
    status = 422 if form.errors else 200
    return render(request, "projects/usual_kind.html", context, status=status)
