"""The town's path of approval, and who acts for whom."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from luoshi.commitments import actions
from luoshi.commitments.access import open_deputy, open_path_rule
from luoshi.commitments.forms.approval import DeputyForm, PathForm
from luoshi.commitments.queries import (
    categories_in_use,
    deputies_shown_to,
    path_rules,
    people_away,
    people_here,
)
from luoshi.core.access import staff_only
from luoshi.core.clock import today
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.views.manage.base import done, page


@staff_only(ADMINISTRATOR)
def path(request: StaffRequest) -> HttpResponse:
    """List which words matters need, and say it of one kind."""
    form = PathForm(request.POST or None, categories=categories_in_use())

    def act() -> object:
        told = form.cleaned_data
        return actions.set_path(
            told["category"],
            urgent=told["urgent"],
            words=actions.Words(**dict.fromkeys(told["words"], True)),
            actor=request.staff,
        )

    if request.method == "POST" and done(form, act):
        return redirect("catalogue:path", town=request.town.code)
    title = gettext_lazy("Path of approval")
    return page(request, "commitments/path", form, title, rows=path_rules())


@staff_only(ADMINISTRATOR)
@require_POST
def remove_path(request: StaffRequest, rule_id: int) -> HttpResponse:
    """Take a rule away."""
    actions.remove_path(open_path_rule(rule_id).pk, actor=request.staff)
    return redirect("catalogue:path", town=request.town.code)


@staff_only()
def deputies(request: StaffRequest) -> HttpResponse:
    """List who acts for whom, and name somebody."""
    staff = request.staff
    start = {"person": staff.person.pk, "since": today(), "until": today()}
    form = DeputyForm(
        request.POST or None,
        initial=start,
        away=people_away(staff),
        people=people_here(),
    )

    def act() -> object:
        told = form.cleaned_data
        return actions.name_deputy(
            told["person"].pk,
            deputy_id=told["deputy"].pk,
            since=told["since"],
            until=told["until"],
            actor=staff,
        )

    if request.method == "POST" and done(form, act):
        return redirect("catalogue:deputies", town=request.town.code)
    title = gettext_lazy("Who acts for whom")
    rows = deputies_shown_to(staff)
    return page(request, "commitments/deputies", form, title, rows=rows)


@staff_only()
@require_POST
def end_deputy(request: StaffRequest, deputy_id: int) -> HttpResponse:
    """Say that somebody is back."""
    actions.end_deputy(open_deputy(request.staff, deputy_id).pk, actor=request.staff)
    return redirect("catalogue:deputies", town=request.town.code)
