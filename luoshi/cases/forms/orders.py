"""The forms of orders of other systems: the file, its columns, the pasted text."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from luoshi.cases.limits import MOST_TEXT
from luoshi.cases.models import MainSystem
from luoshi.cases.orders.read import MOMENTS, OrderRow, order_from
from luoshi.cases.orders.systems import MEANINGS, NAMES
from luoshi.core.forms.sheet import SheetForm
from luoshi.core.worktime import Calendar
from luoshi.ui.sources import asked

LABELS = {
    "number": gettext_lazy("Number there"),
    "source": gettext_lazy("How it came"),
    "received": gettext_lazy("Received there"),
    "name": gettext_lazy("Who called"),
    "phone": gettext_lazy("Telephone"),
    "sort": gettext_lazy("Sort"),
    "subject": gettext_lazy("Title"),
    "text": gettext_lazy("What was told"),
    "place": gettext_lazy("Place"),
    "urgency": gettext_lazy("Urgency"),
    "due": gettext_lazy("Due there"),
    "unit": gettext_lazy("Unit"),
    "state": gettext_lazy("State there"),
    "ended": gettext_lazy("Closed there"),
    "result": gettext_lazy("Result there"),
    "solved": gettext_lazy("Call-back: solved"),
    "satisfied": gettext_lazy("Call-back: satisfied"),
    "repeats": gettext_lazy("Repeats the number"),
}
# What a pasted order shows for correction, in this order.
PASTED = (
    *("number", "received", "due", "urgency", "name", "phone", "place"),
    *("subject", "text", "source", "sort", "state", "ended", "solved", "satisfied"),
)
MEANS = {
    "urgent": gettext_lazy("Words that say it is urgent"),
    "ended": gettext_lazy("Words that say it is closed there"),
    "withdrawn": gettext_lazy("Words that say it was withdrawn"),
    "solved": gettext_lazy("Call-back words for solved"),
    "partly": gettext_lazy("Call-back words for partly solved"),
    "not": gettext_lazy("Call-back words for not solved"),
    "unreached": gettext_lazy("Call-back words for nobody reached"),
    "satisfied": gettext_lazy("Call-back words for satisfied"),
    "neutral": gettext_lazy("Call-back words for so-so"),
    "dissatisfied": gettext_lazy("Call-back words for not satisfied"),
}


def _choices(systems: list[MainSystem]) -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in systems]


class SystemSheetForm(SheetForm):
    """An export, and the system that it comes from."""

    sources = asked("system")

    system = forms.ChoiceField(label=gettext_lazy("Main system"))

    def __init__(self, *args: Any, systems: list[MainSystem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["system"].choices = _choices(systems)  # type: ignore[attr-defined]


class PasteForm(forms.Form):
    """The text of one order, and the system that it comes from."""

    sources = asked("system", "pasted")

    system = forms.ChoiceField(label=gettext_lazy("Main system"))
    pasted = forms.CharField(
        label=gettext_lazy("The order's text"),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=MOST_TEXT * 2,
    )

    def __init__(self, *args: Any, systems: list[MainSystem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["system"].choices = _choices(systems)  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """What was found in a pasted order, to be put right."""

    sources = asked("*")

    def __init__(self, *args: Any, calendar: Calendar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._calendar = calendar
        for key in PASTED:
            rows = 8 if key == "text" else 0
            self.fields[key] = forms.CharField(
                label=LABELS[key],
                required=key in ("number", "text"),
                widget=forms.Textarea(attrs={"rows": rows}) if rows else None,
            )
        hint = _("for example: 2026-03-06 10:43")
        for key in ("received", "due"):
            self.fields[key].help_text = hint

    def clean(self) -> dict[str, Any]:
        """Read it as a row of an export is read; what is wrong is said the same way."""
        told = {key: value for key, value in self.cleaned_data.items() if value}
        words = {key: value for key, value in told.items() if key not in MOMENTS}
        raw = {key: value for key, value in told.items() if key in MOMENTS}
        row = order_from(words, raw, calendar=self._calendar)
        if row.fault and not self.errors:
            raise forms.ValidationError(row.fault)
        self.cleaned_data["row"] = row
        return self.cleaned_data

    @property
    def row(self) -> OrderRow:
        """Return the order of a valid form."""
        row: OrderRow = self.cleaned_data["row"]
        return row


class ColumnsForm(forms.Form):
    """Which column of the file is what."""

    sources = asked("*")

    def __init__(
        self, *args: Any, header: list[str], found: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("not in the file")), *((name, name) for name in header)]
        for key in NAMES:
            self.fields[key] = forms.ChoiceField(
                label=LABELS[key],
                choices=choices,
                required=False,
                initial=found.get(key, ""),
            )


class MainSystemForm(forms.Form):
    """What a town knows of a main system."""

    sources = asked("name", "calls_back", "callback_days", "*")

    name = forms.CharField(
        label=pgettext_lazy("of a thing", "What it is called"), max_length=60
    )
    calls_back = forms.BooleanField(
        label=gettext_lazy(
            "It asks the people whether it is solved; the town does not"
        ),
        required=False,
    )
    callback_days = forms.IntegerField(
        label=gettext_lazy("Days after the reply in which a call-back is waited for"),
        help_text=gettext_lazy(
            "Then the matter is closed without a verdict and says so; a call-back that "
            "comes later still counts. Empty: it waits without an end."
        ),
        min_value=1,
        max_value=365,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for meaning in MEANINGS:
            self.fields[meaning] = forms.CharField(
                label=MEANS[meaning], required=False, max_length=200
            )
        self.fields["reply_layout"] = forms.CharField(
            label=_("The reply as it is written there"),
            widget=forms.Textarea(attrs={"rows": 10}),
            required=False,
            max_length=2_000,
        )

    def words(self) -> dict[str, list[str]]:
        """Return the words of each meaning; marks between them do not matter."""
        told = self.cleaned_data
        return {
            meaning: [
                word
                for word in told[meaning]
                .replace("，", "、")
                .replace(",", "、")
                .split("、")
                if word
            ]
            for meaning in MEANINGS
        }


def system_as_told(system: MainSystem) -> dict[str, Any]:
    """Return a system as its form shows it."""
    words = {meaning: "、".join(system.words.get(meaning, [])) for meaning in MEANINGS}
    return words | {
        "name": system.name,
        "calls_back": system.calls_back,
        "callback_days": system.callback_days,
        "reply_layout": system.reply_layout,
    }
