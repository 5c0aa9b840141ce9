"""Words that may be spoken instead of typed."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.core.files import BadFile, check_recording
from luoshi.core.files.sound import MOST_SECONDS
from luoshi.ui.sources import asked


class RecordingField(forms.FileField):
    """One recording; a script lets the page itself record where the browser can."""

    widget = forms.FileInput

    def __init__(self, **more: Any) -> None:
        told: dict[str, Any] = {
            "label": gettext_lazy("Or say it: a recording"),
            "help_text": gettext_lazy("Up to 5 minutes."),
            "required": False,
        }
        super().__init__(**told | more)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Give the script its words, for it has none of its own."""
        words = {
            "accept": "audio/*",
            "data-remove": gettext_lazy("Take out"),
            "data-record": gettext_lazy("Record here"),
            "data-stop": gettext_lazy("Stop: that is all"),
            "data-failed": gettext_lazy(
                "This browser lets no page record. Record with the telephone's own "
                "recorder, and choose the file here."
            ),
            "data-most": MOST_SECONDS,
        }
        return {**super().widget_attrs(widget), **words}

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        """Take a recording that is short enough; the message says what is wrong."""
        if not data:
            return None
        try:
            check_recording(data)
        except BadFile as error:
            raise forms.ValidationError(str(error)) from error
        data.seek(0)
        return data


class Spoken(forms.Form):
    """A form whose text may be left empty where there is a recording."""

    sources = asked("recording")

    recording = RecordingField()

    def clean(self) -> dict[str, Any]:
        """Ask for a sentence where nothing was said either way."""
        told = super().clean() or self.cleaned_data
        wrong = {"text", "recording"} & self.errors.keys()
        if not wrong and not told.get("text", "").strip() and not self.heard():
            self.add_error("text", _("Write one sentence, or record what you say."))
        return told

    def heard(self) -> bool:
        """Tell whether there is a recording."""
        return bool(self.cleaned_data.get("recording"))
