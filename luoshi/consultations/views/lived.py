"""For everybody: how one lives and what one can give; what all of them say."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.cases.codes import fresh_code
from luoshi.cases.limits import network_of
from luoshi.consultations import actions, answers, limits, queries
from luoshi.consultations.access import open_public
from luoshi.consultations.codes import channel_of, code_in, keep_code
from luoshi.consultations.forms.habits import HabitsForm
from luoshi.consultations.habits.counting import results_of_habits
from luoshi.consultations.habits.heard import heard_of
from luoshi.consultations.views.resident import to
from luoshi.core.access import open_to_all
from luoshi.core.refusals import Refusal
from luoshi.core.requests import TownRequest
from luoshi.core.views.manage.base import done


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def habits(request: TownRequest, number: int) -> HttpResponse:
    """Ask how somebody lives and what they can give; all of it may be left empty."""
    found = open_public(request.town, number)
    if not queries.takes_answers(found):
        return to(request, "lived", found)
    code = code_in(request, found)
    voter = answers.voter_of(found, code)
    posted = request.method == "POST"
    form = HabitsForm(request.POST if posted else None, consultation=found, voter=voter)
    if posted and form.is_valid():
        if voter is None and limits.too_many_new(network_of(request)):
            form.add_error(None, Refusal("consultations.too_many").sentence)
        else:
            code = code or fresh_code()
            if done(
                form,
                lambda: actions.tell_habits(
                    found.pk, form.told(), code=code, channel=channel_of(request)
                ),
            ):
                messages.success(request, _("Thank you. It counts without a name."))
                kept = to(request, "one", found)
                keep_code(kept, request, found, code)
                return kept
    context = {
        "consultation": found,
        "asks": getattr(found, "questionnaire", None),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "consultations/habits.html", context, status=status)


@open_to_all
@require_safe
def lived(request: TownRequest, number: int) -> HttpResponse:
    """Say how people live and what they can give, and who was not heard."""
    found = open_public(request.town, number)
    context = {
        "consultation": found,
        "asks": getattr(found, "questionnaire", None),
        "results": results_of_habits(found),
        "heard": heard_of(found),
        "takes": queries.takes_answers(found),
    }
    return render(request, "consultations/lived.html", context)
