"""What is asked of somebody who looks at a sample."""

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.ui.sources import asked


class LookForm(forms.Form):
    """Whether it is right; if not, why, in one sentence."""

    sources = asked("right", "words")

    right = forms.TypedChoiceField(
        label=_("What did you find?"),
        choices=[("yes", _("It is right")), ("no", _("It is not right"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What you saw"),
        help_text=_("If it is not right, write what must be done; the owner reads it."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
