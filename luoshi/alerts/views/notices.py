"""What is said to many: written, let go, and in the four forms in which it leaves."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.alerts import actions, notice_queries, queries, rules, wording
from luoshi.alerts.access import open_notice, open_public_notice
from luoshi.alerts.forms import NoticeForm, RuleForm, start_of
from luoshi.alerts.models import GroupNotice
from luoshi.core.access import open_to_all, staff_only
from luoshi.core.actors import Staff
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest, TownRequest
from luoshi.core.roles import ADMINISTRATOR, LEADER
from luoshi.core.views.manage.base import done
from luoshi.ui.qr import qr_svg


def _any(staff: Staff, notice: GroupNotice) -> bool:
    return True


def _link(request: TownRequest | StaffRequest, notice: GroupNotice) -> str:
    """Return the address at which everybody reads it."""
    path = reverse(
        "heard:notice", kwargs={"town": request.town.code, "notice_id": notice.pk}
    )
    return request.build_absolute_uri(path)


@open_to_all
@require_safe
def public(request: TownRequest, notice_id: int) -> HttpResponse:
    """Show everybody what the town says."""
    notice = open_public_notice(request.town, notice_id)
    context = {"notice": notice, "over": notice_queries.is_over(notice)}
    return render(request, "alerts/public_notice.html", context)


@staff_only(*rules.ROLES, ADMINISTRATOR)
@require_safe
def notices(request: StaffRequest) -> HttpResponse:
    """List the notices; who may says when a leader's word is needed."""
    rule = rules.rule_of(request.town)
    may_choose = rules.may_choose_rule(request.staff)
    context = {
        "rows": notice_queries.notices_for(request.staff),
        "may_write": rules.may_write(request.staff),
        "rule_form": RuleForm(initial={"rule": rule}) if may_choose else None,
    }
    return render(request, "alerts/notices.html", context)


@staff_only(LEADER, ADMINISTRATOR)
@require_POST
def rule(request: StaffRequest) -> HttpResponse:
    """Say when a leader's word is needed."""
    form = RuleForm(request.POST)
    done(
        form,
        lambda: actions.choose_rule(form.cleaned_data["rule"], actor=request.staff),
    )
    return redirect("alerts:notices", town=request.town.code)


@staff_only(*rules.TOWN_ROLES)
def write(request: StaffRequest, notice_id: int = 0) -> HttpResponse:
    """Write a notice, or change one that was not released yet."""
    notice = (
        open_notice(request.staff, notice_id, to=_may_change) if notice_id else None
    )
    form = NoticeForm(
        request.POST or None,
        initial=start_of(notice),
        villages=rules.villages_of(request.staff),
        kinds=queries.kinds_for(request.staff),
    )
    if request.method == "POST":
        kept = done(form, lambda: _keep(form, notice, request.staff))
        if kept:
            return redirect("alerts:notice", town=request.town.code, notice_id=kept.pk)
    signed = wording.signed(request.town.name)
    text = form.data.get("text", "") if form.is_bound else form.initial.get("text", "")
    context = {
        "form": form,
        "notice": notice,
        "signed": signed,
        "length": wording.length_of(signed + wording.one_line(text)),
    }
    status = 422 if form.errors else 200
    return render(request, "alerts/write.html", context, status=status)


def _may_change(staff: Staff, notice: GroupNotice) -> bool:
    return rules.may_change(staff, notice)


def _keep(form: NoticeForm, notice: GroupNotice | None, actor: Staff) -> GroupNotice:
    if notice is None:
        return actions.write_notice(form.written(), actor=actor)
    version = form.cleaned_data["version"] or 0
    return actions.change_notice(
        notice.pk, form.written(), version=version, actor=actor
    )


@staff_only(*rules.ROLES)
@require_safe
def notice(request: StaffRequest, notice_id: int) -> HttpResponse:
    """Show a notice in its four forms, what is to be done, and who was not reached."""
    found = open_notice(request.staff, notice_id, to=_any)
    message = wording.for_message(found)
    released = found.released_at is not None
    context = {
        "notice": found,
        "message": message,
        "length": wording.length_of(message),
        "chat": wording.for_chat(found, _link(request, found)),
        "aloud": wording.for_loudspeaker(found),
        "link": _link(request, found),
        "may": notice_queries.may_now(request.staff, found),
        "reach": None if released else len(notice_queries.households_for(found)),
        "counts": notice_queries.counts_of(request.staff, found) if released else None,
        "unreached": (
            notice_queries.unreached_of(request.staff, found) if released else []
        ),
        "over": released and notice_queries.is_over(found),
    }
    return render(request, "alerts/notice.html", context)


@staff_only(*rules.ROLES)
@require_safe
def poster(request: StaffRequest, notice_id: int) -> HttpResponse:
    """Show the sheet to post, to be printed on A4; only what was released."""
    found = open_notice(request.staff, notice_id, to=_released)
    link = _link(request, found)
    context = {"notice": found, "link": link, "code": qr_svg(link)}
    return render(request, "alerts/poster.html", context)


def _released(staff: Staff, notice: GroupNotice) -> bool:
    return notice.released_at is not None


@staff_only(*rules.ROLES)
@require_POST
def step(request: StaffRequest, notice_id: int, name: str) -> HttpResponse:
    """Ask a leader, let it go, give it back or end it, just as it was read."""
    found = open_notice(request.staff, notice_id, to=_any)
    told = request.POST.get("version", "")
    version, actor = int(told) if told.isdigit() else 0, request.staff
    why = request.POST.get("why", "")
    steps: dict[str, Callable[[], GroupNotice]] = {
        "ask": lambda: actions.ask_leader(found.pk, version=version, actor=actor),
        "release": lambda: actions.release_notice(
            found.pk, version=version, actor=actor
        ),
        "return": lambda: actions.return_notice(
            found.pk, why=why, version=version, actor=actor
        ),
        "end": lambda: actions.end_notice(found.pk, actor=actor),
    }
    if name not in steps:
        raise Http404
    try:
        steps[name]()
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("alerts:notice", town=request.town.code, notice_id=found.pk)


@staff_only(*rules.ROLES)
@require_POST
def told(request: StaffRequest, notice_id: int, line_id: int) -> HttpResponse:
    """Write down that a household heard of it another way."""
    found = open_notice(request.staff, notice_id, to=_released)
    try:
        actions.told_otherwise(line_id, actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Written down."))
    return redirect("alerts:notice", town=request.town.code, notice_id=found.pk)
