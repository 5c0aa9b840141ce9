"""The steps that end a matter lawfully without solving it."""

from django.utils.translation import gettext_lazy as _

from luoshi.cases.forms import endings as forms
from luoshi.cases.views.staff.step_kinds import Step
from luoshi.commitments import actions

ENDING_STEPS: dict[str, Step] = {
    "refuse": Step(
        forms.RefuseForm,
        actions.propose_refusal,
        "refuse",
        _("Put it before the leader"),
        _(
            "The leader in charge signs or returns it. Then the person reads both "
            "texts as they stand here. It is counted apart, never as solved."
        ),
    ),
    "move_to_route": Step(
        forms.RouteForm,
        actions.move_to_lawful_route,
        "move_to_route",
        _("Move it there"),
        _("The person is told the route and who decides there. It is counted apart."),
    ),
    "note_withdrawal": Step(
        forms.WithdrawnForm,
        actions.note_withdrawal,
        "note_withdrawal",
        _("Note that it was withdrawn"),
        _(
            "Only what the person said without being urged. Your name stands beside "
            "it, the person gets a message, and a sample is looked at again."
        ),
    ),
}
