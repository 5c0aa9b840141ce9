"""What is asked of one asset, and by what the register is narrowed down."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.core.clock import today
from luoshi.core.forms.places import VillageField
from luoshi.core.models import Organisation
from luoshi.core.queries import villages
from luoshi.ui.sources import asked, derived
from luoshi.upkeep.actions import AssetTold
from luoshi.upkeep.actions.register import Named
from luoshi.upkeep.coordinates import System
from luoshi.upkeep.geometry import BadPlace, Meant, read_geometry
from luoshi.upkeep.models import Asset, AssetKind, Responsible
from luoshi.upkeep.queries import Chosen, keepers, kinds_in_use
from luoshi.upkeep.sheets.given import named_of
from luoshi.upkeep.sheets.tables import person_in

DAY = {"type": "date"}
SYSTEMS = [
    ("", _("Choose: a map's numbers alone do not say it")),
    (System.WGS84.value, _("WGS-84 or CGCS2000: a satellite receiver, 天地图")),
    (System.GCJ02.value, _("GCJ-02: 高德, 腾讯")),
    (System.BD09.value, _("BD-09: 百度")),
]
FACTS = (
    *("name", "village", "place", "amount", "built_year", "project"),
    *("people_served", "owner", "keeper", "last_works_on", "last_works"),
)
# Asked in yuan, kept in fen.
MONEY = {"cost": "replacement_fen", "yearly": "yearly_fen"}
DUTIES = {
    "leads": Responsible.Duty.LEADS,
    "technical": Responsible.Duty.TECHNICAL,
    "watches": Responsible.Duty.WATCHES,
}


class AssetForm(forms.Form):
    """What is written of an asset of one kind; fields that the kind lacks are gone."""

    sources = asked(
        *FACTS,
        "number",
        "road_class",
        "cost",
        "yearly",
        "longitude",
        "latitude",
        "system",
        *DUTIES,
    ) | derived(version="upkeep.Asset.version")

    name = forms.CharField(label=_("Name of the facility"), max_length=80)
    number = forms.CharField(
        label=_("Number"),
        help_text=_("The town's own; left empty, the next one is given."),
        max_length=40,
        required=False,
    )
    village = VillageField(
        label=_("Village"), required=False, empty_label=_("In no village")
    )
    place = forms.CharField(
        label=_("Where exactly"),
        help_text=_("So that a stranger finds it, for example: by the old tree"),
        max_length=120,
        required=False,
    )
    road_class = forms.ChoiceField(
        label=_("Class of road"),
        choices=[("", _("not said")), *Asset.RoadClass.choices],
        required=False,
    )
    amount = forms.IntegerField(label=_("How many"), min_value=1, required=False)
    built_year = forms.IntegerField(
        label=_("Built in the year"), min_value=1900, required=False
    )
    project = forms.CharField(
        label=_("From which project"), max_length=80, required=False
    )
    people_served = forms.IntegerField(
        label=_("People who use it"), min_value=0, max_value=1_000_000, required=False
    )
    owner = forms.CharField(label=_("Whose it is"), max_length=80, required=False)
    keeper = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Who keeps it up"),
        help_text=_("Gets what is found. Left empty: who usually keeps this kind."),
        required=False,
        empty_label=_("As usual for its kind"),
    )
    leads = forms.CharField(
        label=Responsible.Duty.LEADS.label,
        help_text=_("Name, and the position in brackets"),
        max_length=110,
        required=False,
    )
    technical = forms.CharField(
        label=Responsible.Duty.TECHNICAL.label, max_length=110, required=False
    )
    watches = forms.CharField(
        label=Responsible.Duty.WATCHES.label, max_length=110, required=False
    )
    cost = forms.DecimalField(
        label=_("What it would cost to replace, in yuan"),
        min_value=0,
        max_value=10_000_000_000,
        decimal_places=2,
        required=False,
    )
    yearly = forms.DecimalField(
        label=_("What its upkeep costs in a year, in yuan"),
        min_value=0,
        max_value=10_000_000_000,
        decimal_places=2,
        required=False,
    )
    last_works_on = forms.DateField(
        label=_("Last works on"),
        required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )
    last_works = forms.CharField(
        label=_("What was done then"), max_length=120, required=False
    )
    longitude = forms.FloatField(label=_("Longitude"), required=False)
    latitude = forms.FloatField(label=_("Latitude"), required=False)
    system = forms.ChoiceField(
        label=_("Of which map are these numbers"), choices=SYSTEMS, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        kind: AssetKind,
        asset: Asset | None = None,
        **more: Any,
    ) -> None:
        more["initial"] = initial_of(asset) if asset else None
        super().__init__(*args, **more)
        self.kind, self.asset = kind, asset
        fields: Any = self.fields
        fields["village"].queryset = villages()
        fields["keeper"].queryset = keepers()
        if kind.measure == AssetKind.Measure.METRES:
            fields["amount"].label = _("Length in metres")
        gone = [
            *([] if kind.is_road else ["road_class"]),
            *([] if kind.has_responsible else DUTIES),
            *(["number"] if asset else ["version"]),
        ]
        for name in gone:
            del self.fields[name]

    def clean_built_year(self) -> int | None:
        """Refuse a year to come."""
        year: int | None = self.cleaned_data["built_year"]
        if year and year > today().year:
            raise forms.ValidationError(gettext("That year has not begun yet."))
        return year

    def clean_last_works_on(self) -> Any:
        """Refuse a day to come."""
        day = self.cleaned_data["last_works_on"]
        if day and day > today():
            raise forms.ValidationError(gettext("That day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """Read the place; which map it is from is asked, never guessed."""
        told = super().clean() or self.cleaned_data
        point = [told.get("longitude"), told.get("latitude")]
        if point == [None, None]:
            return told
        if None in point or not told.get("system"):
            self.add_error(
                "system", gettext("Write both numbers, and say of which map they are.")
            )
            return told
        meant = Meant(System(told["system"]))
        try:
            told["geometry"] = read_geometry(
                {"type": "Point", "coordinates": point}, meant
            )
        except BadPlace as fault:
            self.add_error("longitude", str(fault))
        return told

    def told(self) -> AssetTold:
        """Return it as the actions take it."""
        said = self.cleaned_data
        facts: dict[str, Any] = {name: said[name] for name in FACTS}
        facts["kind"] = self.kind
        facts |= {name: _fen_of(said[field]) for field, name in MONEY.items()}
        facts["road_class"] = said.get("road_class", "")
        was_line = bool(self.asset and _is_line(self.asset))
        if "geometry" in said or not was_line:
            # Empty boxes beside a line leave the line as it is.
            facts["geometry"] = said.get("geometry")
        return AssetTold(facts, self._responsible(), said.get("number", ""))

    def _responsible(self) -> tuple[Named, ...]:
        return tuple(
            (duty.value, *person_in(self.cleaned_data[name]))
            for name, duty in DUTIES.items()
            if self.cleaned_data.get(name)
        )


def _fen_of(yuan: Decimal | None) -> int | None:
    return None if yuan is None else int(yuan * 100)


def _is_line(asset: Asset) -> bool:
    return (asset.geometry or {}).get("type") == "LineString"


def initial_of(asset: Asset) -> dict[str, Any]:
    """Return what a form for a change is filled in with."""
    told = {name: getattr(asset, name) for name in FACTS}
    told |= named_of(asset) | {"road_class": asset.road_class, "version": asset.version}
    told["village"], told["keeper"] = asset.village_id, asset.keeper_id
    for field, name in MONEY.items():
        if (fen := getattr(asset, name)) is not None:
            told[field] = Decimal(fen) / 100
    if asset.geometry and not _is_line(asset):
        told["longitude"], told["latitude"] = asset.geometry["coordinates"]
        told["system"] = System.WGS84.value
    return told


class RetireForm(forms.Form):
    """Why an asset is there no more."""

    sources = asked("why")

    why = forms.CharField(label=_("Why it is there no more"), max_length=200)


class FilterForm(forms.Form):
    """By what the register is narrowed down."""

    sources = asked("kind", "village", "keeper", "state", "q")

    kind = forms.ModelChoiceField(
        AssetKind.objects.none(),
        label=_("Kind of facility"),
        required=False,
        empty_label=_("Every kind"),
    )
    village = VillageField(
        label=_("Village"), required=False, empty_label=_("Every village")
    )
    keeper = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Who keeps it up"),
        required=False,
        empty_label=_("Whoever keeps it up"),
    )
    state = forms.ChoiceField(
        label=_("How it stands"),
        required=False,
        choices=[
            ("", _("All that stand")),
            ("late", _("Not looked at in time")),
            ("open", _("With something to mend")),
            ("poor", _("Grade 4 or 5")),
            ("unseen", _("Never looked at")),
            ("retired", _("There no more")),
        ],
    )
    q = forms.CharField(
        label=_("Name, number or place"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["kind"].queryset = kinds_in_use()
        fields["village"].queryset = villages()
        fields["keeper"].queryset = keepers()

    def chosen(self) -> Chosen:
        """Return the filters; what cannot be read is left out."""
        self.is_valid()
        told = self.cleaned_data
        return Chosen(
            kind=_id_of(told.get("kind")),
            village=_id_of(told.get("village")),
            keeper=_id_of(told.get("keeper")),
            state=told.get("state") or "",
            words=(told.get("q") or "").strip(),
        )


def _id_of(row: Any) -> int:
    return row.pk if row else 0
