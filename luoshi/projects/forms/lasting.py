"""What the figure asks for, what is usual in the town, how figures are made."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.projects.actions.lasting import Told, Way
from luoshi.projects.forms.fields import YuanField, day_input
from luoshi.projects.models import Figure
from luoshi.projects.models.lasting import Thing
from luoshi.projects.usual import VALUES
from luoshi.ui.sources import asked, derived

USUAL = _("Empty: what is usual for its kind in this town.")


class FigureForm(forms.Form):
    """The few things that the figure needs beyond what the project's page says."""

    sources = asked(
        *("kind", "funded", "appearance", "people_low", "people_high"),
        *("days", "worth", "saved", "hardship"),
    )

    kind = forms.ChoiceField(label=_("What kind of thing it is"), choices=Thing.choices)
    funded = forms.TypedChoiceField(
        label=_("Is the money for its upkeep there?"),
        choices=[
            ("yes", _("Yes, it is in the budget or agreed")),
            ("no", _("No, nobody pays for it yet")),
        ],
        coerce=lambda told: told == "yes",
        widget=forms.RadioSelect,
    )
    appearance = YuanField(
        label=_("Of its cost, for how it looks (yuan)"),
        help_text=_("Facings, lights on walls, signs, arches. Nothing of that: 0."),
        min_value=0,
    )
    people_low = forms.IntegerField(
        label=_("People a day, if few come"),
        help_text=_("Empty: three tenths fewer than expected."),
        min_value=0,
        required=False,
    )
    people_high = forms.IntegerField(
        label=_("People a day, if many come"),
        help_text=_("Empty: three tenths more than expected."),
        min_value=0,
        max_value=1_000_000,
        required=False,
    )
    days = forms.IntegerField(
        label=_("Days of use in a year"),
        help_text=USUAL,
        min_value=1,
        max_value=366,
        required=False,
    )
    worth = YuanField(
        label=_("What one use is worth to a person (yuan)"),
        help_text=_(
            "Minutes saved, or what the way to town would cost. Empty: what is usual "
            "for its kind in this town."
        ),
        min_value=0,
        required=False,
    )
    saved = YuanField(
        label=_("What a household saves a year (yuan)"),
        help_text=_("Only what is not in the uses already. Empty: nothing."),
        min_value=0,
        required=False,
    )
    hardship = forms.IntegerField(
        label=_("Of the households, those in hardship"),
        help_text=_("A number, and no names. Empty: none."),
        min_value=0,
        required=False,
    )

    def told(self) -> Told:
        """Return it as the action takes it."""
        told = dict(self.cleaned_data)
        for name in ("saved", "hardship"):
            told[name] = told[name] or 0
        return Told(**told)


def start_of(figure: Figure | None) -> dict[str, object]:
    """Return what the form is filled in with."""
    if figure is None:
        return {}
    start: dict[str, object] = {
        name: getattr(figure, name) for name in FigureForm.base_fields
    }
    return start | {"funded": "yes" if figure.funded else "no"}


class LabelForm(forms.Form):
    """The party committee's decision that labels may be read by all."""

    sources = asked("number", "decided_on")

    number = forms.CharField(
        label=_("Number or day of the party committee's decision"), max_length=60
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=day_input())


LABELS = {
    "years": _("Years that it serves"),
    "unkept": _("Years that it lasts if nobody pays for its upkeep"),
    "upkeep": _("Upkeep in a year, of the building cost (%)"),
    "days": _("Days of use in a year"),
    "worth": _("What one use is worth to a person (yuan)"),
    "fades": _("Use that is lost each year (%)"),
}
ENDS = {"low": _("low"), "central": _("usual"), "high": _("high")}


class UsualForm(forms.Form):
    """What is usual for one kind of thing: low, usual, high, and its source."""

    sources = asked("source") | derived(
        **{
            f"{name}_{end}": "projects.usual.references_of"
            for name in VALUES
            for end in ENDS
        }
    )

    source = forms.CharField(
        label=_("From where these values are known"),
        help_text=_("The town's own records come first, then rules, then custom."),
        max_length=200,
    )

    def __init__(self, *args: Any, numbers: dict[str, list[int]], **more: Any) -> None:
        super().__init__(*args, **more)
        for name in VALUES:
            for end, number in zip(ENDS, numbers[name], strict=True):
                self.fields[f"{name}_{end}"] = _number(name, end, number)

    def lines(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return each value's name with its three fields."""
        return [
            (str(LABELS[name]), [self[f"{name}_{end}"] for end in ENDS])
            for name in VALUES
        ]

    def numbers(self) -> dict[str, list[int]]:
        """Return them as the action takes them."""
        told = self.cleaned_data
        return {
            name: [_stored(name, told[f"{name}_{end}"]) for end in ENDS]
            for name in VALUES
        }


def _number(name: str, end: str, number: int) -> forms.Field:
    # The name of the value stands above the three of them.
    label = ENDS[end]
    if name == "worth":
        return YuanField(label=label, initial=number, min_value=0)
    if name in ("upkeep", "fades"):
        return forms.DecimalField(
            label=label,
            initial=number / 10 if number % 10 else number // 10,
            min_value=0,
            max_value=100,
            decimal_places=1,
        )
    return forms.IntegerField(label=label, initial=number, min_value=0)


def _stored(name: str, value: Any) -> int:
    return int(value * 10) if name in ("upkeep", "fades") else int(value)


class MethodForm(forms.Form):
    """How figures are made: the rates, and whether hardship counts more."""

    sources = derived(
        rate="core.Town.rules", water_rate="core.Town.rules", apart="core.Town.rules"
    ) | asked("weight")

    rate = forms.DecimalField(
        label=_("Discount rate (%)"), min_value=0, max_value=20, decimal_places=1
    )
    water_rate = forms.DecimalField(
        label=_("Discount rate of public water works (%)"),
        min_value=0,
        max_value=20,
        decimal_places=1,
    )
    apart = forms.TypedChoiceField(
        label=_("Which rate public water works have"),
        choices=[("yes", _("Their own")), ("no", _("The same as all others"))],
        coerce=lambda told: told == "yes",
        widget=forms.RadioSelect,
    )
    weight = forms.DecimalField(
        label=_("How often a benefit to a household in hardship counts"),
        help_text=_("Empty: once, as for everybody. The plain figure stays beside it."),
        min_value=1,
        max_value=10,
        decimal_places=1,
        required=False,
    )

    def way(self) -> Way:
        """Return it as the action takes it."""
        told = self.cleaned_data
        weight = told["weight"]
        return Way(
            rate=int(told["rate"] * 10),
            water_rate=int(told["water_rate"] * 10),
            apart=told["apart"],
            weight=None if weight is None else int(weight * 1000),
        )
