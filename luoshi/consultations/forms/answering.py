"""What residents fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.consultations.models import Reaction
from luoshi.ui.sources import asked


class ReactForm(forms.Form):
    """What somebody thinks of one statement."""

    sources = asked("statement", "value")

    statement = forms.IntegerField()
    value = forms.TypedChoiceField(choices=Reaction.Value.choices, coerce=int)


class SayForm(forms.Form):
    """One thing that somebody says."""

    sources = asked("text", "objects")

    text = forms.CharField(
        label=_("What do you say?"),
        help_text=_("One thing, at most 140 characters. No names of private persons."),
        # What is longer is refused with how long it is, not cut off.
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    objects = forms.BooleanField(
        label=_("It speaks against what the town means to do."), required=False
    )


class CodeForm(forms.Form):
    """The code of answers that were given on another phone."""

    sources = asked("code")

    code = forms.CharField(
        label=_("Code of your answers"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
