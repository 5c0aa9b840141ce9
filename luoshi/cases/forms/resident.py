"""The questions that a resident is asked, one a page."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.cases.actions.intake import MOST_TEXT
from luoshi.cases.forms.sealed import NOTHING, about_field
from luoshi.cases.forms.spoken import RecordingField, Spoken
from luoshi.cases.helpers import Helper
from luoshi.cases.models import Reporter
from luoshi.commitments.models import Commitment, Kind, Verdict
from luoshi.commitments.models.verdicts import OPINIONS
from luoshi.core.files import BadFile, check_upload
from luoshi.core.files.check import MOST_FILES
from luoshi.core.forms.groups import WithGroup
from luoshi.core.forms.places import VillageField
from luoshi.core.secrets import BadPhone, normalise_phone
from luoshi.ui.sources import asked, derived, trap


class ManyFiles(forms.ClearableFileInput):
    """A file box that takes several."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Up to six files, each told from its bytes."""

    widget = ManyFiles

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Name the button by which the script takes a chosen file out again."""
        words = {
            "data-remove": gettext_lazy("Take out"),
            "data-busy": gettext_lazy("being made smaller"),
        }
        return {**super().widget_attrs(widget), **words}

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Check every file; the message names the one that is wrong."""
        files = data if isinstance(data, list | tuple) else [data]
        files = [file for file in files if file]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Six files at most. Leave some out."))
        for file in files:
            try:
                check_upload(file)
            except BadFile as error:
                raise forms.ValidationError(str(error)) from error
            file.seek(0)
        return files


class WhatForm(Spoken):
    """Step 1; a recording that was chosen before is kept until it is left out."""

    sources = asked("text", "about", "without")

    text = forms.CharField(
        label=gettext_lazy("What is the matter?"),
        help_text=gettext_lazy("Write as you would say it, as much as you like."),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "max_length": gettext_lazy(
                "That is %(show_value)d characters; %(limit_value)d fit."
            ),
        },
    )

    without = forms.BooleanField(
        label=gettext_lazy("Leave the recording out"), required=False
    )
    about = about_field(required=False)

    field_order = ("text", "recording", "without", "about")

    def __init__(self, *args: Any, kept: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        if not kept:
            del self.fields["without"]

    def heard(self) -> bool:
        """Count the recording that was chosen before."""
        kept = self.kept and not self.cleaned_data.get("without")
        return kept or super().heard()

    def clean_about(self) -> str:
        """Take no answer as "a thing or a service"; the words are looked at later."""
        return self.cleaned_data["about"] or NOTHING


class WhereForm(WithGroup):
    """Step 2."""

    sources = asked("village", "place")

    village = VillageField(
        label=gettext_lazy("Where is it?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose the village; “elsewhere” is fine too.")
        },
    )
    place = forms.CharField(
        label=gettext_lazy("The exact place"),
        help_text=gettext_lazy("For example: by the old tree at the village gate"),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, villages: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_villages(villages)
        self.offer_groups(groups)


def clean_phone(phone: str) -> str:
    """Return the digits of a number; a `ValidationError` says what is wrong."""
    try:
        return normalise_phone(phone) if phone else ""
    except BadPhone as error:
        raise forms.ValidationError(str(error)) from error


class ContactForm(forms.Form):
    """Step 3; also for putting right how somebody can be reached."""

    sources = asked("answer", "phone", "name")

    answer = forms.ChoiceField(
        label=gettext_lazy("How do we reach you?"),
        choices=Reporter.Answer.choices,
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        help_text=gettext_lazy("Only who does the work can see it."),
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "class": "short"}
        ),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "short"}),
    )

    def clean_phone(self) -> str:
        """Take a number in any usual writing."""
        return clean_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        """Ask for the number where an answer by phone is wished."""
        told = super().clean() or self.cleaned_data
        wants_phone = told.get("answer") in ("sms", "call")
        if wants_phone and told.get("phone") == "":
            self.add_error("phone", _("Write the number on which to reach you."))
        return told


