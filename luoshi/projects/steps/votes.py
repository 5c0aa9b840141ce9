"""The steps of a vote from its setting to its count."""

from django.utils.translation import gettext_lazy as _

from luoshi.core.actors import Staff
from luoshi.projects import actions, rules, vote_queries
from luoshi.projects.forms import voting
from luoshi.projects.models import Election
from luoshi.projects.queries import villages_of
from luoshi.projects.steps.base import Step

State = Election.State


def _booth(election: Election, staff: Staff) -> dict[str, object]:
    return {
        "villages": villages_of(staff.town),
        "people": vote_queries.people_of_town(staff.town),
    }


VOTE_STEPS: dict[str, Step[Election]] = {
    "open": Step(
        _("Open the vote"),
        rules.may_run_vote,
        (State.DRAFT,),
        lambda one, form, staff: actions.open_vote(one.pk, actor=staff),
        hint=_("Candidates, costs and rule stand still from then on."),
        main=True,
    ),
    "booth": Step(
        _("Add a booth"),
        rules.may_run_vote,
        (State.DRAFT, State.OPEN),
        lambda one, form, staff: actions.add_booth(one.pk, form.booth(), actor=staff),
        voting.BoothForm,
        more=_booth,
    ),
    "close": Step(
        _("Close the vote"),
        rules.may_run_vote,
        (State.OPEN,),
        lambda one, form, staff: actions.close_vote(
            one.pk, present=form.cleaned_data.get("present"), actor=staff
        ),
        voting.CloseForm,
        more=lambda one, staff: {"election": one},
        hint=_("Nobody votes any more after that; then the boxes are opened."),
    ),
    "count": Step(
        _("Count"),
        rules.may_run_vote,
        (State.CLOSED,),
        lambda one, form, staff: actions.count_vote(
            one.pk, missing=form.cleaned_data["missing"], actor=staff
        ),
        voting.CountForm,
        hint=_("It is counted once, and everybody can count again."),
        main=True,
    ),
    "drop": Step(
        _("Take the vote away"),
        rules.may_run_vote,
        (State.DRAFT,),
        lambda one, form, staff: actions.drop_vote(one.pk, actor=staff),
        hint=_("Only while no slip was printed."),
    ),
}
