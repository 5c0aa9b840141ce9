"""What is asked of a plan of upkeep, of a change by hand, and of a job's money."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.core.clock import today
from luoshi.core.forms.money import YuanField
from luoshi.core.forms.places import VillageField
from luoshi.core.queries import villages
from luoshi.ui.sources import asked, derived
from luoshi.ui.wording import WAN
from luoshi.upkeep.actions import CareTold, PlanTold
from luoshi.upkeep.actions.planning import YEARS
from luoshi.upkeep.models import AssetKind, KindCare, Treatment, UpkeepPlan
from luoshi.upkeep.models.plans import MOST_FEN
from luoshi.upkeep.plans.changing import Change
from luoshi.upkeep.queries import Wanted, kinds_in_use

LIMITS = 3
PRICES = ("routine_fen", "light_fen", "heavy_fen", "renewal_fen")
DAY = {"type": "date"}


class PlanForm(forms.Form):
    """Years, money and rules; what the plan before said stands there already."""

    sources = (
        asked("first_year", "money", "rate", "limit_*")
        | asked("hardship_*")
        | derived(years="how many lines of money there are, or the usual ten")
    )

    first_year = forms.IntegerField(label=_("First year"))
    years = forms.IntegerField(
        label=_("How many years"), min_value=YEARS[0], max_value=YEARS[1], initial=10
    )
    money = forms.CharField(
        label=_("Money of each year, in 10,000 yuan"),
        help_text=_("One line for all years, or one line for each."),
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "decimal"}),
    )
    rate = forms.DecimalField(
        label=_("Discount a year, in %"),
        help_text=_("How much less a benefit counts that comes a year later."),
        min_value=0,
        max_value=20,
        decimal_places=1,
        initial=Decimal("6"),
    )

    def __init__(
        self, *args: Any, before: UpkeepPlan | None = None, **more: Any
    ) -> None:
        initial = {"first_year": today().year + (today().month > 6)}
        more["initial"] = initial | (_initial(before) if before else {})
        super().__init__(*args, **more)
        self._villages = list(villages())
        for at in range(LIMITS):
            self.fields |= _limit_fields(at)
        for one in self._villages:
            self.fields[f"hardship_{one.pk}"] = forms.IntegerField(
                label=one.name, min_value=0, max_value=500, initial=100
            )

    @property
    def plain(self) -> list[Any]:
        """Return what is asked of every plan."""
        return [self[name] for name in ("first_year", "years", "money", "rate")]

    @property
    def limits(self) -> list[list[Any]]:
        """Return the rows of limits."""
        parts = ("sense", "village", "kind", "amount")
        return [[self[f"limit_{at}_{part}"] for part in parts] for at in range(LIMITS)]

    @property
    def hardships(self) -> list[Any]:
        """Return what is asked of each village."""
        return [self[f"hardship_{one.pk}"] for one in self._villages]

    def clean_money(self) -> list[int]:
        """Return the fen of each line."""
        lines = self.cleaned_data["money"].replace("，", "").replace(",", "").split()
        try:
            told = [Decimal(line) * WAN for line in lines]
        except InvalidOperation:
            raise forms.ValidationError(
                gettext("Write numbers, one a line, for example 320.5")
            ) from None
        if any(not one.is_finite() or not 0 <= one <= MOST_FEN for one in told):
            raise forms.ValidationError(gettext("Write numbers from 0 on."))
        return [int(one) for one in told]

    def clean(self) -> dict[str, Any]:
        """Ask for as many lines as there are years, and for whole limits."""
        told = super().clean() or self.cleaned_data
        lines, years = told.get("money"), told.get("years")
        if lines and years and len(lines) not in (1, years):
            said = gettext("There are %(lines)d lines for %(years)d years.")
            self.add_error("money", said % {"lines": len(lines), "years": years})
        for at in range(LIMITS):
            amount, place = (
                told.get(f"limit_{at}_amount"),
                told.get(f"limit_{at}_village") or told.get(f"limit_{at}_kind"),
            )
            if (amount is None) != (place is None):
                self.add_error(
                    f"limit_{at}_amount",
                    gettext("Name an amount and a village or a kind, or neither."),
                )
        return told

    def told(self) -> PlanTold:
        """Return it as the action takes it."""
        said = self.cleaned_data
        lines = said["money"] * said["years"] if len(said["money"]) == 1 else None
        hardship = {
            one.pk: said[f"hardship_{one.pk}"]
            for one in self._villages
            if said[f"hardship_{one.pk}"] != 100
        }
        return PlanTold(
            said["first_year"],
            tuple(lines or said["money"]),
            int(said["rate"] * 10),
            tuple(self._limits()),
            tuple(hardship.items()),
        )

    def _limits(self) -> Iterator[dict[str, Any]]:
        for at in range(LIMITS):
            told = {
                part: self.cleaned_data[f"limit_{at}_{part}"]
                for part in ("sense", "village", "kind", "amount")
            }
            if told["amount"] is not None:
                yield {
                    "least": told["sense"] == "least",
                    "village": told["village"].pk if told["village"] else None,
                    "kind": told["kind"].pk if told["kind"] else None,
                    "amount": told["amount"],
                }


def _limit_fields(at: int) -> dict[str, forms.Field]:
    village = VillageField(
        label=_("Village"), required=False, empty_label=_("Every village")
    )
    village.queryset = villages()
    kind = forms.ModelChoiceField(
        kinds_in_use(),
        label=_("Kind of facility"),
        required=False,
        empty_label=_("Every kind"),
    )
    sense = forms.ChoiceField(
        label=_("At least or at most"),
        choices=[("least", _("at least")), ("most", _("at most"))],
    )
    amount = YuanField(label=_("Yuan, over all years"), required=False)
    return {
        f"limit_{at}_sense": sense,
        f"limit_{at}_village": village,
        f"limit_{at}_kind": kind,
        f"limit_{at}_amount": amount,
    }


def _initial(plan: UpkeepPlan) -> dict[str, Any]:
    budgets = plan.budgets if len(set(plan.budgets)) > 1 else plan.budgets[:1]
    told: dict[str, Any] = {
        "years": len(plan.budgets),
        "money": "\n".join(f"{Decimal(one) / WAN:f}" for one in budgets),
        "rate": Decimal(plan.rate) / 10,
    }
    for pk, share in plan.hardship.items():
        told[f"hardship_{pk}"] = share
    for at, one in enumerate(plan.limits[:LIMITS]):
        told[f"limit_{at}_sense"] = "least" if one["least"] else "most"
        for part in ("village", "kind", "amount"):
            told[f"limit_{at}_{part}"] = one[part]
    return told


class WantedForm(forms.Form):
    """Which part of a plan is shown."""

    sources = asked("year", "village", "kind", "treatment", "show") | derived(
        first="the page before"
    )

    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False)
    show = forms.ChoiceField(
        label=_("What is shown"),
        required=False,
        choices=[
            ("works", _("Works of the year")),
            ("later", _("Not in this year")),
            ("never", _("In none of the years")),
        ],
    )
    village = VillageField(
        label=_("Village"), required=False, empty_label=_("Every village")
    )
    kind = forms.ModelChoiceField(
        AssetKind.objects.none(),
        label=_("Kind of facility"),
        required=False,
        empty_label=_("Every kind"),
    )
    treatment = forms.ChoiceField(label=_("Works"), required=False)
    first = forms.IntegerField(
        required=False, min_value=0, max_value=10**7, widget=forms.HiddenInput
    )

    def __init__(self, data: Any, *, plan: UpkeepPlan) -> None:
        super().__init__(data)
        self._plan = plan
        fields: Any = self.fields
        fields["year"].choices = [(year, str(year)) for year in plan.years]
        fields["village"].queryset = villages()
        fields["kind"].queryset = kinds_in_use()
        fields["treatment"].choices = [("", _("Every sort of works"))] + [
            (one.value, one.label) for one in Treatment
        ]

    @property
    def shown(self) -> list[Any]:
        """Return the fields that are not hidden."""
        return [one for one in self if not one.is_hidden]

    def wanted(self) -> Wanted:
        """Return what is asked for; of the years the present one to begin with."""
        self.is_valid()
        told = self.cleaned_data
        present = max(self._plan.first_year, min(today().year, self._plan.last_year))
        village, kind = told.get("village"), told.get("kind")
        return Wanted(
            told.get("year") or present,
            told.get("show") or "works",
            village.pk if village else 0,
            kind.pk if kind else 0,
            told.get("treatment") or "",
            told.get("first") or 0,
        )


class ChoiceForm(forms.Form):
    """One change by hand, as a button of the page names it."""

    sources = asked("choice", "why") | derived(version="upkeep.UpkeepPlan.version")

    choice = forms.RegexField(r"^[a-z]{1,8}:[0-9]{0,4}:[0-9]{0,4}$")
    why = forms.CharField(label=_("Why it is moved"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def change(self, asset_id: int) -> Change:
        """Return it as the action takes it."""
        treatment, out_of, into = self.cleaned_data["choice"].split(":")
        return Change(
            asset_id,
            treatment,
            int(out_of) if out_of else None,
            int(into) if into else None,
        )


class ApproveForm(forms.Form):
    """Until when the year's works are done."""

    sources = asked("until") | derived(version="upkeep.UpkeepPlan.version")

    until = forms.DateField(
        label=_("The year's works are done by"),
        widget=forms.DateInput(DAY, format="%Y-%m-%d"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class CareForm(forms.Form):
    """How long a kind lasts here, and what works on one unit of it cost."""

    sources = asked("life_years", *PRICES, "showy", "source")

    life_years = forms.IntegerField(
        label=_("Years until it has failed if nothing is done"),
        min_value=1,
        max_value=200,
    )
    routine_fen = YuanField(label=_("Routine upkeep of one unit for a year, yuan"))
    light_fen = YuanField(label=_("Small repair of one unit, yuan"))
    heavy_fen = YuanField(label=_("Large repair of one unit, yuan"))
    renewal_fen = YuanField(label=_("Renewal of one unit, yuan"))
    showy = forms.IntegerField(
        label=_("How much of it visitors see, 0 to 100"),
        help_text=_("Only to compare with doing first what is seen most."),
        min_value=0,
        max_value=100,
    )
    source = forms.CharField(
        label=_("Where these figures come from"),
        help_text=_("For example: settled accounts of 2024 and 2025."),
        max_length=200,
    )

    def __init__(self, *args: Any, care: KindCare | None, **more: Any) -> None:
        names = ("life_years", *PRICES, "showy", "source")
        if care is not None:
            more["initial"] = {name: getattr(care, name) for name in names}
        super().__init__(*args, **more)

    def told(self) -> CareTold:
        """Return it as the action takes it."""
        return CareTold(**self.cleaned_data)


class ContractForm(forms.Form):
    """For how much a job was contracted."""

    sources = asked("amount")

    amount = YuanField(label=_("Contracted for, yuan"))


class PaymentForm(forms.Form):
    """One payment for a job."""

    sources = asked("amount", "on", "words")

    amount = YuanField(
        label=_("Paid, yuan"),
        help_text=_("A correction is an amount below zero."),
        min_value=None,
    )
    on = forms.DateField(
        label=_("On which day"), widget=forms.DateInput(DAY, format="%Y-%m-%d")
    )
    words = forms.CharField(label=_("What for"), max_length=120, required=False)
