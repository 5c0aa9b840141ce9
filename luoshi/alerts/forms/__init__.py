"""What is asked for about households, call-outs, moves and notices."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.alerts import rules
from luoshi.alerts.actions import Written
from luoshi.alerts.models import GroupNotice, MoveLine, Shelter
from luoshi.alerts.wording import MOST_TEXT
from luoshi.core.clock import SHANGHAI, now, today
from luoshi.core.models import Village
from luoshi.ui.sources import asked, derived

DATE = {"type": "date"}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs=DATE, format="%Y-%m-%d")


class _Chosen(forms.Form):
    """Villages and kinds of households to choose from."""

    def __init__(
        self,
        *args: Any,
        villages: QuerySet[Village],
        kinds: list[str],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        if "villages" in fields:
            fields["villages"].queryset = villages
        if "kinds" in fields:
            fields["kinds"].choices = [(kind, kind) for kind in kinds]


def _villages(label: Any, **more: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        Village.objects.none(),
        label=label,
        widget=forms.CheckboxSelectMultiple,
        **more,
    )


def _kinds() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Which kinds of households"),
        help_text=_("None chosen means all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class BringForm(forms.Form):
    """Until when the list is kept, and whether it is the whole one."""

    sources = asked("erase_on", "whole")

    erase_on = forms.DateField(
        label=_("Erase names and telephones on"),
        help_text=_("The end of the flood season, for example. One year at most."),
        widget=_day(),
    )
    whole = forms.BooleanField(
        label=_("This is the whole list: take off who it does not name"),
        required=False,
    )


class AlertForm(_Chosen):
    """What a call-out is about, and who is called."""

    sources = asked("title", "words", "villages", "kinds")

    title = forms.CharField(
        label=_("What it is about"),
        help_text=_("For example: red rainstorm warning, low-lying homes"),
        max_length=60,
    )
    words = forms.CharField(
        label=_("What callers say"),
        help_text=_("In the order a person would say it: what comes, what to do, when"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    villages = _villages(_("Which villages"))
    kinds = _kinds()

    def told(self) -> dict[str, Any]:
        """Return it as the action takes it."""
        data = dict(self.cleaned_data)
        data["villages"] = [village.pk for village in data["villages"]]
        return data


class ShelterForm(forms.Form):
    """Where people can be taken in."""

    sources = asked("name", "room_for", "keeper")

    name = forms.CharField(label=_("Name of the place"), max_length=60)
    room_for = forms.IntegerField(
        label=_("Room for how many people"), min_value=1, max_value=100_000
    )
    keeper = forms.CharField(
        label=_("Who opens it, with telephone"), max_length=80, required=False
    )


class PlanForm(_Chosen):
    """Who goes where, and how."""

    sources = asked("village", "kinds", "shelter", "transport")

    village = forms.ModelChoiceField(
        Village.objects.none(), label=_("Village"), empty_label=_("Choose a village")
    )
    kinds = _kinds()
    shelter = forms.ModelChoiceField(
        Shelter.objects.none(),
        label=_("Where they go"),
        empty_label=_("Choose a shelter"),
    )
    transport = forms.ChoiceField(
        label=_("How they get there"), choices=MoveLine.Transport.choices
    )

    def __init__(self, *args: Any, shelters: QuerySet[Shelter], **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["village"].queryset = more["villages"]
        fields["shelter"].queryset = shelters

    def told(self) -> dict[str, Any]:
        """Return it as the action takes it."""
        data = dict(self.cleaned_data)
        data["village_id"] = data.pop("village").pk
        data["shelter_id"] = data.pop("shelter").pk
        return data


class MoveForm(forms.Form):
    """Where one household goes instead, and how."""

    sources = asked("shelter", "transport")

    shelter = forms.ModelChoiceField(Shelter.objects.none(), empty_label=None)
    transport = forms.ChoiceField(choices=MoveLine.Transport.choices)

    def __init__(self, *args: Any, shelters: QuerySet[Shelter], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["shelter"]
        field.queryset = shelters


class NoticeForm(_Chosen):
    """What is said to many."""

    sources = asked("title", "text", "shown_until", "villages", "kinds") | derived(
        version="alerts.Notice.version"
    )

    title = forms.CharField(
        label=_("Title"),
        help_text=_("Every page shows it in one line while it holds."),
        max_length=60,
    )
    text = forms.CharField(
        label=_("What to say"),
        help_text=_(
            "What happens, where, from when, what to do, whom to call. It is read "
            "aloud too."
        ),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    shown_until = forms.DateField(
        label=_("Last day on which pages show it"), widget=_day()
    )
    villages = _villages(
        _("Messages go to which villages"),
        required=False,
        help_text=_("None chosen means all."),
    )
    kinds = _kinds()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_shown_until(self) -> datetime:
        """Return the end of that day."""
        day = self.cleaned_data["shown_until"]
        return datetime.combine(day + timedelta(days=1), time.min, SHANGHAI)

    def written(self) -> Written:
        """Return it as the action takes it."""
        data = self.cleaned_data
        return Written(
            title=data["title"],
            text=data["text"],
            shown_until=data["shown_until"],
            villages=[village.pk for village in data["villages"]],
            kinds=data["kinds"],
        )


def start_of(notice: GroupNotice | None) -> dict[str, Any]:
    """Return what a notice's form is filled in with."""
    if notice is None:
        return {"shown_until": today() + timedelta(days=1)}
    last = notice.shown_until.astimezone(SHANGHAI) - timedelta(seconds=1)
    return {
        "title": notice.title,
        "text": notice.text,
        "shown_until": max(last, now()).astimezone(SHANGHAI).date(),
        "villages": notice.villages.all(),
        "kinds": notice.kinds,
        "version": notice.version,
    }


RULES = [
    (rules.ALWAYS, _("Always")),
    (rules.NOT_IN_EMERGENCY, _("Except while an emergency mode is on")),
    (rules.NEVER, _("Never")),
]


class RuleForm(forms.Form):
    """When a leader's word is needed before a notice leaves."""

    sources = asked("rule")

    rule = forms.ChoiceField(
        label=_("A leader lets a notice go before it leaves"),
        choices=RULES,
        widget=forms.RadioSelect,
    )
