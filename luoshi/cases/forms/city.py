"""What the city published, as it is written down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.cases.actions.city import Published
from luoshi.cases.models import CityFigure, MainSystem
from luoshi.core.forms.sheet import SmallSheetForm
from luoshi.ui.sources import asked


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class CityFigureForm(forms.Form):
    """One published figure."""

    sources = asked("system", "what", "by", "first", "last", "value", "source")
    sources |= asked("published_on")

    system = forms.ChoiceField(label=_("Whose figure"))
    what = forms.ChoiceField(label=_("What it counts"), choices=CityFigure.What.choices)
    by = forms.ChoiceField(
        label=_("By which day it counts"), choices=CityFigure.By.choices
    )
    first = _day(_("Its first day"))
    last = _day(_("Its last day"))
    value = forms.DecimalField(
        label=_("The figure"),
        help_text=_("A number of orders, or a share of a hundred."),
        max_digits=9,
        decimal_places=2,
        min_value=0,
    )
    source = forms.CharField(
        label=_("Where it was published"),
        help_text=_("for example: the city's monthly report, No. 11"),
        max_length=120,
    )
    published_on = _day(_("Published on"))

    def __init__(self, *args: Any, systems: list[MainSystem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["system"]
        field.choices = [(one.code, one.name) for one in systems]

    def published(self) -> Published:
        """Return it as the action takes it."""
        return Published(**self.cleaned_data)


class CitySheetForm(SmallSheetForm):
    """A table of published figures, and the system that they are of."""

    sources = asked("system")

    system = forms.ChoiceField(label=_("Whose figure"))

    def __init__(self, *args: Any, systems: list[MainSystem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["system"]
        field.choices = [(one.code, one.name) for one in systems]
