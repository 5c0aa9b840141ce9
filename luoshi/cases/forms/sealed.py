"""What is asked about a matter that may have to be sealed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.cases.actions.intake import MOST_TEXT
from luoshi.cases.models import SealedMatter
from luoshi.ui.sources import asked

NOTHING = "matter"
ABOUT = [
    (NOTHING, _("No, about a thing or a service")),
    (SealedMatter.Kind.CONDUCT, _("Yes, how a cadre or one of the staff behaves")),
    (SealedMatter.Kind.MINOR, _("A child is being harmed or in danger")),
]
CHOOSE = {"required": _("Choose one, so that it reaches the right people.")}


def about_field(*, required: bool) -> forms.ChoiceField:
    """Ask in plain words whether it is about somebody's conduct."""
    return forms.ChoiceField(
        label=_("Is it about somebody's conduct?"),
        choices=ABOUT,
        widget=forms.RadioSelect,
        required=required,
        error_messages=CHOOSE,
    )


def kind_of(about: str) -> str:
    """Return the kind of sealed matter that an answer means; empty for none."""
    return about if about in SealedMatter.Kind.values else ""


class SealForm(forms.Form):
    """Why a matter is sealed."""

    sources = asked("kind")

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=SealedMatter.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class SealedWordForm(forms.Form):
    """A word that only those who keep it read."""

    sources = asked("text")

    text = forms.CharField(
        label=_("A word under the seal"),
        help_text=_("Only those who keep it read this."),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write one sentence.")},
    )
