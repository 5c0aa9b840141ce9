"""What staff type for others: an entry at the counter, a reply, a note."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.cases.actions.intake import MOST_TEXT
from luoshi.cases.forms.resident import HELPER, TellerForm, helper_in
from luoshi.cases.forms.sealed import ABOUT
from luoshi.cases.forms.spoken import Spoken
from luoshi.cases.forms.there import ABOUT_THERE, ThereForm
from luoshi.cases.models import Case, Reporter
from luoshi.core.forms.groups import WithGroup
from luoshi.core.forms.places import VillageField
from luoshi.ui.sources import asked, derived


class EntryForm(Spoken, WithGroup, TellerForm, ThereForm):
    """What somebody says by telephone or at the counter."""

    sources = asked(
        "text", "village", "place", "channel", "urgent", "sealed_as"
    ) | derived(form_token="the page: one token each")

    text = forms.CharField(
        label=_("What they say"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
    )
    village = VillageField(
        label=_("Village"),
        empty_label=_("Choose a village"),
    )
    place = forms.CharField(label=_("The exact place"), max_length=120, required=False)
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[
            (Case.Channel.PHONE, Case.Channel.PHONE.label),
            (Case.Channel.COUNTER, Case.Channel.COUNTER.label),
        ],
    )
    urgent = forms.BooleanField(label=_("Urgent"), required=False)
    sealed_as = forms.ChoiceField(
        label=_("Is it about somebody's conduct?"),
        choices=[("", _("No, about a thing or a service")), *ABOUT[1:]],
        required=False,
    )
    form_token = forms.CharField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("How they want the answer"), choices=Reporter.Answer.choices
    )

    field_order = (
        *(
            "text",
            "recording",
            "village",
            "group",
            "place",
            "phone",
            "name",
            "answer",
            "channel",
            "sealed_as",
            "urgent",
            *ABOUT_THERE,
        ),
    )

    def __init__(self, *args: Any, villages: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_villages(villages)
        self.offer_groups(groups)
        labels = (_("Name"), _("What they are to that person"), _("Telephone"))
        for name, label in zip(HELPER, labels, strict=True):
            self.fields[name].label = label

    def told(self) -> dict[str, Any]:
        """Return it as the action takes it."""
        told = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in (*ABOUT_THERE, *HELPER)
        }
        helper = helper_in(self.cleaned_data)
        return told | {"there": self.there(), "helper": helper}


class WordsForm(forms.Form):
    """A reply, or what a recording says."""

    sources = asked("text")

    text = forms.CharField(
        max_length=MOST_TEXT,
        widget=forms.Textarea,
        error_messages={"required": _("Write one sentence.")},
    )


class NoteForm(Spoken):
    """A note, typed or spoken."""

    sources = asked("text")

    text = forms.CharField(max_length=MOST_TEXT, required=False, widget=forms.Textarea)
