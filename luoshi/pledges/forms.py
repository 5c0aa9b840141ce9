"""What is asked for about proposals, and about what leaders lead in person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.cases.actions.intake import MOST_TEXT
from luoshi.cases.forms.there import ABOUT_THERE, ThereForm
from luoshi.cases.models import Reporter
from luoshi.core.models import Person
from luoshi.core.secrets import BadPhone, normalise_phone
from luoshi.pledges.actions.led import Wanted
from luoshi.pledges.actions.proposals import MOST_ANSWER, Asked
from luoshi.pledges.models import Proposal
from luoshi.ui.sources import asked, derived


class ProposalForm(ThereForm):
    """What stands on the paper that was handed to the town."""

    sources = asked(
        "kind", "session", "number", "movers", "subject", "text", "hard", "phone"
    ) | derived(handed_on="core.clock: today at first")

    kind = forms.ChoiceField(label=_("Which kind"), choices=Proposal.Kind.choices)
    session = forms.CharField(label=_("Session"), max_length=80)
    number = forms.CharField(label=_("Number in this session"), max_length=20)
    movers = forms.CharField(label=_("Who moved it"), max_length=120)
    subject = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(
        label=_("What it asks for"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    handed_on = forms.DateField(
        label=_("Handed to the town on"),
        help_text=_("The term counts from this day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    hard = forms.BooleanField(
        label=_("Wide or hard: the longer term holds"), required=False
    )
    phone = forms.CharField(
        label=_("Telephone of who moved it first"),
        help_text=_("To ask for the opinion on the answer; kept encrypted."),
        max_length=40,
        required=False,
    )

    def clean_phone(self) -> str:
        """Take a number in any usual writing."""
        phone = self.cleaned_data["phone"]
        try:
            return normalise_phone(phone) if phone else ""
        except BadPhone as error:
            raise forms.ValidationError(str(error)) from error

    def asked(self) -> Asked:
        """Return it as the action takes it."""
        told: dict[str, Any] = dict(self.cleaned_data)
        told["there"] = self.there()
        for name in ABOUT_THERE:
            del told[name]
        call = Reporter.Answer.CALL if told["phone"] else Reporter.Answer.NONE
        return Asked(**told, answer=call)


class AnswerForm(forms.Form):
    """The public answer, and the mark that it was checked."""

    sources = asked("checked") | derived(answer="commitments.Evidence.words")

    answer = forms.CharField(
        label=_("The answer that everybody reads"),
        max_length=MOST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("No names of residents, telephones or house numbers."),
    )
    checked = forms.BooleanField(
        label=_("Checked for secrets: it may be public"), required=False
    )


class LedForm(forms.Form):
    """Whose list, and a matter that is there or one to be opened."""

    sources = asked("leader", "title", "number", "words", "until")

    leader = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who leads it"), empty_label=_("Choose a leader")
    )
    title = forms.CharField(
        label=_("What it is about"),
        help_text=_("Everybody reads it on the public list."),
        max_length=120,
    )
    number = forms.CharField(
        label=_("Number of a matter that is there"), max_length=20, required=False
    )
    words = forms.CharField(
        label=_("What will be there when it is done"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = forms.DateField(
        label=_("By which day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, leaders: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["leader"]
        field.queryset = leaders

    def wanted(self) -> Wanted:
        """Return it as the action takes it."""
        told = dict(self.cleaned_data)
        return Wanted(leader_id=told.pop("leader").pk, **told)
