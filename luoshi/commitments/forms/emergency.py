"""What a leader is asked for about an emergency."""

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.ui.sources import asked


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class DeclareForm(forms.Form):
    """What it is called on every page, and why."""

    sources = asked("name", "reason")

    name = forms.CharField(
        label=_("What it is called"),
        help_text=_("Every page shows it, for example: flood season, level III"),
        max_length=60,
    )
    reason = _reason()


class EndForm(forms.Form):
    """Why it is over."""

    sources = asked("reason")

    reason = _reason()
