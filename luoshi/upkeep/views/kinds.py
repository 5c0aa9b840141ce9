"""The kinds of facilities and when each is looked at, for the administrator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from luoshi.core.access import staff_only
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.views.manage.base import done
from luoshi.upkeep import actions, queries
from luoshi.upkeep.access import open_kind, open_rule
from luoshi.upkeep.forms.kinds import KindForm, RuleForm


@staff_only(ADMINISTRATOR)
@require_safe
def kinds(request: StaffRequest) -> HttpResponse:
    """List the kinds with their rounds."""
    context = {"kinds": queries.kinds_with_rules(), "usual": queries.usual_not_here()}
    return render(request, "upkeep/kinds.html", context)


@staff_only(ADMINISTRATOR)
@require_POST
def usual(request: StaffRequest) -> HttpResponse:
    """Begin with the usual kinds."""
    try:
        actions.take_usual_kinds(actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Look through them: each can be changed."))
    return redirect("upkeep-manage:kinds", town=request.town.code)


@staff_only(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """Add a kind of the town's own."""
    form = KindForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and done(
        form, lambda: actions.add_kind(form.told(), actor=request.staff)
    ):
        return redirect("upkeep-manage:kinds", town=request.town.code)
    status = 422 if form.errors else 200
    return render(request, "upkeep/kind.html", {"form": form}, status=status)


@staff_only(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: StaffRequest, kind_id: int) -> HttpResponse:
    """Change a kind; its rounds stand below."""
    found = open_kind(request.staff, kind_id)
    posted = request.POST if request.method == "POST" else None
    form = KindForm(posted, kind=found)
    if posted is not None and done(
        form,
        lambda: actions.change_kind(found.pk, form.told(), actor=request.staff),
    ):
        return redirect("upkeep-manage:kinds", town=request.town.code)
    context = {
        "form": form,
        "kind": found,
        "rules": queries.rules_of(found),
        "rule_form": RuleForm(auto_id="rule_%s"),
    }
    status = 422 if form.errors else 200
    return render(request, "upkeep/kind.html", context, status=status)


@staff_only(ADMINISTRATOR)
@require_POST
def add_rule(request: StaffRequest, kind_id: int) -> HttpResponse:
    """Let it be looked at by one more rule."""
    found = open_kind(request.staff, kind_id)
    form = RuleForm(request.POST, auto_id="rule_%s")
    if done(form, lambda: actions.add_rule(found.pk, form.told(), actor=request.staff)):
        return redirect("upkeep-manage:kind", town=request.town.code, kind_id=found.pk)
    context = {
        "form": KindForm(kind=found),
        "kind": found,
        "rules": queries.rules_of(found),
        "rule_form": form,
    }
    return render(request, "upkeep/kind.html", context, status=422)


@staff_only(ADMINISTRATOR)
@require_POST
def end_rule(request: StaffRequest, rule_id: int) -> HttpResponse:
    """End a rule; what was done by it stays."""
    found = open_rule(request.staff, rule_id)
    actions.end_rule(found.pk, actor=request.staff)
    return redirect("upkeep-manage:kind", town=request.town.code, kind_id=found.kind_id)
