"""The administrator's page of the ways to a decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from luoshi.consultations.access import open_track
from luoshi.consultations.actions import change_track, restore_track
from luoshi.consultations.forms.tracks import TrackForm
from luoshi.consultations.staff_queries import track_lines
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.views.manage.base import done, page

TITLE = gettext_lazy("Tracks to a decision")


@staff_only(ADMINISTRATOR)
@require_safe
def tracks(request: StaffRequest) -> HttpResponse:
    """List the ways with their days and steps, and what goes on each now."""
    context = {"title": TITLE, "lines": track_lines(request.town)}
    return render(request, "consultations/tracks.html", context)


@staff_only(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: StaffRequest, code: str) -> HttpResponse:
    """Change the days and steps of one way."""
    line = open_track(request.town, code)
    form = TrackForm(request.POST or None, track=line.track)
    if request.method == "POST" and done(
        form, lambda: change_track(form.told(), actor=request.staff)
    ):
        messages.success(request, _("Changed. What is open keeps what it began with."))
        return redirect("consultations-manage:tracks", town=request.town.code)
    return page(request, "consultations/track", form, line.track.name, line=line)


@staff_only(ADMINISTRATOR)
@require_POST
def restore(request: StaffRequest, code: str) -> HttpResponse:
    """Let a way be again as it came with Luoshi."""
    restore_track(open_track(request.town, code).track.code, actor=request.staff)
    messages.success(request, _("Changed. What is open keeps what it began with."))
    return redirect("consultations-manage:tracks", town=request.town.code)
