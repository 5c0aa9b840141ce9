"""Forms of the public ledger: filters, a neighbour's word, what to publish."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.cases.actions.covering import read_boxes
from luoshi.cases.actions.publish import MOST_SIGNAL, MOST_WORDS, Public
from luoshi.cases.ledger import Filters
from luoshi.cases.staff_queries import categories, villages
from luoshi.core.forms.places import VillageField
from luoshi.core.models import StoredFile
from luoshi.ui.sources import asked, derived

LIGHTS = [
    ("", _("Any light")),
    ("late", _("Overdue")),
    ("soon", _("Due soon")),
    ("ok", _("On time")),
    ("paused", _("Clock paused")),
    ("waiting", _("Waiting for the verdict")),
    ("promise", _("Promised for later")),
    ("closed", _("Closed")),
]


class FilterForm(forms.Form):
    """What the reader of the ledger narrows to."""

    sources = asked("q", "village", "light", "kind")

    q = forms.CharField(label=_("Words"), required=False, max_length=60)
    village = VillageField(
        label=_("Village"), required=False, empty_label=_("Any village")
    )
    light = forms.ChoiceField(
        label=_("Where it stands"), choices=LIGHTS, required=False
    )
    kind = forms.ModelChoiceField(
        queryset=None,
        label=_("What it is about"),
        required=False,
        empty_label=_("Any kind"),
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["village"].queryset = villages()  # type: ignore[attr-defined]
        self.fields["kind"].queryset = categories()  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """Return what was chosen; what makes no sense narrows nothing."""
        self.is_valid()
        told = self.cleaned_data
        village, kind = told.get("village"), told.get("kind")
        return Filters(
            village.pk if village else None,
            kind.pk if kind else None,
            told.get("light", ""),
            told.get("q", "").strip(),
        )


class SignalForm(forms.Form):
    """What a neighbour adds to "still broken"."""

    sources = asked("words")

    words = forms.CharField(
        label=_("What is still broken, and where"),
        required=False,
        max_length=MOST_SIGNAL,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PublishForm(forms.Form):
    """The public text, the mark that it was checked, and which photos."""

    sources = asked("words", "looked", "checked", "photo-*", "boxes-*") | derived(
        title="cases.Case.subject"
    )

    title = forms.CharField(label=_("Public title"), max_length=120)
    words = forms.CharField(
        label=_("Public text"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("No names, telephones or house numbers."),
    )
    looked = forms.BooleanField(
        label=_("I looked at the doubtful places; they lead to nobody"),
        required=False,
    )
    checked = forms.BooleanField(
        label=_("I checked it for secrets; it may be public"),
        error_messages={
            "required": _("Check the text for what must not be public, then tick it.")
        },
    )

    def __init__(self, *args: Any, photos: list[StoredFile], **more: Any) -> None:
        super().__init__(*args, **more)
        self.photos = photos
        for photo in photos:
            self.fields[f"photo-{photo.pk}"] = forms.BooleanField(
                label=_("Publish this photo"), required=False
            )
            self.fields[f"boxes-{photo.pk}"] = forms.CharField(
                label=_("What to cover"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "data-boxes": ""}),
                help_text=_(
                    "Drag over faces and plates. Or write left, top, width and "
                    "height in percent, one line for each."
                ),
            )

    def photo_fields(self) -> list[tuple[StoredFile, Any, Any]]:
        """Return each photo with its two fields."""
        return [
            (photo, self[f"photo-{photo.pk}"], self[f"boxes-{photo.pk}"])
            for photo in self.photos
        ]

    def clean(self) -> dict[str, Any]:
        """Read what to cover; the message names the line that is wrong."""
        told = super().clean() or self.cleaned_data
        for photo in self.photos:
            name = f"boxes-{photo.pk}"
            try:
                told[name] = read_boxes(told.get(name, ""))
            except ValueError as error:
                self.add_error(
                    name,
                    _("Line %(line)s must be four numbers from 0 to 100.")
                    % {"line": error},
                )
        return told

    def public(self) -> Public:
        """Return what is to be published."""
        told = self.cleaned_data
        return Public(
            told["title"],
            told["words"],
            told["checked"],
            told["looked"],
            {
                photo.pk: told[f"boxes-{photo.pk}"]
                for photo in self.photos
                if told[f"photo-{photo.pk}"]
            },
        )
