"""What is asked on a round, and of a resident at the plate."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.cases.forms.resident import PhotosField, clean_phone
from luoshi.core.clock import today
from luoshi.core.forms.places import VillageField
from luoshi.core.queries import villages
from luoshi.ui.sources import asked, derived, trap
from luoshi.ui.wording import day
from luoshi.upkeep.actions import Seen
from luoshi.upkeep.actions.repairs import MOST_WORDS
from luoshi.upkeep.models import AssetKind
from luoshi.upkeep.models.kinds import ROAD_GRADES, Severity
from luoshi.upkeep.queries import kinds_in_use
from luoshi.upkeep.queries.rounds import AHEAD_DAYS


class LookForm(forms.Form):
    """One screen a kind: the grade in words, and what is wrong, if anything is."""

    sources = asked("grade", "severity", "words", "photos")

    grade = forms.ChoiceField(label=_("What it looks like"), widget=forms.RadioSelect)
    severity = forms.ChoiceField(
        label=_("Is there something to mend?"),
        widget=forms.RadioSelect,
        required=False,
    )
    words = forms.CharField(
        label=_("What is wrong, and where"),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    photos = PhotosField(
        label=_("Photos"),
        help_text=_("If they help whoever mends it; none is asked for."),
        required=False,
    )

    def __init__(self, *args: Any, kind: AssetKind, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["grade"].choices = [
            (str(grade), _graded(kind, grade)) for grade in range(1, 6)
        ]
        fields["severity"].choices = [
            ("", gettext("Nothing to mend")),
            *((one.value, _by_when(kind, one)) for one in reversed(Severity)),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the words where something is to be mended."""
        told = super().clean() or self.cleaned_data
        if told.get("severity") and not (told.get("words") or "").strip():
            self.add_error(
                "words", gettext("Say what is wrong, so that it can be mended.")
            )
        if not told.get("severity") and (told.get("words") or told.get("photos")):
            self.add_error(
                "severity", gettext("Say how bad it is, so that it has a day.")
            )
        return told

    def seen(self) -> Seen:
        """Return it as the action takes it."""
        told = self.cleaned_data
        return Seen(int(told["grade"]), told["severity"], told["words"])


def _graded(kind: AssetKind, grade: int) -> str:
    look = kind.look_of(grade)
    if kind.is_road:
        told = {"grade": grade, "word": ROAD_GRADES[grade], "look": look}
        return gettext("%(grade)d %(word)s: %(look)s") % told
    return gettext("%(grade)d: %(look)s") % {"grade": grade, "look": look}


def _by_when(kind: AssetKind, severity: Severity) -> str:
    until = today() + timedelta(days=kind.days_for(severity))
    return gettext("%(severity)s. By %(day)s") % {
        "severity": severity.label,
        "day": day(until),
    }


class DayForm(forms.Form):
    """Which part of what is due is shown."""

    sources = asked("village", "kind") | derived(days="the page: what is due today")

    village = VillageField(
        label=_("Village"), required=False, empty_label=_("Every village")
    )
    kind = forms.ModelChoiceField(
        AssetKind.objects.none(),
        label=_("Kind of facility"),
        required=False,
        empty_label=_("Every kind"),
    )
    days = forms.TypedChoiceField(
        label=_("Until when"), required=False, coerce=int, empty_value=None, initial=0
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["kind"].queryset = kinds_in_use()
        fields["village"].queryset = villages()
        fields["days"].choices = [(str(days), _due_within(days)) for days in AHEAD_DAYS]


def _due_within(days: int) -> str:
    if not days:
        return gettext("Due by today")
    return gettext("Due within %(days)d days") % {"days": days}


class PlateForm(forms.Form):
    """What a resident says at the plate; where it is stands there already."""

    sources = (
        asked("words", "danger", "photos", "phone")
        | derived(token="upkeep.actions.fresh_token")
        | trap("website")
    )

    words = forms.CharField(
        label=_("What is wrong?"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Write one sentence, for example: the lamp is out.")
        },
    )
    danger = forms.BooleanField(label=_("Somebody can be hurt by it"), required=False)
    photos = PhotosField(label=_("Photos"), required=False)
    phone = forms.CharField(
        label=_("Telephone"),
        help_text=_("To be told when it is mended. Only who does the work sees it."),
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "class": "short"}
        ),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    website = forms.CharField(required=False)

    def clean_phone(self) -> str:
        """Take a number in any usual writing."""
        return clean_phone(self.cleaned_data["phone"])

    def clean_token(self) -> str:
        """Take only a token of a plate: others belong to other forms."""
        token: str = self.cleaned_data["token"]
        if not token.startswith("plate:"):
            raise forms.ValidationError(gettext("Load the page anew."))
        return token
