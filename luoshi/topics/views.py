"""The list of topics, one topic, and what people arrange of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import DISPATCHER, LEADER
from luoshi.core.slots import parts_for
from luoshi.core.views.manage.base import done
from luoshi.topics import actions, queries, rules
from luoshi.topics.access import open_topic
from luoshi.topics.forms import ActForm, IntoForm, NameForm, PutInForm
from luoshi.topics.models import Topic

VIEWS = {
    "hot": gettext_lazy("What many say now"),
    "rising": gettext_lazy("More than in other years"),
    "acted": gettext_lazy("Being done before the next complaint"),
}


@staff_only(*rules.SEE)
@require_safe
def topics(request: StaffRequest) -> HttpResponse:
    """Show what several people say, the hottest first."""
    view = request.GET.get("view", "hot")
    view = view if view in VIEWS else "hot"
    rows, more = queries.topics_page(request.staff, view, request.GET.get("after", ""))
    counts = queries.how_many(request.staff)
    context = {
        "view": view,
        "tabs": [(name, words, counts[name]) for name, words in VIEWS.items()],
        "rows": rows,
        "more": more,
        "last": queries.last_run(),
    }
    return render(request, "topics/topics.html", context)


def _page(request: StaffRequest, found: Topic, **filled: forms.Form) -> HttpResponse:
    """Show a topic with the forms that this person may fill in."""
    page = queries.page_of(request.staff, found)
    context: dict[str, Any] = {
        "page": page,
        "topic": found,
        "may_arrange": rules.may_arrange(request.staff),
        "may_act": rules.may_act(request.staff),
        "name_form": NameForm(initial={"name": found.name}),
        "into_form": IntoForm(staff=request.staff, topic=found, auto_id="into_%s"),
        "put_in_form": PutInForm(auto_id="put_in_%s"),
        "more_parts": parts_for("topic", request.staff, found),
    } | filled
    status = 422 if any(form.errors for form in filled.values()) else 200
    return render(request, "topics/topic.html", context, status=status)


def _shown(request: StaffRequest, found: Topic) -> HttpResponse:
    return redirect("topics:topic", town=request.town.code, topic=found.number)


@staff_only(*rules.SEE)
@require_safe
def topic(request: StaffRequest, topic: int) -> HttpResponse:
    """Show one topic; an old number leads to the one into which it went."""
    found = open_topic(request.staff, topic, rules.may_see)
    return _page(request, found) if found.number == topic else _shown(request, found)


@staff_only(DISPATCHER)
@require_POST
def rename(request: StaffRequest, topic: int) -> HttpResponse:
    """Call it otherwise."""
    found = open_topic(request.staff, topic, rules.may_arrange)
    form = NameForm(request.POST)
    if done(
        form,
        lambda: actions.rename_topic(
            found.pk, **form.cleaned_data, actor=request.staff
        ),
    ):
        return _shown(request, found)
    return _page(request, found, name_form=form)


@staff_only(DISPATCHER)
@require_POST
def put_in(request: StaffRequest, topic: int) -> HttpResponse:
    """Add a matter by its number."""
    found = open_topic(request.staff, topic, rules.may_arrange)
    form = PutInForm(request.POST, auto_id="put_in_%s")
    if done(
        form,
        lambda: actions.put_in(found.pk, **form.cleaned_data, actor=request.staff),
    ):
        return _shown(request, found)
    return _page(request, found, put_in_form=form)


@staff_only(DISPATCHER)
@require_POST
def into(request: StaffRequest, topic: int) -> HttpResponse:
    """Let it go into another topic."""
    found = open_topic(request.staff, topic, rules.may_arrange)
    form = IntoForm(request.POST, staff=request.staff, topic=found, auto_id="into_%s")
    other = done(
        form,
        lambda: actions.merge_topics(
            found.pk, **form.cleaned_data, actor=request.staff
        ),
    )
    return _shown(request, other) if other else _page(request, found, into_form=form)


@staff_only(DISPATCHER)
@require_POST
def chosen(request: StaffRequest, topic: int) -> HttpResponse:
    """Make chosen matters a topic of their own, or take them out."""
    found = open_topic(request.staff, topic, rules.may_arrange)
    form = NameForm({"name": request.POST.get("name", "")})
    numbers = request.POST.getlist("chosen")
    ids = queries.cases_chosen(request.staff, found, numbers)
    if "take_out" in request.POST:
        shown = done(
            form,
            lambda: actions.take_out(found.pk, case_ids=ids, actor=request.staff),
        )
    else:
        shown = done(
            form,
            lambda: actions.split_topic(
                found.pk, case_ids=ids, **form.cleaned_data, actor=request.staff
            ),
        )
    if shown:
        return _shown(request, shown)
    for error in form.errors.values():
        messages.error(request, " ".join(map(str, error)))
    return _shown(request, found)


@staff_only(DISPATCHER, LEADER)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: StaffRequest, topic: int) -> HttpResponse:
    """Turn a topic into a commitment, before the next complaint."""
    found = open_topic(request.staff, topic, rules.may_act)
    posted = request.method == "POST"
    form = ActForm(request.POST if posted else None, initial={"title": str(found)})
    made = posted and done(
        form,
        lambda: actions.act_before(found.pk, form.wanted(), actor=request.staff),
    )
    if made:
        messages.success(request, _("It is taken on, and the office was told."))
        return redirect(
            "work:case", town=request.town.code, number=made.commitment.number
        )
    context = {"topic": found, "page": queries.page_of(request.staff, found)}
    status = 422 if form.errors else 200
    return render(request, "topics/act.html", context | {"form": form}, status=status)
