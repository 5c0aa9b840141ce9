"""What is asked for a reply template, a view's name, and several matters at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.core.models import Organisation
from luoshi.ui.sources import asked

MOST_TEMPLATE = 2_000


class ReplyTemplateForm(forms.Form):
    """A title, the text with its names in braces, and whose it is."""

    sources = asked("title", "text", "organisation")

    title = forms.CharField(label=_("Title"), max_length=60)
    text = forms.CharField(
        label=_("Text of the reply"),
        max_length=MOST_TEMPLATE,
        help_text=_(
            "Filled in from the case when it is put in: "
            "{number}, {office}, {due}, {phone}."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Whose template"),
        required=False,
        empty_label=_("For every office"),
    )

    def __init__(self, *args: Any, offices: Any, everybody: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["organisation"]
        field.queryset = offices  # type: ignore[attr-defined]
        if not everybody:
            field.required = True
            field.empty_label = None  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """Return what the action takes."""
        office = self.cleaned_data["organisation"]
        return {
            "title": self.cleaned_data["title"],
            "text": self.cleaned_data["text"],
            "organisation_id": office.pk if office else None,
        }


class ViewNameForm(forms.Form):
    """What a view is called."""

    sources = asked("name")

    name = forms.CharField(label=_("Name of the view"), max_length=30)
