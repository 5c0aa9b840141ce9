"""A matter's papers: made, printed, cancelled, and the answer let be seen."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.cases import actions, on_paper
from luoshi.cases.access import open_case
from luoshi.cases.forms.on_paper import PaperForm
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.views.manage.base import done
from luoshi.papers import rules
from luoshi.papers.access import content_of_template, open_kind, open_paper
from luoshi.papers.actions import cancel_paper
from luoshi.papers.drawing import FieldsOnly, draw
from luoshi.papers.fields import ADDRESSEE, BY_HAND, names_of, words_in
from luoshi.papers.fields import NUMBER as NUMBER_FIELD
from luoshi.papers.forms import CancelForm
from luoshi.papers.models import Paper
from luoshi.papers.queries import scans_of
from luoshi.papers.views.word import word_file


@staff_only()
def new(request: StaffRequest, number: str, kind: str) -> HttpResponse:
    """Ask for the words where they are not known, and make the paper."""
    chosen = open_kind(kind)
    case = open_case(
        request.staff,
        number,
        to=lambda staff, case: rules.may_make(staff, case.commitment, chosen),
    )
    people = on_paper.whom_to_answer(case.commitment)
    words = on_paper.words_to_begin(case, chosen)
    start = {"words": words, "form_token": secrets.token_urlsafe(16)}
    form = PaperForm(request.POST or None, initial=start, kind=chosen, people=people)

    def act() -> Paper:
        told = form.cleaned_data
        return actions.make_paper(
            case.pk,
            kind=chosen,
            words=told["words"],
            addressee_id=told.get("addressee"),
            form_token=told["form_token"],
            actor=request.staff,
        )

    if request.method == "POST" and (paper := done(form, act)):
        return redirect("work:document", town=request.town.code, paper_id=paper.pk)
    context = {"case": case, "kind": chosen, "form": form}
    status = 422 if form.errors else 200
    return render(request, "cases/staff/on_paper/new.html", context, status=status)


def _page(request: StaffRequest, paper: Paper, **more: Any) -> HttpResponse:
    staff = request.staff
    context = {
        "paper": paper,
        "commitment": paper.commitment,
        "case": on_paper.case_of(staff, paper),
        "words": words_in(paper.content),
        "scans": [
            (one, rules.may_take_out(staff, one.scan)) for one in scans_of(paper)
        ],
        "may_name": on_paper.may_print_name(staff, paper),
        "may_cancel": rules.may_cancel(staff, paper),
        "may_release": rules.may_release(staff, paper),
        "form": CancelForm(),
        **more,
    }
    status = 422 if context["form"].errors else 200
    return render(request, "cases/staff/on_paper/document.html", context, status=status)


@staff_only()
def document(request: StaffRequest, paper_id: int) -> HttpResponse:
    """Show one paper: what to do with it, and what came back."""
    return _page(request, open_paper(request.staff, paper_id))


@staff_only()
def word(request: StaffRequest, paper_id: int) -> HttpResponse:
    """Give the Word file; with the name only when asked for, and written down."""
    named = request.method == "POST"
    paper = open_paper(
        request.staff, paper_id, to=on_paper.may_print_name if named else _may_print
    )
    name = actions.name_for_print(paper.pk, actor=request.staff) if named else ""
    stands = paper.fields | {NUMBER_FIELD: paper.number, ADDRESSEE: name or BY_HAND}
    known = names_of(paper.kind)
    link = request.build_absolute_uri(reverse("printed:paper", args=[paper.code]))
    content = draw(
        content_of_template(paper.template, paper.kind),
        {field: text for field, text in stands.items() if field in known},
        link=link,
        fields=FieldsOnly(known),
    )
    return word_file(content, f"{paper.number}.docx")


def _may_print(staff: Any, paper: Paper) -> bool:
    return paper.may_be_printed


@staff_only()
@require_POST
def cancel(request: StaffRequest, paper_id: int) -> HttpResponse:
    """Say that a paper does not hold; its number stays."""
    paper = open_paper(request.staff, paper_id, to=rules.may_cancel)
    form = CancelForm(request.POST)

    def act() -> Paper:
        reason = form.cleaned_data["reason"]
        return cancel_paper(paper.pk, reason=reason, actor=request.staff)

    if not done(form, act):
        return _page(request, paper, form=form)
    messages.success(request, _("Cancelled. The number is not given again."))
    return redirect("work:document", town=request.town.code, paper_id=paper.pk)


@staff_only()
@require_POST
def release(request: StaffRequest, paper_id: int) -> HttpResponse:
    """Let whom the answer is for see its scan."""
    paper = open_paper(request.staff, paper_id, to=rules.may_release)
    actions.release_answer(paper.pk, actor=request.staff)
    messages.success(request, _("Whom it answers can see it now with their code."))
    return redirect("work:document", town=request.town.code, paper_id=paper.pk)
