"""The steps of setting a consultation up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.consultations.actions import Asked, Way
from luoshi.consultations.models import Consultation
from luoshi.consultations.tracks import told, tracks_of
from luoshi.core.models import Organisation, Town, Village
from luoshi.core.queries import offices, villages
from luoshi.ui.sources import asked, derived

VERSION = derived(version="consultations.Consultation.version")


class Versioned(forms.Form):
    """A step of one that is there: it carries how often that was changed."""

    sources = VERSION

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AskedForm(Versioned):
    """What is asked, of whom, by which office."""

    sources = asked("title", "question", "affected", "villages", "office", "daily")

    title = forms.CharField(
        label=_("What it is about"),
        help_text=_("In a few words, for lists and the poster."),
        max_length=60,
    )
    question = forms.CharField(
        label=_("The question"),
        help_text=_("In plain words, as you would ask it at the door."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    affected = forms.CharField(
        label=_("Who is affected"),
        help_text=_("For example: households that water fields from the east canal."),
        max_length=200,
    )
    villages = forms.ModelMultipleChoiceField(
        Village.objects.none(),
        label=_("In which villages"),
        help_text=_("None chosen means the whole town."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    office = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Which office asks, and answers what is said"),
        empty_label=_("Choose an office"),
    )
    daily = forms.BooleanField(
        label=_("It changes how people live every day: one group tries it first"),
        required=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["villages"].queryset = villages()  # type: ignore[attr-defined]
        self.fields["office"].queryset = offices()  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """Return it as the actions take it."""
        told = dict(self.cleaned_data)
        told.pop("version", None)
        chosen = [one.pk for one in told.pop("villages")]
        return Asked(villages=chosen, **told)


class DraftForm(Versioned):
    """What the town means to do, in one draft or several options."""

    sources = asked("draft", "options")

    draft = forms.CharField(
        label=_("What the town means to do"),
        help_text=_(
            "What changes, for whom, from when, and what it costs a household."
        ),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    options = forms.CharField(
        label=_("Options, one a line"),
        help_text=_("Two to eight, at most 140 characters each. People react to each."),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def lines(self) -> list[str]:
        """Return the options, one for each line that says something."""
        lines = self.cleaned_data["options"].splitlines()
        return [one for one in lines if one.strip()]


class WayForm(Versioned):
    """The track to the decision, and from how many an answer is owed."""

    sources = asked("track", "threshold", "pull")

    track = forms.ChoiceField(label=_("On which track"), widget=forms.RadioSelect)
    threshold = forms.IntegerField(
        label=_("From how many people of one mind an answer is owed"),
        help_text=_(
            "Each statement to which so many agree is answered, and each of the "
            "town's to which so many do not agree."
        ),
        min_value=1,
        max_value=1000,
    )
    pull = forms.TypedChoiceField(
        label=_("In which order statements are shown"),
        choices=Consultation.Pull.choices,
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("Never by how many agree."),
    )

    def __init__(self, *args: Any, town: Town, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["track"].choices = [  # type: ignore[attr-defined]
            (one.code, told(one)) for one in tracks_of(town)
        ]

    def way(self) -> Way:
        """Return it as the action takes it."""
        told = self.cleaned_data
        return Way(told["track"], told["threshold"], told["pull"])


class OpenForm(Versioned):
    """Until when people answer."""

    sources = asked("until", "shorter_why")

    until = forms.DateField(
        label=_("People answer until the end of this day"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    shorter_why = forms.CharField(
        label=_("If it is shorter than the track asks: why, for everybody to read"),
        max_length=300,
        required=False,
    )
