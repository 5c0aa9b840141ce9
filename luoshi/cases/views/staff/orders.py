"""Orders of other systems: the export, its columns, one order pasted."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.cases import rules
from luoshi.cases.access import open_case, open_order
from luoshi.cases.actions.main_systems import change_main_system, keep_columns
from luoshi.cases.actions.talk import note_sent_there
from luoshi.cases.forms.orders import (
    ColumnsForm,
    MainSystemForm,
    OrderForm,
    PasteForm,
    SystemSheetForm,
    system_as_told,
)
from luoshi.cases.importing.jobs import start_orders
from luoshi.cases.models import MainSystem
from luoshi.cases.orders.bring import bring_pasted
from luoshi.cases.orders.paste import fields_in
from luoshi.cases.orders.read import columns_found, preview_orders
from luoshi.cases.orders.reply import reply_for, reply_text
from luoshi.cases.orders.systems import FIRST, systems_of
from luoshi.commitments.terms import calendar_of
from luoshi.core.access import staff_only
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR, DISPATCHER
from luoshi.core.sheets import BadSheet, keep_sheet, sheet_of

PAGE = "cases/staff/orders/{}.html"
PASTED_WORDS = {
    "added": gettext_lazy("The order %(number)s was brought in."),
    "updated": gettext_lazy(
        "The order %(number)s is here already; what is new was added."
    ),
    "unchanged": gettext_lazy("The order %(number)s is here already; nothing is new."),
}


def _system(request: StaffRequest, code: str) -> MainSystem:
    """Return the town's system of an address, else 404."""
    found = [one for one in systems_of(request.town) if one.code == code]
    if not found:
        raise Http404
    return found[0]


@staff_only(ADMINISTRATOR, DISPATCHER)
def orders(request: StaffRequest) -> HttpResponse:
    """Take an export and go on to look at it; lead to the other ways."""
    return _asked(request)


def _asked(request: StaffRequest, fault: str = "") -> HttpResponse:
    systems = systems_of(request.town)
    sent = request.method == "POST" and not fault
    form = SystemSheetForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        systems=systems,
        initial={"system": FIRST},
    )
    if sent and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        job = keep_sheet(request.town, sheet.name, sheet.chunks())
        code = form.cleaned_data["system"]
        return redirect("work:orders-look", town=request.town.code, job=job, code=code)
    context = {"form": form, "fault": fault, "systems": systems}
    status = 422 if fault or form.errors else 200
    return render(request, PAGE.format("bring"), context, status=status)


@staff_only(ADMINISTRATOR, DISPATCHER)
def look(request: StaffRequest, job: str, code: str) -> HttpResponse:
    """Show what is in an export; keep corrected columns; begin when asked to."""
    path, system = sheet_of(request.town, job), _system(request, code)
    if path is None:
        raise Http404
    try:
        header, found = columns_found(path, system)
    except BadSheet as error:
        return _asked(request, str(error))
    columns = ColumnsForm(
        request.POST if "columns" in request.POST else None, header=header, found=found
    )
    if columns.is_valid():
        keep_columns(code, columns=columns.cleaned_data, actor=request.staff)
        return redirect(request.path)
    try:
        preview, fault = preview_orders(path, system), ""
    except BadSheet as error:
        preview, fault = None, str(error)
    if preview and request.method == "POST":
        start_orders(request.town, job, code, person=request.staff.person)
        return redirect("work:import-progress", town=request.town.code, job=job)
    context = {"columns": columns, "found": preview, "fault": fault, "system": system}
    status = 422 if fault else 200
    return render(request, PAGE.format("look"), context, status=status)


@staff_only(ADMINISTRATOR, DISPATCHER)
def paste(request: StaffRequest) -> HttpResponse:
    """Take an order's text, show what was found in it, and bring it in."""
    systems = systems_of(request.town)
    if request.method == "POST" and "number" in request.POST:
        return _bring_pasted(request)
    form = PasteForm(request.POST or None, systems=systems, initial={"system": FIRST})
    if request.method == "POST" and form.is_valid():
        system = _system(request, form.cleaned_data["system"])
        told = fields_in(form.cleaned_data["pasted"], system)
        calendar = calendar_of(request.town)
        context = {"form": OrderForm(initial=told, calendar=calendar), "system": system}
        return render(request, PAGE.format("found"), context)
    status = 422 if form.errors else 200
    return render(request, PAGE.format("paste"), {"form": form}, status=status)


def _bring_pasted(request: StaffRequest) -> HttpResponse:
    system = _system(request, request.POST.get("system", ""))
    form = OrderForm(request.POST, calendar=calendar_of(request.town))
    if form.is_valid():
        try:
            order, what = bring_pasted(system.code, form.row, actor=request.staff)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, PASTED_WORDS[what] % {"number": order.number})
            number = order.case.number
            return redirect("work:case", town=request.town.code, number=number)
    context = {"form": form, "system": system}
    return render(request, PAGE.format("found"), context, status=422)


@staff_only(ADMINISTRATOR, DISPATCHER)
def system(request: StaffRequest, code: str) -> HttpResponse:
    """Change what the town knows of a main system."""
    kept = _system(request, code)
    form = MainSystemForm(request.POST or None, initial=system_as_told(kept))
    if request.method == "POST" and form.is_valid():
        try:
            change_main_system(
                code,
                name=form.cleaned_data["name"],
                calls_back=form.cleaned_data["calls_back"],
                callback_days=form.cleaned_data["callback_days"],
                words=form.words(),
                reply_layout=form.cleaned_data["reply_layout"],
                actor=request.staff,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Kept."))
            return redirect("work:orders", town=request.town.code)
    context = {"form": form, "system": kept}
    status = 422 if form.errors else 200
    return render(request, PAGE.format("system"), context, status=status)


@staff_only()
def reply(request: StaffRequest, number: str, order_id: int) -> HttpResponse:
    """Show the reply as the main system has it, to copy out; note that it is sent."""
    case = open_case(request.staff, number, to=rules.may_reply)
    order = open_order(case, order_id)
    if request.method == "POST":
        try:
            note_sent_there(order.pk, actor=request.staff)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Noted: the reply is there."))
        return redirect("work:case", town=request.town.code, number=number)
    context = {
        "case": case,
        "order": order,
        "text": reply_for(order),
        "ready": bool(reply_text(order.case)),
    }
    return render(request, PAGE.format("reply"), context)
