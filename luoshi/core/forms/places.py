"""The choice of a village, and of those that become one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.core.actions import Joining
from luoshi.core.clock import today
from luoshi.core.models import Village
from luoshi.core.villages import village_now
from luoshi.ui.sources import asked, derived


class VillageField(forms.ModelChoiceField):
    """One of today's villages; the number of a former one means what it is now."""

    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=Village.objects.none(), **more)

    def to_python(self, value: Any) -> Any:
        """Read a village, also where an old address or view names a former one."""
        if str(value or "").isdecimal():
            village = village_now(int(value))
            value = village.pk if village else value
        return super().to_python(value)


class JoinForm(forms.Form):
    """Which villages end, what goes on, from which day, and what was looked at last."""

    sources = asked("ended", "into", "name", "day") | derived(
        looked="what was looked at last"
    )

    ended = forms.ModelMultipleChoiceField(
        Village.objects.none(),
        label=_("Which villages end"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the villages that end.")},
    )
    into = VillageField(
        label=_("What they become part of"),
        required=False,
        empty_label=_("A new village"),
    )
    name = forms.CharField(
        label=_("What the new village is called"), max_length=60, required=False
    )
    day = forms.DateField(
        label=_("From which day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        initial=today,
    )
    looked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, villages: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["ended"].queryset = fields["into"].queryset = villages

    def joining(self) -> Joining:
        """Return what is asked for."""
        told = self.cleaned_data
        into = told["into"]
        return Joining(
            tuple(one.pk for one in told["ended"]),
            told["day"],
            into.pk if into else None,
            "" if into else told["name"],
        )

    def mark(self) -> str:
        """Return what stands for exactly these answers."""
        return str(self.joining())
