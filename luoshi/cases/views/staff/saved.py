"""A person's own views of the inbox: saved, renamed, put in order, removed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.cases import desk_queries
from luoshi.cases.actions import move_view, remove_view, rename_view, save_view
from luoshi.cases.forms.desk import ViewNameForm
from luoshi.cases.forms.filters import filled_filter
from luoshi.cases.views.staff.filter_bar import left_out_of, query_of
from luoshi.core.access import staff_only
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest


def _show(request: StaffRequest, status: int = 200, **more: Any) -> HttpResponse:
    context = {"views": desk_queries.own_views(request.staff), **more}
    return render(request, "cases/staff/views.html", context, status=status)


@staff_only()
@require_safe
def views(request: StaffRequest) -> HttpResponse:
    """List a person's views."""
    return _show(request)


@staff_only()
@require_POST
def save(request: StaffRequest) -> HttpResponse:
    """Keep the view of the inbox that is open, under a name."""
    told = QueryDict(request.POST.get("query", ""))
    filters, view = filled_filter(told), told.get("view", "open")
    try:
        gone = left_out_of(filters, view)
        if gone:
            raise Refusal("cases.view_filter_gone", names=_(", ").join(gone))
        query = query_of(filters, view)
        name = request.POST.get("name", "")
        save_view(name=name, query=query, actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The view is saved. It stands above the list."))
    inbox = reverse("work:inbox", kwargs={"town": request.town.code})
    return redirect(f"{inbox}?{told.urlencode()}")


@staff_only()
@require_POST
def rename(request: StaffRequest, view_id: int) -> HttpResponse:
    """Call a view something else."""
    view = desk_queries.own_view(request.staff, view_id)
    form = ViewNameForm(request.POST)
    form.is_valid()
    try:
        name = form.cleaned_data.get("name", "")
        rename_view(view.pk, name=name, actor=request.staff)
    except Refusal as refusal:
        return _show(request, 409, refused=refusal.sentence, wrong=view.pk)
    messages.info(request, _("Changed."))
    return redirect("work:views", town=request.town.code)


@staff_only()
@require_POST
def move(request: StaffRequest, view_id: int) -> HttpResponse:
    """Put a view one place up or down."""
    view = desk_queries.own_view(request.staff, view_id)
    move_view(view.pk, down="down" in request.POST, actor=request.staff)
    return redirect("work:views", town=request.town.code)


@staff_only()
@require_POST
def remove(request: StaffRequest, view_id: int) -> HttpResponse:
    """Forget a view."""
    view = desk_queries.own_view(request.staff, view_id)
    remove_view(view.pk, actor=request.staff)
    messages.info(request, _("Removed. The matters in it stay where they are."))
    return redirect("work:views", town=request.town.code)
