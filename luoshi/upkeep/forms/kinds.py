"""What is asked of a kind of assets, of a rule, and of a map."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from luoshi.cases.staff_queries import categories
from luoshi.commitments.models import Category
from luoshi.core.models import Organisation
from luoshi.ui.sources import asked
from luoshi.upkeep.actions import KindTold, RuleTold
from luoshi.upkeep.coordinates import System
from luoshi.upkeep.forms.assets import SYSTEMS
from luoshi.upkeep.geometry import Meant
from luoshi.upkeep.models import AssetKind, RoundRule
from luoshi.upkeep.queries import keepers

LOOKS = tuple(f"look_{grade}" for grade in range(1, 6))
DAYS = ("danger_days", "serious_days", "slight_days")
PLAIN = ("name", "measure", "is_road", "has_responsible", *DAYS, "keeper", "category")
MOST_FAULTS, LONGEST_FAULT = 8, 20


class KindForm(forms.Form):
    """A kind in the town's own words."""

    sources = asked(*PLAIN, *LOOKS, "faults")

    name = forms.CharField(label=_("Name of the kind"), max_length=40)
    measure = forms.ChoiceField(
        label=_("Measured in"), choices=AssetKind.Measure.choices
    )
    is_road = forms.BooleanField(
        label=_("It is a road: with its class, and the words of the road standard"),
        required=False,
    )
    has_responsible = forms.BooleanField(
        label=_("Persons answer for it by name, as for a reservoir, pond or dyke"),
        required=False,
    )
    look_1 = forms.CharField(label=_("Grade 1 looks like this"), max_length=80)
    look_2 = forms.CharField(label=_("Grade 2 looks like this"), max_length=80)
    look_3 = forms.CharField(label=_("Grade 3 looks like this"), max_length=80)
    look_4 = forms.CharField(label=_("Grade 4 looks like this"), max_length=80)
    look_5 = forms.CharField(label=_("Grade 5 looks like this"), max_length=80)
    faults = forms.CharField(
        label=_("What residents usually find wrong"),
        help_text=_("One a line, eight at most: the first tap at the plate."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    danger_days = forms.IntegerField(
        label=_("Days in which a dangerous defect is mended"), min_value=1, max_value=90
    )
    serious_days = forms.IntegerField(
        label=_("Days in which a serious one is mended"), min_value=1, max_value=365
    )
    slight_days = forms.IntegerField(
        label=_("Days in which a slight one is mended"), min_value=1, max_value=730
    )
    keeper = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Who usually keeps it up"),
        required=False,
        empty_label=_("Nobody: it goes to the desk"),
    )
    category = forms.ModelChoiceField(
        Category.objects.none(),
        label=_("What a resident's report is about"),
        required=False,
        empty_label=_("The desk says"),
    )

    def __init__(self, *args: Any, kind: AssetKind | None = None, **more: Any) -> None:
        more["initial"] = _initial(kind) if kind else None
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["keeper"].queryset = keepers()
        fields["category"].queryset = categories()

    def clean_faults(self) -> list[str]:
        """Return one fault a line."""
        lines = self.cleaned_data["faults"].splitlines()
        faults = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
        if len(faults) > MOST_FAULTS or any(len(one) > LONGEST_FAULT for one in faults):
            raise forms.ValidationError(
                gettext("At most %(most)d lines of %(long)d characters.")
                % {"most": MOST_FAULTS, "long": LONGEST_FAULT}
            )
        return faults

    def told(self) -> KindTold:
        """Return it as the action takes it."""
        said = self.cleaned_data
        looks = [said[name] for name in LOOKS]
        plain = {name: said[name] for name in PLAIN}
        return KindTold(looks=looks, faults=said["faults"], **plain)


def _initial(kind: AssetKind) -> dict[str, Any]:
    told = {name: getattr(kind, name) for name in PLAIN}
    told |= {name: kind.look_of(place) for place, name in enumerate(LOOKS, 1)}
    return told | {"faults": "\n".join(kind.faults)}


class RuleForm(forms.Form):
    """When a kind is looked at."""

    sources = asked(
        *("name", "months", "basis", "season_from", "season_to"),
        *("grade_from", "lead_days"),
    )

    name = forms.CharField(label=_("Name of the round"), max_length=40)
    months = forms.IntegerField(
        label=_("Every so many months"), min_value=1, max_value=60
    )
    basis = forms.ChoiceField(label=_("Counted from"), choices=RoundRule.Basis.choices)
    season_from = forms.TypedChoiceField(label=_("Only from the month"), coerce=int)
    season_to = forms.TypedChoiceField(label=_("to the month"), coerce=int)
    grade_from = forms.TypedChoiceField(label=_("Only of a grade"), coerce=int)
    lead_days = forms.IntegerField(
        label=_("Can be done so many days before"),
        min_value=0,
        max_value=180,
        initial=30,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        months = [(0, gettext("All the year")), *((n, _month(n)) for n in range(1, 13))]
        fields: Any = self.fields
        fields["season_from"].choices = fields["season_to"].choices = months
        fields["grade_from"].choices = [
            (0, gettext("Any")),
            *((n, gettext("%(grade)d or worse") % {"grade": n}) for n in range(2, 6)),
        ]

    def told(self) -> RuleTold:
        """Return it as the action takes it."""
        return RuleTold(**self.cleaned_data)


def _month(number: int) -> str:
    return pgettext("month of the year", "month %(number)d") % {"number": number}


class MapForm(forms.Form):
    """A map as GeoJSON, and how its numbers are meant: asked, never guessed."""

    sources = asked("sheet", "system", "order")

    most_mb = 5

    sheet = forms.FileField(label=_("The map as GeoJSON"))
    system = forms.ChoiceField(
        label=_("Of which map are these numbers"), choices=SYSTEMS
    )
    order = forms.ChoiceField(
        label=_("In which order do they stand"),
        widget=forms.RadioSelect,
        choices=[
            ("longitude", _("Longitude first, as GeoJSON wants it")),
            ("latitude", _("Latitude first")),
        ],
    )

    def clean_sheet(self) -> Any:
        """Refuse what is too large to be read while somebody waits."""
        sheet = self.cleaned_data["sheet"]
        if sheet.size > self.most_mb * 1024 * 1024:
            raise forms.ValidationError(
                gettext("The file is larger than %(most)d MB. Split it.")
                % {"most": self.most_mb}
            )
        return sheet


def meant_in(system: str, order: str) -> Meant | None:
    """Return how a map's numbers are meant; None where nobody said so."""
    if system not in list(System) or order not in ("longitude", "latitude"):
        return None
    return Meant(System(system), latitude_first=order == "latitude")
