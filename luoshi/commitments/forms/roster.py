"""What is asked about a shift: who takes it, and a word at its beginning."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.commitments.models import Shift
from luoshi.core.models import Person
from luoshi.ui.sources import asked
from luoshi.ui.wording import day


class ShiftField(forms.ModelChoiceField):
    """A shift, shown with its day, its name and who is on duty."""

    def label_from_instance(self, obj: Shift) -> str:
        """Name the day first, for that is what people swap by."""
        return f"{day(obj.starts_at)} {obj.name} {obj.person.name}"


class SwapForm(forms.Form):
    """Whose place is taken, who takes it, and what is taken in return."""

    sources = asked("place", "person", "in_return")

    place = forms.ChoiceField(label=_("Whose place"), widget=forms.RadioSelect)
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who takes it"), empty_label=_("Choose somebody")
    )
    in_return = ShiftField(
        Shift.objects.none(),
        label=_("A shift of theirs taken in return"),
        required=False,
        empty_label=_("None"),
    )

    def __init__(
        self, *args: Any, places: Any, people: Any, shifts: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        given: Any = self.fields
        given["place"].choices = places
        given["place"].initial = places[0][0]
        given["person"].queryset = people
        given["in_return"].queryset = shifts

    def told(self) -> dict[str, Any]:
        """Return what was asked for as the action takes it."""
        back = self.cleaned_data["in_return"]
        return {
            "person_id": self.cleaned_data["person"].pk,
            "leader": self.cleaned_data["place"] == "leader",
            "in_return_id": back.pk if back else None,
        }


class ConfirmForm(forms.Form):
    """Taking a shift over."""

    sources = asked("words")

    words = forms.CharField(
        label=_("A word for the shift"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
