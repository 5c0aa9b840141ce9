"""What is asked about papers, scans and templates."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.core.files import BadFile
from luoshi.papers.checking import check_template
from luoshi.papers.models import Kind, Paper
from luoshi.papers.numbering import MOST_MARK
from luoshi.papers.reading import MOST_BYTES
from luoshi.ui.sources import asked

MOST_AT_ONCE = 20


class ManyScans(forms.ClearableFileInput):
    """A file box that takes several."""

    allow_multiple_selected = True


class ScansField(forms.FileField):
    """One scan or a batch of them."""

    widget = ManyScans

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Take the files as they are; each is read on its own later."""
        files = data if isinstance(data, list | tuple) else [data]
        files = [super(ScansField, self).clean(file, initial) for file in files]
        if not files:
            raise forms.ValidationError(self.error_messages["required"])
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(
                _("Twenty files at most. Scan many pages into one PDF.")
            )
        if sum(file.size for file in files) > 2 * MOST_BYTES:
            raise forms.ValidationError(
                _("Together the files are larger than 60 MB. Bring some later.")
            )
        return files


class ScansForm(forms.Form):
    """The scans of papers with their seals."""

    sources = asked("scans")

    scans = ScansField(
        label=gettext_lazy("The scans"),
        help_text=gettext_lazy(
            "JPEG, PNG or PDF, many pages at once. Where each belongs is read from "
            "the code at its top."
        ),
        error_messages={"required": gettext_lazy("Choose at least one file.")},
    )


class FileScanForm(forms.Form):
    """Of which paper a page is."""

    sources = asked("paper")

    paper = forms.ModelChoiceField(
        queryset=Paper.objects.none(),
        label=gettext_lazy("Of which paper is it?"),
        error_messages={"required": gettext_lazy("Choose the paper's number.")},
    )

    def __init__(self, *args: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box = self.fields["paper"]
        assert isinstance(box, forms.ModelChoiceField)
        box.queryset = papers


class CancelForm(forms.Form):
    """Why a paper does not hold."""

    sources = asked("reason")

    reason = forms.CharField(
        label=gettext_lazy("Why it does not hold"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write the reason.")},
    )


class TemplateForm(forms.Form):
    """A town's own Word file for one kind."""

    sources = asked("file")

    file = forms.FileField(
        label=gettext_lazy("The Word file"),
        help_text=gettext_lazy(".docx, 2 MB at most. It is tried before it is used."),
        error_messages={"required": gettext_lazy("Choose a Word file.")},
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_file(self) -> UploadedFile:
        """Try it with sample data; the message says what is wrong."""
        file: UploadedFile = self.cleaned_data["file"]
        try:
            check_template(self.kind, file.read())
        except BadFile as error:
            raise forms.ValidationError(str(error)) from error
        file.seek(0)
        return file


class NumbersForm(forms.Form):
    """Who issues the papers, and what stands before their numbers."""

    sources = asked("issuer", "assignment", "supervision", "answer")

    issuer = forms.CharField(label=gettext_lazy("Who issues them"), max_length=40)
    assignment = forms.CharField(
        label=gettext_lazy("Before the numbers of assignment sheets"),
        max_length=MOST_MARK,
    )
    supervision = forms.CharField(
        label=gettext_lazy("Before the numbers of supervision sheets"),
        max_length=MOST_MARK,
    )
    answer = forms.CharField(
        label=gettext_lazy("Before the numbers of written answers"),
        max_length=MOST_MARK,
    )
