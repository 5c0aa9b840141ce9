"""Villages and their groups, offices, the calendar, the town itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from luoshi.core import actions, queries
from luoshi.core.access import staff_only
from luoshi.core.forms.manage import (
    DayForm,
    GroupsForm,
    OfficeForm,
    TownForm,
    VillageForm,
)
from luoshi.core.hooks import calendar_changed
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.views.manage.base import done, page


def _villages(
    request: StaffRequest, form: VillageForm, groups_form: GroupsForm
) -> HttpResponse:
    wrong = groups_form if groups_form.errors else form
    return page(
        request,
        "core/manage/villages",
        wrong,
        gettext_lazy("Villages"),
        village_form=form,
        groups_form=groups_form,
        rows=queries.village_rows(),
        merges=queries.village_merges(),
    )


@staff_only(ADMINISTRATOR)
def villages(request: StaffRequest) -> HttpResponse:
    """List the villages with their groups and people, and add one."""
    form = VillageForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.add_village(actor=request.staff, **form.cleaned_data)
    ):
        return redirect("manage:villages", town=request.town.code)
    return _villages(request, form, GroupsForm(villages=queries.villages()))


@staff_only(ADMINISTRATOR)
@require_POST
def add_groups(request: StaffRequest) -> HttpResponse:
    """Add groups to a village."""
    form = GroupsForm(request.POST, villages=queries.villages())
    if done(
        form,
        lambda: actions.add_groups(
            village_id=form.cleaned_data["village"].pk,
            names=form.cleaned_data["names"],
            actor=request.staff,
        ),
    ):
        return redirect("manage:villages", town=request.town.code)
    return _villages(request, VillageForm(), form)


@staff_only(ADMINISTRATOR)
def offices(request: StaffRequest) -> HttpResponse:
    """List the offices and add one."""
    form = OfficeForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.add_office(actor=request.staff, **form.cleaned_data)
    ):
        return redirect("manage:offices", town=request.town.code)
    rows = [
        (office.name, f"{office.get_kind_display()} {office.phone}")
        for office in queries.offices()
    ]
    return page(request, "core/manage/list", form, gettext_lazy("Offices"), rows=rows)


@staff_only(ADMINISTRATOR)
def calendar(request: StaffRequest) -> HttpResponse:
    """List the town's own days and set one; due dates are counted anew."""
    form = DayForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: actions.set_day(actor=request.staff, **form.cleaned_data)
    ):
        moved = calendar_changed(request.town, request.staff)
        messages.info(request, _("%(count)d due dates moved later.") % {"count": moved})
        return redirect("manage:calendar", town=request.town.code)
    rows = [
        (
            day.day.isoformat(),
            f"{_('works') if day.is_workday else _('rests')} {day.reason}",
        )
        for day in queries.days()
    ]
    return page(request, "core/manage/list", form, gettext_lazy("Calendar"), rows=rows)


@staff_only(ADMINISTRATOR)
def settings(request: StaffRequest) -> HttpResponse:
    """Change what the town says of itself."""
    now = {name: getattr(request.town, name) for name in TownForm.base_fields}
    form = TownForm(request.POST or None, initial=now)
    if request.method == "POST" and done(
        form, lambda: actions.change_town(actor=request.staff, **form.cleaned_data)
    ):
        messages.info(request, _("Changed."))
        return redirect("manage:settings", town=request.town.code)
    return page(request, "core/manage/form", form, gettext_lazy("The town"))
