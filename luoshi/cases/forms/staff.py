"""What staff are asked for at each step; each field is asked nowhere else."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.cases.forms.resident import OneOpinion, PhotosField
from luoshi.cases.forms.spoken import RecordingField
from luoshi.cases.models import Reporter
from luoshi.commitments.models import Category, DutyItem, Verdict
from luoshi.core.models import Organisation, Person
from luoshi.ui.sources import asked, derived


class StepForm(forms.Form):
    """The base: `version` lets a second writer see the first."""

    sources = derived(version="commitments.Commitment.version")

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


def long_field(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


CHOOSE_OFFICE = _("Choose an office")


def office_field(
    label: Any, *, required: bool = True, empty: Any = CHOOSE_OFFICE
) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=label,
        required=required,
        empty_label=empty,
    )


class CategoryField(forms.ModelChoiceField):
    """A category, shown with the office that usually does it."""

    def label_from_instance(self, obj: Category) -> str:
        """Name both, so that one choice is enough, and whose duty it is if not ours."""
        told = [str(obj.organisation)] if obj.organisation else []
        if obj.duty and obj.duty.tier != DutyItem.Tier.BASIC:
            told.append(str(obj.duty.get_tier_display()))
        return f"{obj.name}（{'，'.join(told)}）" if told else obj.name


class HandsForm(StepForm):
    """A step that puts a matter into an office's hands."""

    sources = asked("why_here")

    # Asked only where the list of duties gives the matter to the county.
    why_here = forms.CharField(
        label=_("Why the town does it all the same"),
        required=False,
        max_length=500,
        widget=forms.HiddenInput,
    )

    def ask_why(self) -> None:
        """Show the question why the town does what is not its duty."""
        self.fields["why_here"].widget = forms.Textarea(attrs={"rows": 2})


def _with_suggested(data: Any) -> Any:
    """Take the category and office that were proposed where no other is chosen."""
    category, _dash, office = str((data or {}).get("suggested", "")).partition("-")
    if not category or data.get("category"):
        return data
    told = data.copy()
    told["category"], told["suggested"] = category, ""
    told["organisation"] = data.get("organisation") or office
    return told


class DispatchForm(HandsForm):
    """What it is about, who does it, and whether it is urgent."""

    sources = asked("category", "organisation", "urgent", "words", "suggested") | (
        derived(proposed="cases.suggest: what was proposed first")
    )

    # One of what was proposed, "category-office"; a choice from the lists outdoes it.
    suggested = forms.CharField(required=False, widget=forms.HiddenInput)
    proposed = CategoryField(
        queryset=Category.objects.none(), required=False, widget=forms.HiddenInput
    )
    category = CategoryField(
        queryset=Category.objects.none(),
        label=_("Category"),
        empty_label=_("Choose what it is about"),
    )
    organisation = office_field(
        _("Give it to"), required=False, empty=_("The office of the category")
    )
    urgent = forms.BooleanField(
        label=_("Urgent"),
        required=False,
        widget=forms.CheckboxInput(attrs={"data-key": "u"}),
    )
    words = long_field(_("A word to the office"), required=False)

    def __init__(self, data: Any = None, *args: Any, **more: Any) -> None:
        super().__init__(_with_suggested(data), *args, **more)

    def clean(self) -> dict[str, Any]:
        """Take the category's own office where no other is chosen."""
        told = super().clean() or self.cleaned_data
        category = told.get("category")
        if category and not told.get("organisation"):
            told["organisation"] = category.organisation
            if category.organisation is None:
                self.add_error("organisation", _("Choose an office."))
        return told


class WordForm(StepForm):
    """Agreeing; before dispatch another office may be named."""

    sources = asked("organisation", "words")

    organisation = office_field(
        _("Who does it"), required=False, empty=_("As it was proposed")
    )
    words = long_field(_("A word to it"), required=False)

    def for_answer(self) -> "WordForm":
        """Leave out who does it: an answer is only signed."""
        del self.fields["organisation"]
        return self


class PassOnForm(StepForm):
    """Who is responsible, when the town is not."""

    sources = asked("destination", "category")

    destination = forms.CharField(
        label=_("Who is responsible, and their telephone"), max_length=300
    )
    category = CategoryField(
        queryset=Category.objects.none(), required=False, widget=forms.HiddenInput
    )


class TakeForm(StepForm):
    """Nothing to fill in."""


