"""The list of what each leader leads in person: for everybody, and to keep."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from luoshi.core.access import open_to_all, staff_only
from luoshi.core.clock import today
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest, TownRequest
from luoshi.core.roles import ADMINISTRATOR, LEADER
from luoshi.pledges import led_queries, rules
from luoshi.pledges.actions import put_on_list, show_names, take_off_list
from luoshi.pledges.forms import LedForm


@open_to_all
@require_safe
def public(request: TownRequest) -> HttpResponse:
    """Show everybody one year's list."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else today().year
    page = led_queries.led_page(request.town, year)
    return render(request, "pledges/public_led.html", {"page": page})


@staff_only()
def led(request: StaffRequest) -> HttpResponse:
    """Show this year's list to staff; who keeps it adds to it."""
    may_keep = rules.may_keep_list(request.staff)
    typed = request.POST or None if may_keep else None
    form = LedForm(typed, leaders=led_queries.leaders())
    if request.method == "POST" and may_keep and form.is_valid():
        try:
            put_on_list(form.wanted(), actor=request.staff)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("pledges:led", town=request.town.code)
    context = {
        "page": led_queries.led_page(request.town, today().year),
        "numbers": led_queries.numbers_seen(request.staff),
        "form": form if may_keep else None,
        "may_choose_names": rules.may_choose_names(request.staff),
    }
    status = 422 if form.errors else 200
    return render(request, "pledges/led.html", context, status=status)


@staff_only(LEADER, ADMINISTRATOR)
@require_POST
def remove(request: StaffRequest, led_id: int) -> HttpResponse:
    """Take a matter off the list, with the reason."""
    led_queries.open_led(request.staff, led_id)
    try:
        take_off_list(led_id, why=request.POST.get("why", ""), actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("pledges:led", town=request.town.code)


@staff_only(ADMINISTRATOR)
@require_POST
def names(request: StaffRequest) -> HttpResponse:
    """Show or hide the leaders' names on the public list."""
    show_names(shown="shown" in request.POST, actor=request.staff)
    return redirect("pledges:led", town=request.town.code)
