"""Where else a matter lives: asked with a matter, or of one that is here."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.cases.actions.there import MOST_NUMBER, There
from luoshi.cases.models import MainSystem
from luoshi.ui.sources import asked

ABOUT_THERE = ("main_system", "number_there")


class ThereForm(forms.Form):
    """The main system and the number there; both, or neither."""

    sources = asked("main_system", "number_there")

    main_system = forms.ChoiceField(label=gettext_lazy("Main system"), required=False)
    number_there = forms.CharField(
        label=gettext_lazy("Number there"), max_length=MOST_NUMBER, required=False
    )

    def __init__(self, *args: Any, systems: list[MainSystem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.code, one.name) for one in systems]
        self.fields["main_system"].choices = [  # type: ignore[attr-defined]
            ("", _("none: it lives here alone")),
            *known,
        ]

    def ask_for_it(self) -> "ThereForm":
        """Ask for both, where naming the number is what somebody came for."""
        system: Any = self.fields["main_system"]
        system.choices = system.choices[1:]
        system.required = self.fields["number_there"].required = True
        return self

    def there(self) -> There:
        """Return it as the actions take it."""
        told = self.cleaned_data
        return There(told["main_system"], told["number_there"])
