"""The list, the steps of setting one up, and the desk of one."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from luoshi.consultations import actions, answers, queries, rules, staff_queries
from luoshi.consultations.access import open_consultation, topic_named
from luoshi.consultations.forms.preparing import (
    AskedForm,
    DraftForm,
    OpenForm,
    WayForm,
)
from luoshi.consultations.forms.staff import LinkForm
from luoshi.consultations.models import Consultation
from luoshi.consultations.tracks import track_of
from luoshi.core.access import staff_only
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.views.manage.base import done
from luoshi.ui.qr import qr_svg

PAGE = ("GET", "HEAD", "POST")


def to_page(request: StaffRequest, name: str, found: Consultation) -> HttpResponse:
    """Go to a page of a consultation."""
    told = {"town": request.town.code, "number": found.number}
    return redirect(reverse(f"consultations:{name}", kwargs=told))


def tried(request: StaffRequest, act: Callable[[], Any], said: str) -> bool:
    """Act; say what came of it, or what was refused."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return False
    messages.success(request, said)
    return True


def _step(
    request: StaffRequest, form: forms.Form, step: int, found: Consultation | None
) -> HttpResponse:
    context = {"form": form, "step": step, "consultation": found}
    status = 422 if form.errors else 200
    return render(request, "consultations/prepare.html", context, status=status)


@staff_only(*rules.SEE)
@require_safe
def consultations(request: StaffRequest) -> HttpResponse:
    """List what was asked, is asked and is being prepared."""
    context = {
        "rows": staff_queries.consultations_for(request.staff),
        "may_prepare": rules.may_prepare(request.staff),
    }
    return render(request, "consultations/list.html", context)


@staff_only(*rules.PREPARE)
@require_http_methods(PAGE)
def new(request: StaffRequest) -> HttpResponse:
    """Begin to prepare one; from a topic its title is there."""
    topic = topic_named(request.staff, request.GET.get("topic", ""))
    start = {"title": str(topic)[:60]} if topic else {}
    form = AskedForm(request.POST or None, initial=start)
    made = request.method == "POST" and done(
        form,
        lambda: actions.prepare_consultation(
            form.asked(), topic=topic, actor=request.staff
        ),
    )
    return to_page(request, "draft", made) if made else _step(request, form, 1, None)


@staff_only(*rules.PREPARE)
@require_http_methods(PAGE)
def asked(request: StaffRequest, number: int) -> HttpResponse:
    """Change what is asked, and of whom."""
    found = open_consultation(request.staff, number, rules.may_change)
    start = {
        name: getattr(found, name)
        for name in ("title", "question", "affected", "office", "daily", "version")
    }
    start["villages"] = answers.villages_asked(found)
    form = AskedForm(request.POST or None, initial=start)
    changed = request.method == "POST" and done(
        form,
        lambda: actions.change_asked(
            found.pk,
            form.asked(),
            version=form.cleaned_data["version"] or 0,
            actor=request.staff,
        ),
    )
    return (
        to_page(request, "draft", found) if changed else _step(request, form, 1, found)
    )


@staff_only(*rules.PREPARE)
@require_http_methods(PAGE)
def draft(request: StaffRequest, number: int) -> HttpResponse:
    """Write the draft or the options."""
    found = open_consultation(request.staff, number, rules.may_change)
    options = "\n".join(one.text for one in queries.options_of(found))
    start = {"draft": found.draft, "options": options, "version": found.version}
    form = DraftForm(request.POST or None, initial=start)
    written = request.method == "POST" and done(
        form,
        lambda: actions.write_draft(
            found.pk,
            draft=form.cleaned_data["draft"],
            options=form.lines(),
            version=form.cleaned_data["version"] or 0,
            actor=request.staff,
        ),
    )
    return to_page(request, "way", found) if written else _step(request, form, 2, found)


@staff_only(*rules.PREPARE)
@require_http_methods(PAGE)
def way(request: StaffRequest, number: int) -> HttpResponse:
    """Choose the track, and from how many an answer is owed."""
    found = open_consultation(request.staff, number, rules.may_change)
    names = ("track", "threshold", "pull", "version")
    start = {name: getattr(found, name) for name in names}
    form = WayForm(request.POST or None, initial=start, town=request.town)
    chosen = request.method == "POST" and done(
        form,
        lambda: actions.choose_way(
            found.pk,
            form.way(),
            version=form.cleaned_data["version"] or 0,
            actor=request.staff,
        ),
    )
    return to_page(request, "one", found) if chosen else _step(request, form, 3, found)


