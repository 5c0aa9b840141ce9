"""Steps of building, money, changes, and what users say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.core.models import Organisation
from luoshi.projects.actions.building import Again, Line, Owing
from luoshi.projects.actions.keeping import Standing
from luoshi.projects.forms.fields import YuanField, day_input, words_input
from luoshi.projects.models import Money, Word
from luoshi.ui.sources import asked, derived
from luoshi.upkeep.models import AssetKind

MOST_AMOUNT = 100_000_000


class OwingForm(forms.Form):
    """One step of building."""

    sources = asked("title", "words", "until") | derived(
        organisation="projects.Project.builder"
    )

    title = forms.CharField(label=_("Which step"), max_length=40)
    words = forms.CharField(
        label=_("What will be there when it is done"),
        max_length=1000,
        widget=words_input(3),
    )
    until = forms.DateField(label=_("By which day"), widget=day_input())
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("By which office"), empty_label=None
    )

    def __init__(self, *args: Any, offices: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["organisation"]
        field.queryset = offices

    def owing(self) -> Owing:
        """Return it as the action takes it."""
        told = dict(self.cleaned_data)
        return Owing(organisation_id=told.pop("organisation").pk, **told)


class MoneyForm(forms.Form):
    """An amount that was contracted or paid."""

    sources = asked("kind", "amount", "words") | derived(on="core.clock: today")

    kind = forms.ChoiceField(
        label=_("Contracted or paid"),
        choices=Money.Kind.choices,
        widget=forms.RadioSelect,
    )
    amount = YuanField(
        label=_("Amount (yuan)"),
        help_text=_("With a minus where it corrects an earlier line."),
        min_value=None,
    )
    words = forms.CharField(label=_("What for"), max_length=120)
    on = forms.DateField(label=_("On which day"), widget=day_input())

    def line(self) -> Line:
        """Return it as the action takes it."""
        return Line(**self.cleaned_data)


class ChangeForm(forms.Form):
    """What it costs now, and whether something else is built."""

    sources = asked("scope", "why") | derived(cost="projects.Project.approved_cost")

    cost = YuanField(label=_("What it costs now (yuan)"))
    scope = forms.BooleanField(
        label=_("Something else is built, not at another price only"), required=False
    )
    why = forms.CharField(
        label=_("The reason, which everybody reads"),
        max_length=300,
        widget=words_input(3),
    )


class AgainForm(forms.Form):
    """The new decision of whoever decided before."""

    sources = asked("answer", "number", "decided_on", "words")

    answer = forms.ChoiceField(
        label=_("What the decision says"),
        choices=[("yes", _("Agreed")), ("no", _("Refused"))],
        widget=forms.RadioSelect,
    )
    number = forms.CharField(label=_("Number of the decision"), max_length=60)
    decided_on = forms.DateField(label=_("Decided on"), widget=day_input())
    words = forms.CharField(
        label=_("In a sentence that everybody reads"),
        max_length=300,
        widget=words_input(2),
    )

    def again(self) -> Again:
        """Return it as the action takes it."""
        told = self.cleaned_data
        return Again(
            told["answer"] == "yes", told["number"], told["decided_on"], told["words"]
        )


class StopForm(AgainForm):
    """The decision to stop."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["answer"]

    def again(self) -> Again:
        """Return it as the action takes it."""
        told = self.cleaned_data
        return Again(True, told["number"], told["decided_on"], told["words"])


class KeptForm(forms.Form):
    """What stands there now and is kept up."""

    sources = asked("kind", "amount")

    kind = forms.ModelChoiceField(
        AssetKind.objects.none(),
        label=_("As what it stands in the register of upkeep"),
        required=False,
        empty_label=_("Nothing that stands there: its upkeep costs nothing"),
    )
    amount = forms.IntegerField(
        label=_("Length in metres, or how many"),
        min_value=1,
        max_value=MOST_AMOUNT,
        required=False,
    )

    def __init__(self, *args: Any, kinds: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["kind"]
        field.queryset = kinds

    def standing(self) -> Standing:
        """Return it as the actions take it."""
        return Standing(self.cleaned_data["kind"], self.cleaned_data["amount"])


class DoneForm(KeptForm):
    """Since when it is there, and what stands there."""

    sources = asked("kind", "amount") | derived(done_on="core.clock: today at first")
    field_order = ["done_on"]

    done_on = forms.DateField(
        label=_("Since which day it is there"), widget=day_input()
    )


class SpotForm(forms.Form):
    """How many said what, where they were asked."""

    sources = asked(*Word.Answer.values)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for answer in Word.Answer:
            self.fields[answer] = forms.IntegerField(
                label=answer.label, min_value=0, initial=0
            )


class WordsForm(forms.Form):
    """What came of the asking."""

    sources = asked("words")

    words = forms.CharField(
        label=_("What users said, in words that everybody reads"),
        max_length=1000,
        widget=words_input(4),
    )
