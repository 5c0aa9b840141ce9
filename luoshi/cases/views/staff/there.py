"""Where else a case lives: its number in another system."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.cases import rules
from luoshi.cases.access import open_case, open_order
from luoshi.cases.actions.there import name_there, take_off_there
from luoshi.cases.forms.there import ThereForm
from luoshi.cases.orders.reply import orders_under
from luoshi.cases.orders.systems import systems_of
from luoshi.core.access import staff_only
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest


@staff_only()
def there(request: StaffRequest, number: str) -> HttpResponse:
    """Name the system and the number; where the number is here already, lead there."""
    case = open_case(request.staff, number, to=rules.may_name_there)
    form = ThereForm(request.POST or None, systems=systems_of(request.town))
    form.ask_for_it()
    other = None
    if request.method == "POST" and form.is_valid():
        try:
            name_there(case.pk, form.there(), actor=request.staff)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            other = getattr(refusal, "case", None)
        else:
            messages.success(request, _("Kept."))
            return redirect("work:case", town=request.town.code, number=number)
    context = {
        "form": form,
        "case": case,
        "there": other,
        "orders": orders_under(case.commitment),
    }
    status = 422 if form.errors else 200
    return render(request, "cases/staff/there.html", context, status=status)


@staff_only()
@require_POST
def take_off(request: StaffRequest, number: str, order_id: int) -> HttpResponse:
    """Take back a number that was named by mistake."""
    case = open_case(request.staff, number, to=rules.may_name_there)
    order = open_order(case, order_id)
    try:
        take_off_there(order.pk, actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Taken off."))
    return redirect("work:case", town=request.town.code, number=number)
