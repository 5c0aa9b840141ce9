"""What a plate leads to: everybody sees the asset, and reports a defect in two taps."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luoshi.cases import drafts
from luoshi.cases.access import grant
from luoshi.cases.limits import why_held
from luoshi.cases.signs import sign_in
from luoshi.core.access import open_to_all
from luoshi.core.requests import TownRequest
from luoshi.core.views.manage.base import done
from luoshi.core.villages import village_now
from luoshi.upkeep import actions, queries, rules
from luoshi.upkeep.access import found_by_code, public_asset
from luoshi.upkeep.forms.looks import PlateForm
from luoshi.upkeep.models import Asset


@open_to_all
@require_safe
def short_code(request: HttpRequest, code: str) -> HttpResponse:
    """Open a plate's code, whichever town it is of."""
    found = found_by_code(code)
    if found is None:
        return redirect("portal:towns")
    return redirect("assets:asset", town=found.town.code, code=found.code)


@open_to_all
@require_safe
def asset(request: TownRequest, code: str) -> HttpResponse:
    """Show what it is, who keeps it up, and what can be wrong; staff may inspect."""
    found = public_asset(code)
    staff = request.staff
    context = {
        "page": queries.public_page(found),
        "asset": found,
        "may_see": staff is not None and rules.may_see(staff, found),
        "may_look": staff is not None and rules.may_look_at(staff, found),
    }
    return render(request, "upkeep/plate.html", context)


@open_to_all
@require_safe
def in_village(request: TownRequest, village_id: int) -> HttpResponse:
    """Show what stands in a village; an old number means what it is part of now."""
    village = village_now(village_id)
    if village is None:
        raise Http404
    asked = request.GET.get("kind", "")
    page = queries.village_page(village, int(asked) if asked.isdecimal() else 0)
    return render(request, "upkeep/in_village.html", {"page": page})


@open_to_all
def report(request: TownRequest, code: str) -> HttpResponse:
    """Take what is wrong; the place is known, and who tells it need not be."""
    found = public_asset(code)
    tapped = request.GET.get("fault", "")
    fault = found.kind.faults[int(tapped)] if _is_fault(found, tapped) else ""
    posted = request.method == "POST"
    form = PlateForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"words": fault, "token": actions.fresh_token()},
    )
    if posted and form.is_valid():
        told = form.cleaned_data
        if sign_in(told["words"], request.town):
            return _asked_first(request, found, told)
        receipt = done(form, lambda: _sent(request, found, told))
        if receipt:
            answer = redirect("cases:receipt", town=request.town.code)
            return grant(answer, receipt.reporter)
    status = 422 if form.errors else 200
    context = {"form": form, "asset": found, "fault": fault}
    return render(request, "upkeep/report.html", context, status=status)


def _is_fault(asset: Asset, tapped: str) -> bool:
    return tapped.isdecimal() and int(tapped) < len(asset.kind.faults)


def _sent(request: TownRequest, asset: Asset, told: dict[str, Any]) -> Any:
    reported = actions.Reported(
        words=told["words"],
        form_token=told["token"],
        uploads=tuple(told["photos"]),
        phone=told["phone"],
        urgent=told["danger"],
        held_why=why_held(request, told["website"]),
    )
    return actions.report_defect(asset.pk, reported)


def _asked_first(
    request: TownRequest, found: Asset, told: dict[str, Any]
) -> HttpResponse:
    """Words that could be about how somebody behaves are asked about first."""
    draft = drafts.load_draft(request, request.town) | {
        "text": told["words"],
        "village": found.village_id,
        "group": None,
        "place": f"{found.name} {found.place}".strip(),
        "answer": "sms" if told["phone"] else "none",
        "phone": told["phone"],
        "name": "",
        "tie": f"asset:{found.code}",
        "danger": told["danger"],
    }
    drafts.save_draft(request, request.town, draft)
    return redirect("cases:check", town=request.town.code)
