"""One page for every step: what is asked, and the step taken."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from luoshi.core.requests import StaffRequest
from luoshi.core.views.manage.base import done
from luoshi.projects.steps import Step, fits


def step_page(
    request: StaffRequest, step: Step[Any] | None, thing: Any, back: str
) -> HttpResponse:
    """Ask for what a step needs, take it, and go back to the page of the thing."""
    if step is None or not fits(step, thing, request.staff):
        raise Http404
    form = step.form(
        request.POST if request.method == "POST" else None,
        initial=step.start(thing),
        **step.more(thing, request.staff),
    )
    if request.method == "POST" and form.is_valid():
        done(form, lambda: step.act(thing, form, request.staff) or True)
        if not form.errors:
            return redirect(back)
    context = {"form": form, "step": step, "thing": thing, "back": back}
    status = 422 if form.errors else 200
    return render(request, "projects/step.html", context, status=status)
