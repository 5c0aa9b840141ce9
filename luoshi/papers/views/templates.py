"""The administrator's page of Word templates and of the words before the numbers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.views.manage.base import done, page
from luoshi.papers import actions
from luoshi.papers.access import open_kind, template_in_use
from luoshi.papers.defaults import default_of
from luoshi.papers.fields import fields_of
from luoshi.papers.forms import NumbersForm, TemplateForm
from luoshi.papers.models import Kind
from luoshi.papers.numbering import words_of
from luoshi.papers.queries import template_lines
from luoshi.papers.views.word import word_file


@staff_only(ADMINISTRATOR)
def templates(request: StaffRequest) -> HttpResponse:
    """List the kinds with their templates, and change who issues them."""
    form = NumbersForm(request.POST or None, initial=words_of(request.town))
    if request.method == "POST" and done(
        form, lambda: actions.change_words(form.cleaned_data, actor=request.staff)
    ):
        messages.success(request, _("Changed. Papers made before keep their numbers."))
        return redirect("papers-manage:templates", town=request.town.code)
    title = gettext_lazy("Papers and numbers")
    return page(request, "papers/templates", form, title, lines=template_lines())


@staff_only(ADMINISTRATOR)
def template(request: StaffRequest, kind: str) -> HttpResponse:
    """Show which fields a kind has, and take a town's own Word file."""
    chosen = open_kind(kind)
    form = TemplateForm(request.POST or None, request.FILES or None, kind=chosen)

    def act() -> object:
        file = form.cleaned_data["file"]
        return actions.set_template(chosen, file, actor=request.staff)

    if request.method == "POST" and done(form, act):
        messages.success(request, _("Tried and kept. New papers are printed from it."))
        return redirect("papers-manage:templates", town=request.town.code)
    more: dict[str, Any] = {"fields": fields_of(chosen), "kind": chosen}
    return page(request, "papers/template", form, chosen.label, **more)


@staff_only(ADMINISTRATOR)
@require_safe
def template_file(request: StaffRequest, kind: str) -> HttpResponse:
    """Give the Word file that is in use, or with `?first` what came with Luoshi."""
    chosen = open_kind(kind)
    first = "first" in request.GET
    content = default_of(chosen) if first else template_in_use(chosen)
    return word_file(content, f"{Kind(chosen).label}.docx")


@staff_only(ADMINISTRATOR)
@require_POST
def retire(request: StaffRequest, kind: str) -> HttpResponse:
    """Print from what came with Luoshi again."""
    actions.retire_template(open_kind(kind), actor=request.staff)
    return redirect("papers-manage:templates", town=request.town.code)