class ProgressForm(StepForm):
    """What was done or found."""

    sources = asked("words", "uploads", "recording")

    words = long_field(_("What was done or found"))
    uploads = PhotosField(label=_("Photos"), required=False)
    recording = RecordingField(label=_("A recording"))


class SubmitForm(StepForm):
    """What shows that it is done."""

    sources = asked("words", "uploads", "recording")

    words = long_field(_("What was done, so that others can see that it is done"))
    uploads = PhotosField(label=_("Photos"), required=False)
    recording = RecordingField(label=_("A recording"))


class ExtendForm(StepForm):
    """How much longer, and why."""

    sources = asked("amount", "reason")

    amount = forms.IntegerField(label=_("How much longer"), min_value=1)
    reason = long_field(_("The reason, which the resident reads"))


class PauseForm(StepForm):
    """Who outside is waited for, and why."""

    sources = asked("outside_body", "reason")

    outside_body = forms.CharField(label=_("Who outside is waited for"), max_length=120)
    reason = long_field(_("The reason, which the resident reads"))


class EraseForm(forms.Form):
    """What to erase for good, and why."""

    sources = asked("what", "reason")

    what = forms.ChoiceField(
        label=_("What is to be erased?"),
        choices=[
            ("contact", _("Names and telephones")),
            ("all", _("Everything that was told, with photos; only when it is closed")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[
            ("asked", _("The person asked for it")),
            ("mistake", _("It was written down by mistake")),
            ("somebody_else", _("It tells of somebody else")),
        ],
        widget=forms.RadioSelect,
    )


class ReasonForm(StepForm):
    """One reason."""

    sources = asked("reason")

    reason = long_field(_("The reason"))


class AcceptForm(StepForm):
    """A word with the acceptance."""

    sources = asked("words")

    words = long_field(_("What you saw"), required=False)


class SupportForm(StepForm):
    """Whom to ask for what, and until when."""

    sources = asked("organisation", "asked", "workdays")

    organisation = office_field(_("Ask whom"))
    asked = long_field(_("What you ask for"))
    workdays = forms.IntegerField(
        label=_("In how many workdays"), min_value=1, max_value=30, initial=3
    )


class SupportAnswerForm(StepForm):
    """The answer, or why not yet."""

    sources = asked("answer", "interim")

    answer = long_field(_("Your answer"))
    interim = forms.BooleanField(label=_("Not done yet; this is why"), required=False)


class DecideForm(HandsForm):
    """Whether an objection holds."""

    sources = asked("upheld", "organisation", "answer")

    upheld = forms.TypedChoiceField(
        label=_("Is the objection right?"),
        choices=[("yes", _("Right: give it to another office")), ("no", _("It stays"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    organisation = office_field(_("The other office"), required=False)
    answer = long_field(_("The reason"))


class LeaderForm(StepForm):
    """What becomes of what was twice not solved."""

    sources = asked("again", "words")

    again = forms.TypedChoiceField(
        label=_("What now?"),
        choices=[("yes", _("Do it again")), ("no", _("End it as not solved"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = long_field(_("The reason"))


class HandOverForm(StepForm):
    """Which colleague."""

    sources = asked("person", "reason")

    person = forms.ModelChoiceField(
        queryset=Person.objects.none(), label=_("To which colleague")
    )
    reason = long_field(_("The reason"))


class PromiseForm(StepForm):
    """Why later, and when."""

    sources = asked("reason", "returns_on")

    reason = long_field(_("The reason, which everybody reads"))
    returns_on = forms.DateField(
        label=_("On which day it comes back"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class CallForm(StepForm):
    """Whom the caller spoke to and what was said."""

    sources = asked("solved", "satisfied", "words") | derived(
        reporter="cases.Reporter: who asked first"
    )

    reporter = forms.ModelChoiceField(
        queryset=Reporter.objects.none(), widget=forms.HiddenInput
    )
    solved = forms.ChoiceField(
        label=_("Is it solved?"),
        choices=Verdict.Solved.choices,
        widget=forms.RadioSelect,
    )
    satisfied = forms.ChoiceField(
        label=_("Are you satisfied with how it was done?"),
        choices=Verdict.Satisfied.choices,
        widget=forms.RadioSelect,
    )
    words = long_field(_("In their words"), required=False)


class OpinionCallForm(OneOpinion, CallForm):
    """What a deputy said of the answer, by telephone or to the liaison."""
