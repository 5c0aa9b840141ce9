"""What staff fill in while a consultation runs, and at its end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.consultations.actions import Sheet
from luoshi.consultations.forms.preparing import Versioned
from luoshi.consultations.models import (
    Answer,
    Consultation,
    Link,
    Reaction,
    Statement,
    StepDone,
    Trial,
    Voter,
)
from luoshi.consultations.models.answers import Channel
from luoshi.consultations.queries import public_statements
from luoshi.core.models import Village
from luoshi.core.queries import villages
from luoshi.ui.sources import asked, derived

DAY = {"type": "date"}
MARKS = [("", _("Nothing ticked")), *Reaction.Value.choices]


class SayForTownForm(forms.Form):
    """One thing that the town says."""

    sources = asked("text")

    text = forms.CharField(
        label=_("What the town says"),
        help_text=_("At most 140 characters. People react to it as to any other."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RefuseForm(forms.Form):
    """Why a statement is not published."""

    sources = asked("reason", "words")

    reason = forms.ChoiceField(
        label=_("Why it is not published"),
        choices=[("", _("Choose a reason")), *Statement.Reason.choices],
    )
    words = forms.CharField(
        label=_("A word more, for colleagues"), max_length=200, required=False
    )


class MendForm(forms.Form):
    """Other words for a statement."""

    sources = derived(text="consultations.Statement.text")

    text = forms.CharField(
        label=_("Its words"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnswerForm(forms.Form):
    """What is done with a statement."""

    sources = asked("outcome", "why")

    outcome = forms.ChoiceField(
        label=_("What is done with it"),
        choices=Answer.Outcome.choices,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("What is done, or why it cannot be"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StepForm(forms.Form):
    """When a step was taken, and by what paper."""

    sources = asked("begun_on", "done_on", "words")

    begun_on = forms.DateField(
        label=_("Its first day"), widget=forms.DateInput(attrs=DAY), required=False
    )
    done_on = forms.DateField(label=_("Done on"), widget=forms.DateInput(attrs=DAY))
    words = forms.CharField(
        label=_("Who did it, and by what paper"),
        help_text=_("For example: minutes of 4 March, 12 of 15 deputies for it."),
        max_length=300,
    )

    def __init__(self, *args: Any, step: StepDone, **more: Any) -> None:
        super().__init__(*args, **more)
        if not step.workdays:
            del self.fields["begun_on"]


class DecisionForm(Versioned):
    """What was decided."""

    sources = asked("decision")

    decision = forms.CharField(
        label=_("What was decided"),
        help_text=_("Everybody reads it, with every answer below it."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class WhyForm(forms.Form):
    """A reason that everybody reads."""

    sources = asked("why")

    why = forms.CharField(
        label=_("Why, for everybody to read"), max_length=300, required=False
    )


class TrialForm(forms.Form):
    """Which group tries a measure, from when to when."""

    sources = asked("group", "village", "since", "until")

    group = forms.CharField(
        label=_("Which households try it"),
        help_text=_("In words, such as: the twelve households of group 3. No names."),
        max_length=120,
    )
    village = forms.ModelChoiceField(
        Village.objects.none(), label=_("Village"), required=False
    )
    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs=DAY))
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs=DAY))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["village"].queryset = villages()  # type: ignore[attr-defined]


class LookForm(forms.Form):
    """What those who tried it say, and how it goes on."""

    sources = asked("looked_on", "found", "outcome")

    looked_on = forms.DateField(
        label=_("Looked at together on"), widget=forms.DateInput(attrs=DAY)
    )
    found = forms.CharField(
        label=_("What those who tried it say"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    outcome = forms.ChoiceField(
        label=_("How it goes on"),
        choices=Trial.Outcome.choices,
        widget=forms.RadioSelect,
    )


class LinkForm(forms.Form):
    """A matter that came of a consultation, or led to it."""

    sources = asked("number", "why")

    number = forms.CharField(label=_("Number of the matter"), max_length=20)
    why = forms.ChoiceField(
        label=_("The matter"), choices=Link.Why.choices, initial=Link.Why.CAME_OF
    )


class NumberForm(forms.Form):
    """The number of a sheet."""

    sources = asked("sheet")

    sheet = forms.IntegerField(
        label=_("Number of the sheet"),
        help_text=_("A number that is typed in already opens to be corrected."),
        min_value=1,
        max_value=999_999,
    )


class SheetForm(forms.Form):
    """What is ticked and written on one sheet."""

    sources = asked("channel", "village", "mark-*", "said") | derived(
        sheet="consultations.Voter.sheet"
    )

    sheet = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=999_999)
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[
            (Channel.PAPER, Channel.PAPER.label),
            (Channel.VISIT, Channel.VISIT.label),
            (Channel.MEETING, Channel.MEETING.label),
        ],
    )
    village = forms.ModelChoiceField(
        Village.objects.none(),
        label=_("Village that stands on the sheet"),
        required=False,
        empty_label=_("Not said"),
    )
    said = forms.CharField(
        label=_("What is written on it, one statement a line"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, consultation: Consultation, voter: Voter | None, **more: Any
    ) -> None:
        self.known = _marks_of(voter)
        if voter is not None:
            more["initial"] = {
                "channel": voter.channel,
                "village": voter.village_id,
                **more.get("initial", {}),
            }
        super().__init__(*args, **more)
        self.fields["village"].queryset = villages()  # type: ignore[attr-defined]
        self.statements = list(public_statements(consultation))
        for one in self.statements:
            # One said anew is only on sheets that were printed before.
            if one.state == Statement.State.REPLACED and one.pk not in self.known:
                continue
            self.fields[f"mark-{one.pk}"] = forms.ChoiceField(
                label=f"{one.number}. {one.text}",
                choices=MARKS,
                required=False,
                widget=forms.RadioSelect,
                initial=self.known.get(one.pk, ""),
            )
        self.order_fields(
            ["sheet", "channel", "village", *(n for n in self.fields if "mark-" in n)]
        )

    def marks(self) -> list[forms.BoundField]:
        """Return the fields of statements, in their order."""
        return [bound for bound in self if bound.name.startswith("mark-")]

    def sheet_told(self) -> Sheet:
        """Return it as the action takes it."""
        told = self.cleaned_data
        marks = {
            int(name.removeprefix("mark-")): int(value)
            for name, value in told.items()
            if name.startswith("mark-") and value != ""
        }
        return Sheet(
            number=told["sheet"],
            channel=told["channel"],
            village=told["village"],
            reactions=marks,
            said=told["said"].splitlines(),
        )


def _marks_of(voter: Voter | None) -> dict[int, int]:
    if voter is None:
        return {}
    return dict(voter.reactions.values_list("statement_id", "value"))
