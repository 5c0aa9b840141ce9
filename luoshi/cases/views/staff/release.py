"""Publishing: look at a matter, write the public text, check it, let it go."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.cases import ledger, rules
from luoshi.cases.access import open_case
from luoshi.cases.actions import (
    proposal_for,
    publish_matter,
    see_signals,
    withdraw_publication,
)
from luoshi.cases.forms.ledger import PublishForm
from luoshi.cases.queries import publication_of, story_of
from luoshi.core.access import staff_only
from luoshi.core.models import StoredFile
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import RELEASER
from luoshi.ui.qr import qr_svg


@staff_only(RELEASER)
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """List what nobody decided to publish yet."""
    after = request.GET.get("after", "")
    most = 30
    rows = ledger.to_release(
        request.town, int(after) if after.isdigit() else 0, most + 1
    )
    older = rows[most - 1].pk if len(rows) > most else 0
    context = {"rows": rows[:most], "older": older}
    return render(request, "cases/staff/release_queue.html", context)


@staff_only(RELEASER)
def publish(request: StaffRequest, number: str) -> HttpResponse:
    """Write the public text and publish it."""
    case = open_case(request.staff, number, to=rules.may_publish)
    story = story_of(case)
    files = [
        *story.told_photos,
        *(file for _one, some in story.evidence for file in some),
    ]
    photos = [file for file in files if file.kind == StoredFile.Kind.PHOTO]
    form = _form(request, case, photos)
    if request.method == "POST" and form.is_valid():
        try:
            publish_matter(case.pk, public=form.public(), actor=request.staff)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("It is on the public page."))
            return redirect("work:case", town=request.town.code, number=number)
    context = {"form": form, "case": case, "story": story}
    status = 422 if form.errors else 200
    return render(request, "cases/staff/publish.html", context, status=status)


def _form(request: StaffRequest, case: Any, photos: list[StoredFile]) -> PublishForm:
    if request.method == "POST":
        return PublishForm(request.POST, photos=photos)
    before = publication_of(case)
    if before and before.words:
        title, words = before.title, before.words
    else:
        title, words = proposal_for(case, actor=request.staff)
    return PublishForm(initial={"title": title, "words": words}, photos=photos)


@staff_only(RELEASER)
@require_POST
def withdraw(request: StaffRequest, number: str) -> HttpResponse:
    """Take a matter off the public page."""
    case = open_case(request.staff, number, to=rules.may_withdraw)
    withdraw_publication(case.pk, why=request.POST.get("why", ""), actor=request.staff)
    return redirect("work:case", town=request.town.code, number=number)


@staff_only()
@require_POST
def seen(request: StaffRequest, number: str) -> HttpResponse:
    """Say that one looks after what neighbours said."""
    case = open_case(request.staff, number, to=rules.may_see_signals)
    see_signals(case.pk, actor=request.staff)
    return redirect("work:case", town=request.town.code, number=number)


@staff_only()
@require_safe
def poster(request: StaffRequest, village_id: int) -> HttpResponse:
    """Show a sheet for the village's wall, to be printed on A4."""
    village = ledger.village_page(request.town, village_id).village
    path = reverse("cases:report", kwargs={"town": request.town.code})
    link = request.build_absolute_uri(f"{path}?village={village.pk}")
    context = {"village": village, "link": link, "code": qr_svg(link)}
    return render(request, "cases/staff/poster.html", context)
