"""What is asked for when a higher body is asked, or something is explained."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.cases.forms.staff import StepForm, long_field
from luoshi.commitments.models import Commitment, Explanation, HigherRequest
from luoshi.commitments.queries.above import wrong_of
from luoshi.ui.sources import asked


class HigherForm(StepForm):
    """Who above is asked for what, and until when."""

    sources = asked("sort", "body", "contact", "asked", "until", "waits")

    sort = forms.ChoiceField(
        label=_("What is asked"),
        choices=HigherRequest.Sort.choices,
        widget=forms.RadioSelect,
    )
    body = forms.CharField(label=_("Which higher body"), max_length=120)
    contact = forms.CharField(label=_("Who there, and their telephone"), max_length=120)
    asked = long_field(_("What you ask for"))
    until = forms.DateField(
        label=_("Until which day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    waits = forms.BooleanField(
        label=_("Nothing can be done before they act: the clock stands until then"),
        required=False,
    )


class HigherAnswerForm(StepForm):
    """What the higher body said."""

    sources = asked("answer")

    answer = long_field(_("What they answered"))


class ExplainForm(StepForm):
    """What went wrong, and why."""

    sources = asked("about", "words")

    about = forms.ChoiceField(
        label=_("What is explained"),
        choices=Explanation.About.choices,
        widget=forms.RadioSelect,
    )
    words = long_field(_("How it came about, and what is done differently now"))

    def offer(self, commitment: Commitment) -> None:
        """Offer only what went wrong with this matter."""
        wrong = wrong_of(commitment)
        field: Any = self.fields["about"]
        field.choices = [one for one in field.choices if one[0] in wrong]
        if len(wrong) == 1:
            self.initial["about"] = wrong[0]


class ExplanationForm(StepForm):
    """Whether an explanation holds."""

    sources = asked("accepted", "answer")

    accepted = forms.TypedChoiceField(
        label=_("Does the explanation hold?"),
        choices=[("yes", _("It holds")), ("no", _("It does not hold"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = long_field(_("A word to it"), required=False)
