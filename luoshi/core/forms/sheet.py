"""The form with which a spreadsheet comes in."""

from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.core.sheets import ENDINGS
from luoshi.ui.sources import asked


class SheetForm(forms.Form):
    """The file; what is inside is looked at next."""

    sources = asked("sheet")

    most_mb = 50

    sheet = forms.FileField(label=gettext_lazy("The file"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].help_text = _(
            ".xlsx, .xls or .csv, %(most)d MB at most"
        ) % {"most": self.most_mb}

    def clean_sheet(self) -> object:
        """Refuse what cannot be a sheet."""
        sheet = self.cleaned_data["sheet"]
        if Path(sheet.name).suffix.lower() not in ENDINGS:
            raise forms.ValidationError(_("Choose a file in .xlsx, .xls or .csv."))
        if sheet.size > self.most_mb * 1024 * 1024:
            raise forms.ValidationError(
                _("The file is larger than %(most)d MB. Split it.")
                % {"most": self.most_mb}
            )
        return sheet


class SmallSheetForm(SheetForm):
    """A list of villages, figures or duties, read while somebody waits."""

    most_mb = 2