class TellerForm(ContactForm):
    """Whose matter it is, and who fills it in for them, if somebody does."""

    sources = asked("helper_*")

    helper_name = forms.CharField(
        label=gettext_lazy("Your own name"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    helper_relation = forms.CharField(
        label=gettext_lazy("What you are to that person"),
        help_text=gettext_lazy("For example: grandson, neighbour, village officer"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    helper_phone = forms.CharField(
        label=gettext_lazy("Your own telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "class": "short"}),
    )

    def clean_helper_phone(self) -> str:
        """Take a number in any usual writing."""
        return clean_phone(self.cleaned_data["helper_phone"])

    def clean(self) -> dict[str, Any]:
        """Reach the person through the helper where they have no telephone."""
        told = self.cleaned_data
        if told.get("phone") == "" and told.get("helper_phone"):
            told["phone"] = told["helper_phone"]
        told = super().clean()
        if self.for_somebody():
            for name in ("helper_name", "helper_relation"):
                if told.get(name) == "":
                    self.add_error(name, _("Fill this in too: it is kept encrypted."))
        return told

    def for_somebody(self) -> bool:
        """Tell whether somebody fills it in for the person."""
        return any(self[name].value() for name in HELPER)


HELPER = ("helper_name", "helper_relation", "helper_phone")


def helper_in(told: dict[str, Any]) -> Helper | None:
    """Return who filled it in, of what was told."""
    name, relation, phone = (told.get(field) or "" for field in HELPER)
    return Helper(name, relation, phone) if name else None


class JoinForm(TellerForm):
    """ "Me too": the token makes a form that is sent twice one voice."""

    sources = derived(form_token="the page: one token each")

    form_token = forms.CharField(max_length=64, widget=forms.HiddenInput)


class SendForm(forms.Form):
    """The last step: photos, if there are any, and a box that people do not see."""

    sources = asked("photos", "about", "waits") | trap("website")

    photos = PhotosField(
        label=gettext_lazy("Photos"),
        help_text=gettext_lazy("Up to six, 10 MB each."),
        required=False,
    )
    website = forms.CharField(required=False, widget=forms.TextInput)
    # Asked where the words could be about somebody's conduct or a child.
    about = about_field(required=True)
    # Asked while the offices are shut and somebody is on duty.
    waits = forms.ChoiceField(
        label=gettext_lazy("Can it wait until the offices open?"),
        help_text=gettext_lazy("If not, whoever is on duty is told at once."),
        choices=[
            ("yes", gettext_lazy("It can wait")),
            ("no", gettext_lazy("No: people or things are in danger now")),
        ],
        initial="yes",
        # A page that was opened before the offices shut does not ask it.
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, asked: bool = False, night: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not asked:
            del self.fields["about"]
        if not night:
            del self.fields["waits"]


class WordForm(Spoken):
    """One more word on a matter."""

    sources = asked("text", "photos")

    text = forms.CharField(
        label=gettext_lazy("Add a word"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    photos = PhotosField(label=gettext_lazy("Photos"), required=False)


class OneOpinion(forms.Form):
    """One question to a deputy in place of two; "not satisfied" is done once more."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["satisfied"]
        solved: Any = self.fields["solved"]
        solved.label = gettext_lazy("Are you satisfied with the answer?")
        solved.choices = OPINIONS

    def clean(self) -> dict[str, Any]:
        """Read from the one answer how the way was seen, too."""
        told = super().clean() or self.cleaned_data
        told["satisfied"] = SATISFIED.get(told.get("solved", ""), "")
        return told


SATISFIED = {
    Verdict.Solved.SOLVED: Verdict.Satisfied.SATISFIED,
    Verdict.Solved.PARTLY: Verdict.Satisfied.NEUTRAL,
    Verdict.Solved.NOT: Verdict.Satisfied.NOT,
}


class VerdictForm(forms.Form):
    """The resident judges."""

    sources = asked("solved", "satisfied", "words", "recording")

    solved = forms.ChoiceField(
        label=gettext_lazy("Is it solved?"),
        choices=Verdict.Solved.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )
    satisfied = forms.ChoiceField(
        label=gettext_lazy("Are you satisfied with how it was done?"),
        choices=Verdict.Satisfied.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )
    words = forms.CharField(
        label=gettext_lazy("What you want to say"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    recording = RecordingField()


class OpinionForm(OneOpinion, VerdictForm):
    """A deputy says what the answer is worth."""


def verdict_form(
    commitment: Commitment, typed: Any = None, files: Any = None
) -> forms.Form:
    """Return the form in which who asked for a matter judges it."""
    deputy = commitment.kind == Kind.PROPOSAL
    asked = OpinionForm if deputy else VerdictForm
    # Beside the form for one more word: no two boxes of a page have one id.
    return asked(typed, files, auto_id="judge_%s")
