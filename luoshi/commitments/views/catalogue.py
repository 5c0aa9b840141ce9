"""The administrator's pages of categories and duties; every staff may read duties."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luoshi.commitments import actions
from luoshi.commitments.duty_sheet import DutyRow, read_duties
from luoshi.commitments.forms.catalogue import CategoryForm
from luoshi.commitments.forms.rules import RulesForm
from luoshi.commitments.hooks import told_about_categories
from luoshi.commitments.models import Category
from luoshi.commitments.queries.duties import (
    all_categories,
    all_duties,
    category_of,
    find_duties,
)
from luoshi.commitments.terms import rules_asked
from luoshi.core.access import staff_only
from luoshi.core.actions import Brought
from luoshi.core.actors import Staff
from luoshi.core.queries import offices
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.views.manage import bring
from luoshi.core.views.manage.base import done, page

START = {
    "term_amount": 7,
    "term_unit": "workdays",
    "urgent_amount": 24,
    "urgent_unit": "hours",
}


def _form(request: StaffRequest, start: dict[str, Any]) -> CategoryForm:
    return CategoryForm(
        request.POST or None, initial=start, offices=offices(), duties=all_duties()
    )


def _told(form: CategoryForm) -> actions.CategoryTold:
    return actions.CategoryTold(**form.cleaned_data)


def _opened(category_id: int) -> Category:
    category = category_of(category_id)
    if category is None:
        raise Http404
    return category


@staff_only(ADMINISTRATOR)
def categories(request: StaffRequest) -> HttpResponse:
    """List the categories and add one."""
    form = _form(request, START)
    if request.method == "POST" and done(
        form, lambda: actions.add_category(_told(form), actor=request.staff)
    ):
        return redirect("catalogue:categories", town=request.town.code)
    title = gettext_lazy("Categories")
    more = {"rows": all_categories(), "about": told_about_categories(request.town)}
    return page(request, "commitments/categories", form, title, **more)


@staff_only(ADMINISTRATOR)
def category(request: StaffRequest, category_id: int) -> HttpResponse:
    """Change a category; promises that run keep their due dates."""
    chosen = _opened(category_id)
    start = {name: getattr(chosen, name) for name in CategoryForm.base_fields}
    start["runs_on"] = "on" if chosen.runs_on else ""
    form = _form(request, start)
    if request.method == "POST" and done(
        form,
        lambda: actions.change_category(category_id, _told(form), actor=request.staff),
    ):
        messages.info(
            request, _("Changed. Promises given before keep their due dates.")
        )
        return redirect("catalogue:categories", town=request.town.code)
    return page(request, "commitments/category", form, chosen.name, category=chosen)


@staff_only(ADMINISTRATOR)
def rules(request: StaffRequest) -> HttpResponse:
    """Change when the daily mail goes out, and how much is looked at again."""
    form = RulesForm(request.POST or None, initial=rules_asked(request.town))
    if request.method == "POST" and done(
        form, lambda: actions.change_rules(**form.told(), actor=request.staff)
    ):
        messages.info(request, _("Changed. What was drawn before stays drawn."))
        return redirect("catalogue:rules", town=request.town.code)
    return page(request, "core/manage/form", form, gettext_lazy("Mail and samples"))


@staff_only(ADMINISTRATOR)
@require_POST
def switch_off(request: StaffRequest, category_id: int) -> HttpResponse:
    """Offer a category no more."""
    actions.switch_category_off(_opened(category_id).pk, actor=request.staff)
    return redirect("catalogue:categories", town=request.town.code)


@staff_only(ADMINISTRATOR)
@require_POST
def switch_on(request: StaffRequest, category_id: int) -> HttpResponse:
    """Offer a category again."""
    actions.switch_category_on(_opened(category_id).pk, actor=request.staff)
    return redirect("catalogue:categories", town=request.town.code)


@staff_only()
@require_safe
def duties(request: StaffRequest) -> HttpResponse:
    """List the duties, or those that have the words asked for."""
    words = request.GET.get("q", "").strip()
    context = {
        "words": words,
        "rows": find_duties(words),
        "may_change": request.staff.has(ADMINISTRATOR),
    }
    return render(request, "commitments/duties.html", context)


@staff_only(ADMINISTRATOR)
@require_POST
def remove_duty(request: StaffRequest, duty_id: int) -> HttpResponse:
    """Take a line off the list."""
    if not all_duties().filter(pk=duty_id).exists():
        raise Http404
    actions.remove_duty(duty_id, actor=request.staff)
    return redirect("catalogue:duties", town=request.town.code)


def _bring(rows: list[DutyRow], staff: Staff) -> Brought:
    return actions.bring_duties(rows, actor=staff)


def _cells(row: DutyRow) -> list[str]:
    return [
        row.title,
        row.tier_shown,
        row.lead_body,
        row.lead_phone,
        "、".join(row.keywords),
        row.source,
    ]


DUTIES = bring.Bringing(
    name="catalogue:bring",
    back="catalogue:duties",
    title=gettext_lazy("Bring in the list of duties"),
    say=gettext_lazy(
        "A table with one duty a row: its title, its kind (基本, 配合 or 上级收回) and "
        "the county's department. A title that is there already is brought up to date; "
        "what the table does not name stays."
    ),
    labels={
        "title": gettext_lazy("Duty"),
        "tier": gettext_lazy("Kind"),
        "lead_body": gettext_lazy("County department"),
        "lead_phone": gettext_lazy("Telephone"),
        "keywords": gettext_lazy("Words to find it by"),
        "source": gettext_lazy("Source"),
    },
    read=read_duties,
    bring=_bring,
    cells=_cells,
    # Column names in the town's own language: that is what is looked for.
    example=[
        ["事项", "类型", "主管部门", "电话", "关键词", "依据"],
        ["村内道路日常管护", "基本", "", "", "路面、坑", ""],
        ["农村饮水安全", "配合", "县水利局", "", "自来水、水井", ""],
        ["燃气经营企业安全检查", "上级收回", "县住房和城乡建设局", "", "燃气", ""],
    ],
)


@staff_only(ADMINISTRATOR)
def bring_duties(request: StaffRequest) -> HttpResponse:
    """Take the table."""
    return bring.ask(request, DUTIES)


@staff_only(ADMINISTRATOR)
def bring_look(request: StaffRequest, job: str) -> HttpResponse:
    """Look at the table, and bring it in."""
    return bring.look(request, DUTIES, job)


@staff_only(ADMINISTRATOR)
@require_safe
def bring_example(request: StaffRequest) -> HttpResponse:
    """Give a table to fill in."""
    return bring.example(DUTIES)
