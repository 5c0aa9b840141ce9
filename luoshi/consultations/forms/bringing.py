"""What is asked when a Polis export is brought in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.cases import staff_queries
from luoshi.consultations.actions.bringing import BroughtIn
from luoshi.consultations.maps.uploads import MOST_BYTES
from luoshi.core.models import Organisation
from luoshi.ui.sources import asked, derived


class ManyFiles(forms.ClearableFileInput):
    """A file box that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The files of an export, or its .zip."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Refuse nothing, and too much."""
        files = data if isinstance(data, list | tuple) else [data]
        found = [super(FilesField, self).clean(one, initial) for one in files]
        if not found:
            raise forms.ValidationError(self.error_messages["required"])
        if sum(one.size for one in found) > MOST_BYTES:
            raise forms.ValidationError(
                _("The files are larger than %(most)d MB together.")
                % {"most": MOST_BYTES // 1024 // 1024}
            )
        return found


class UploadForm(forms.Form):
    """The files; what is inside is looked at next."""

    sources = asked("export")

    export = FilesField(
        label=gettext_lazy("The files of the export"),
        help_text=gettext_lazy(
            "Of Polis: votes.csv and comments.csv, summary.csv if there is one, or all "
            "in a .zip. Or the Excel table of answers that Luoshi gives out."
        ),
    )


class BringForm(forms.Form):
    """How it reads here, and who answers what people said, by when."""

    sources = asked("organisation", "until") | derived(
        affected="the page: whoever took part, until somebody says it closer",
        title="the export: its topic",
        question="the export: its description",
        threshold="the export: a tenth of who answered",
    )

    title = forms.CharField(label=gettext_lazy("What it is about"), max_length=60)
    question = forms.CharField(
        label=gettext_lazy("What was asked"),
        help_text=gettext_lazy("In plain words, as one would ask it at the door."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    affected = forms.CharField(label=gettext_lazy("Whom it concerns"), max_length=200)
    threshold = forms.IntegerField(
        label=gettext_lazy("From how many of one mind an answer is owed"),
        min_value=1,
        max_value=32_000,
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Which office answers"),
        empty_label=gettext_lazy("Choose an office"),
    )
    until = forms.DateField(
        label=gettext_lazy("By which day"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        staff_queries.fill(self, "organisation", staff_queries.offices())

    def wanted(self) -> BroughtIn:
        """Return it as the action takes it."""
        return BroughtIn(**self.cleaned_data)
