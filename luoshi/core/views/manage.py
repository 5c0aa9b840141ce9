"""The administrator's pages: people and posts, villages, offices, calendar, town."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luoshi.core import actions, queries
from luoshi.core.access import staff_only
from luoshi.core.forms.manage import (
    DayForm,
    EmailForm,
    EndPostForm,
    OfficeForm,
    PostForm,
    RobotForm,
    TownForm,
    VillageForm,
)
from luoshi.core.hooks import calendar_changed, open_work
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR, role_labels


def _page(
    request: StaffRequest,
    template: str,
    form: forms.Form,
    title: Promise | str,
    **more: Any,
) -> HttpResponse:
    context = {"form": form, "title": title, **more}
    status = 422 if form.errors else 200
    return render(request, f"core/manage/{template}.html", context, status=status)


def _done(form: forms.Form, act: Callable[[], Any]) -> Any:
    """Act on a valid form; a refusal becomes the form's error."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
    except ValidationError as error:
        form.add_error(None, error)
    return None


@staff_only(ADMINISTRATOR)
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """List who holds which post."""
    labels = role_labels()
    rows = [
        (tenure, [labels.get(role, role) for role in tenure.post.roles])
        for tenure in queries.posts()
    ]
    given = request.session.pop("given", None)
    context = {"rows": rows, "given": given}
    return render(request, "core/manage/people.html", context)


@staff_only(ADMINISTRATOR)
def add_post(request: StaffRequest) -> HttpResponse:
    """Give a post to somebody."""
    form = PostForm(
        request.POST or None, people=queries.people(), offices=queries.offices()
    )

    def act() -> Any:
        told = dict(form.cleaned_data)
        person, office = told.pop("person"), told.pop("organisation")
        return actions.give_post(
            person_id=person.pk if person else None,
            organisation_id=office.pk,
            actor=request.staff,
            **told,
        )

    given = _done(form, act) if request.method == "POST" else None
    if given is None:
        return _page(request, "form", form, gettext_lazy("Give a post"))
    if given.password:
        request.session["given"] = [given.username, given.password]
    return redirect("manage:people", town=request.town.code)


@staff_only(ADMINISTRATOR)
def end_post(request: StaffRequest, tenure_id: int) -> HttpResponse:
    """End a post; open work goes to somebody else."""
    tenure = queries.post_held(tenure_id)
    if tenure is None:
        raise Http404
    form = EndPostForm(
        request.POST or None, people=queries.people().exclude(pk=tenure.person_id)
    )

    def act() -> Any:
        taker = form.cleaned_data["successor"]
        return actions.end_post(
            tenure_id, actor=request.staff, successor_id=taker.pk if taker else None
        )

    if request.method == "POST" and _done(form, act):
        return redirect("manage:people", town=request.town.code)
    say = _("%(name)s, %(post)s. Open matters: %(count)d.") % {
        "name": tenure.person.name,
        "post": tenure.post.title,
        "count": open_work(tenure.person),
    }
    return _page(request, "form", form, gettext_lazy("End the post"), say=say)


@staff_only(ADMINISTRATOR)
@require_POST
def reset_password(request: StaffRequest, user_id: int) -> HttpResponse:
    """Give somebody a first password, shown once."""
    user = queries.account_of(user_id, request.town.pk)
    if user is None:
        raise Http404
    password = actions.reset_password(user.pk, actor=request.staff)
    request.session["given"] = [user.username, password]
    return redirect("manage:people", town=request.town.code)


@staff_only(ADMINISTRATOR)
@require_POST
def reset_factor(request: StaffRequest, user_id: int) -> HttpResponse:
    """Forget somebody's lost phone."""
    user = queries.account_of(user_id, request.town.pk)
    if user is None:
        raise Http404
    actions.reset_second_factor(user.pk, actor=request.staff)
    messages.info(request, _("At the next sign-in a new phone is set up."))
    return redirect("manage:people", town=request.town.code)


@staff_only(ADMINISTRATOR)
def villages(request: StaffRequest) -> HttpResponse:
    """List the villages and add one."""
    form = VillageForm(request.POST or None)
    if request.method == "POST" and _done(
        form, lambda: actions.add_village(actor=request.staff, **form.cleaned_data)
    ):
        return redirect("manage:villages", town=request.town.code)
    rows = [(village.name, "") for village in queries.villages()]
    return _page(request, "list", form, gettext_lazy("Villages"), rows=rows)


@staff_only(ADMINISTRATOR)
def offices(request: StaffRequest) -> HttpResponse:
    """List the offices and add one."""
    form = OfficeForm(request.POST or None)
    if request.method == "POST" and _done(
        form, lambda: actions.add_office(actor=request.staff, **form.cleaned_data)
    ):
        return redirect("manage:offices", town=request.town.code)
    rows = [
        (office.name, f"{office.get_kind_display()} {office.phone}")
        for office in queries.offices()
    ]
    return _page(request, "list", form, gettext_lazy("Offices"), rows=rows)


@staff_only(ADMINISTRATOR)
def calendar(request: StaffRequest) -> HttpResponse:
    """List the town's own days and set one; due dates are counted anew."""
    form = DayForm(request.POST or None)
    if request.method == "POST" and _done(
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
    return _page(request, "list", form, gettext_lazy("Calendar"), rows=rows)


@staff_only(ADMINISTRATOR)
def settings(request: StaffRequest) -> HttpResponse:
    """Change what the town says of itself."""
    now = {name: getattr(request.town, name) for name in TownForm.base_fields}
    form = TownForm(request.POST or None, initial=now)
    if request.method == "POST" and _done(
        form, lambda: actions.change_town(actor=request.staff, **form.cleaned_data)
    ):
        messages.info(request, _("Changed."))
        return redirect("manage:settings", town=request.town.code)
    return _page(request, "form", form, gettext_lazy("The town"))


@staff_only(ADMINISTRATOR)
def robot(request: StaffRequest) -> HttpResponse:
    """Ask for the group robot's address; the one that is set is never shown."""
    form = RobotForm(request.POST or None)
    if request.method == "POST" and _done(
        form, lambda: actions.set_robot(actor=request.staff, **form.cleaned_data)
    ):
        messages.info(request, _("Changed."))
        return redirect("manage:robot", town=request.town.code)
    say = (
        _("A robot is set. A new address takes its place.")
        if request.town.robot
        else _(
            "A robot in 企业微信 or 钉钉 tells your group that there is news: "
            "number and name only. As its keyword take the town's name."
        )
    )
    return _page(request, "form", form, gettext_lazy("Group robot"), say=say)


@staff_only()
def email(request: StaffRequest) -> HttpResponse:
    """Ask where one's own notices are mailed to."""
    form = EmailForm(request.POST or None)
    if request.method == "POST" and _done(
        form, lambda: actions.set_own_email(actor=request.staff, **form.cleaned_data)
    ):
        messages.info(request, _("Changed."))
        return redirect("work:today", town=request.town.code)
    return _page(request, "own_mail", form, gettext_lazy("Notices by e-mail"))
