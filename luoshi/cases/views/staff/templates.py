"""Reply templates: the list with one more, change one, retire one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.cases import desk_queries
from luoshi.cases.access import open_template
from luoshi.cases.actions import (
    TemplateTold,
    add_reply_template,
    change_reply_template,
    retire_reply_template,
)
from luoshi.cases.forms.desk import ReplyTemplateForm
from luoshi.cases.rules import may_change_template, may_keep_template
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.views.manage.base import done


def _form(request: StaffRequest, **initial: object) -> ReplyTemplateForm:
    return ReplyTemplateForm(
        request.POST or None,
        initial=initial,
        offices=desk_queries.offices_of_templates(request.staff),
        everybody=may_keep_template(request.staff, None),
    )


def _back(request: HttpRequest) -> HttpResponse:
    return redirect("work:templates", town=request.town.code)  # type: ignore[attr-defined]


@staff_only()
def templates(request: StaffRequest) -> HttpResponse:
    """List the templates that this person uses, and take one more."""
    form = _form(request)
    if request.method == "POST" and done(
        form,
        lambda: add_reply_template(TemplateTold(**form.told()), actor=request.staff),
    ):
        messages.info(request, _("Added."))
        return _back(request)
    rows = [
        (one, may_change_template(request.staff, one))
        for one in desk_queries.templates_shown_to(request.staff)
    ]
    context = {"rows": rows, "form": form}
    status = 422 if form.errors else 200
    return render(request, "cases/staff/templates.html", context, status=status)


@staff_only()
def template(request: StaffRequest, template_id: int) -> HttpResponse:
    """Change one template."""
    kept = open_template(request.staff, template_id)
    form = _form(
        request, title=kept.title, text=kept.text, organisation=kept.organisation_id
    )
    if request.method == "POST" and done(
        form,
        lambda: change_reply_template(
            kept.pk, TemplateTold(**form.told()), actor=request.staff
        ),
    ):
        messages.info(request, _("Changed."))
        return _back(request)
    context = {"form": form, "kept": kept}
    status = 422 if form.errors else 200
    return render(request, "cases/staff/template.html", context, status=status)


@staff_only()
@require_POST
def retire_template(request: StaffRequest, template_id: int) -> HttpResponse:
    """Offer a template no more."""
    kept = open_template(request.staff, template_id)
    retire_reply_template(kept.pk, actor=request.staff)
    messages.info(request, _("Retired. Nobody is offered it any more."))
    return _back(request)
