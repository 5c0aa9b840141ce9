"""A place of the town, and what it is called."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.core.models import NamedPlace, Village
from luoshi.ui.sources import asked


class NamedPlaceForm(forms.Form):
    """A road, an estate or a facility with its names."""

    sources = asked("name", "kind", "aliases", "village")

    name = forms.CharField(label=_("What it is called"), max_length=60)
    kind = forms.ChoiceField(
        label=_("What sort of place"), choices=NamedPlace.Kind.choices
    )
    aliases = forms.CharField(
        label=_("Also called"),
        help_text=_("Several at once: divide them by commas or spaces."),
        max_length=400,
        required=False,
    )
    village = forms.ModelChoiceField(
        Village.objects.none(),
        label=_("Village"),
        required=False,
        empty_label=_("In several villages"),
    )

    def __init__(self, *args: Any, villages: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["village"]
        field.queryset = villages
