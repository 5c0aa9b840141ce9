"""Bringing in what was asked with Polis: upload, look, bring."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.consultations import rules
from luoshi.consultations.actions.bringing import (
    bring_consultation,
    take,
    threshold_for,
    words_of,
)
from luoshi.consultations.forms.bringing import BringForm, UploadForm
from luoshi.consultations.maps.uploads import drop_upload, files_of_job, keep_upload
from luoshi.core.access import staff_only
from luoshi.core.clock import today
from luoshi.core.requests import StaffRequest
from luoshi.core.sheets import BadSheet
from luoshi.core.views.manage.base import done
from luoshi.engines.opinion import OpinionError, read_export

DAYS = 30
POST_TOO = require_http_methods(["GET", "HEAD", "POST"])


@staff_only(*rules.PREPARE)
@POST_TOO
def bring(request: StaffRequest) -> HttpResponse:
    """Take the files."""
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
    if posted and form.is_valid():
        try:
            job = keep_upload(request.town, form.cleaned_data["export"])
            return redirect("opinions_work:look", town=request.town.code, job=job)
        except BadSheet as error:
            form.add_error("export", str(error))
    status = 422 if form.errors else 200
    template = "consultations/opinions/bring.html"
    return render(request, template, {"form": form}, status=status)


@staff_only(*rules.PREPARE)
@POST_TOO
def look(request: StaffRequest, job: str) -> HttpResponse:
    """Show what is in the files, ask what they do not say, and bring it in."""
    files = files_of_job(request.town, job)
    if files is None:
        raise Http404
    try:
        export = read_export(files)
    except OpinionError as error:
        context: dict[str, object] = {"form": UploadForm(), "fault": str(error)}
        return render(request, "consultations/opinions/bring.html", context, status=422)
    taken = take(export)
    posted = request.method == "POST"
    form = BringForm(
        request.POST if posted else None,
        initial={
            **words_of(export),
            "threshold": threshold_for(len(taken.votes.voters)),
            "until": today() + timedelta(days=DAYS),
        },
    )
    made = posted and done(
        form, lambda: bring_consultation(export, form.wanted(), actor=request.staff)
    )
    if made:
        drop_upload(request.town, job)
        messages.success(request, _("It is brought in. Its map is made now."))
        return redirect(
            "opinions_work:opinions", town=request.town.code, number=made.number
        )
    context = {"form": form, "export": export, "taken": taken}
    status = 422 if form.errors else 200
    return render(request, "consultations/opinions/look.html", context, status=status)