def _desk(
    request: StaffRequest, found: Consultation, **filled: forms.Form
) -> HttpResponse:
    """Show all of one, with the forms that this person may fill in."""
    start = {"version": found.version}
    context: dict[str, Any] = {
        "consultation": found,
        "may": staff_queries.may_now(request.staff, found),
        "villages": answers.villages_asked(found),
        "options": queries.options_of(found),
        "track": track_of(request.town, found.track),
        "desk": staff_queries.desk_of(found),
        "people": answers.people_who_answered(found).count(),
        "ways": answers.by_channel(found),
        "links": staff_queries.links_of(found),
        "evaluations": staff_queries.evaluations_of(found),
        "story": staff_queries.story_of(found),
        "open_form": OpenForm(initial=start, auto_id="open_%s"),
        "link_form": LinkForm(auto_id="link_%s"),
    } | filled
    status = 422 if any(form.errors for form in filled.values()) else 200
    return render(request, "consultations/one.html", context, status=status)


@staff_only(*rules.SEE)
@require_safe
def one(request: StaffRequest, number: int) -> HttpResponse:
    """Show where it stands, and what comes next."""
    return _desk(request, open_consultation(request.staff, number, rules.may_see))


@staff_only(*rules.SEE)
@require_POST
def open_it(request: StaffRequest, number: int) -> HttpResponse:
    """Let people answer."""
    found = open_consultation(request.staff, number, rules.may_open)
    form = OpenForm(request.POST, auto_id="open_%s")
    opened = done(
        form,
        lambda: actions.open_for_answers(
            found.pk,
            until=form.cleaned_data["until"],
            shorter_why=form.cleaned_data["shorter_why"],
            version=form.cleaned_data["version"] or 0,
            actor=request.staff,
        ),
    )
    if not opened:
        return _desk(request, found, open_form=form)
    messages.success(request, _("People can answer now. Put the poster up."))
    return to_page(request, "one", found)


@staff_only(*rules.PREPARE)
@require_POST
def link(request: StaffRequest, number: int) -> HttpResponse:
    """Tie a matter to it."""
    found = open_consultation(request.staff, number, rules.may_link)
    form = LinkForm(request.POST, auto_id="link_%s")
    if done(
        form,
        lambda: actions.link_matter(found.pk, **form.cleaned_data, actor=request.staff),
    ):
        return to_page(request, "one", found)
    return _desk(request, found, link_form=form)


@staff_only(*rules.PREPARE)
@require_POST
def unlink(request: StaffRequest, number: int, link_id: int) -> HttpResponse:
    """Take back a tie that was made by mistake."""
    found = open_consultation(request.staff, number, rules.may_unlink)
    tried(
        request,
        lambda: actions.unlink_matter(link_id, actor=request.staff),
        _("It is tied to it no more."),
    )
    return to_page(request, "one", found)


@staff_only(*rules.PREPARE)
@require_POST
def again(request: StaffRequest, number: int) -> HttpResponse:
    """Prepare to ask the same people how it turned out."""
    found = open_consultation(request.staff, number, rules.may_ask_again)
    title = _("%(title)s: how did it turn out?") % {"title": found.title[:48]}
    made = actions.ask_again(found.pk, title=title, actor=request.staff)
    messages.success(request, _("Prepared for the same people. Look at the question."))
    return to_page(request, "asked", made)


@staff_only(*rules.SEE)
@require_safe
def poster(request: StaffRequest, number: int) -> HttpResponse:
    """Show the notice to print and put up."""
    found = open_consultation(request.staff, number, rules.may_see)
    link = request.build_absolute_uri(
        reverse("posted:poster", kwargs={"code": found.code})
    )
    context = {
        "consultation": found,
        "villages": answers.villages_asked(found),
        "link": link,
        "code": qr_svg(link),
    }
    return render(request, "consultations/poster.html", context)
