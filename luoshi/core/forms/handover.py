"""What is asked for when posts change hands: for each post, who comes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.core.actions import Successor
from luoshi.core.clock import today
from luoshi.core.models import Tenure
from luoshi.ui.sources import asked, derived

STAYS, NEW = "", "new"


class DayOfHandoverForm(forms.Form):
    """From which day, and what was looked at last."""

    sources = asked("looked") | derived(day="core.clock: today at first")

    day = forms.DateField(
        label=_("From which day"),
        # A browser reads a date only in this form, whatever the language.
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    looked = forms.CharField(required=False, widget=forms.HiddenInput)


class SuccessorForm(forms.Form):
    """Who comes into one post."""

    sources = asked("person", "name", "username")

    person = forms.ChoiceField(label=_("Who comes"), required=False)
    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    username = forms.CharField(label=_("User name"), max_length=60, required=False)

    def __init__(self, data: Any, *, tenure: Tenure, people: Any, told: Any) -> None:
        super().__init__(data, prefix=f"t{tenure.pk}", initial=told)
        self.tenure = tenure
        field: Any = self.fields["person"]
        field.choices = [
            (STAYS, _("Nobody: it stays as it is")),
            (NEW, _("Somebody new")),
            *((str(one.pk), one.name) for one in people if one.pk != tenure.person_id),
        ]
        # Each row says whose it is, for who hears the page.
        about = f"{tenure.post.title} {tenure.person.name}"
        for name in ("person", "name", "username"):
            label = f"{about}, {self.fields[name].label}"
            self.fields[name].widget.attrs["aria-label"] = label

    def successor(self) -> Successor | None:
        """Return who comes; None where the post stays as it is."""
        told = self.cleaned_data
        if told["person"] == STAYS:
            return None
        if told["person"] == NEW:
            return Successor(
                self.tenure.pk, name=told["name"], username=told["username"]
            )
        return Successor(self.tenure.pk, person_id=int(told["person"]))


class HandoverForms:
    """The day and a row for each post, read together."""

    def __init__(
        self,
        tenures: list[Tenure],
        people: list[Any],
        data: Any = None,
        told: dict[int, dict[str, str]] | None = None,
    ) -> None:
        told = told or {}
        self.head = DayOfHandoverForm(data, initial={"day": today()})
        self.rows = [
            SuccessorForm(data, tenure=tenure, people=people, told=told.get(tenure.pk))
            for tenure in tenures
        ]

    def is_valid(self) -> bool:
        """Read the day and every row."""
        return all([self.head.is_valid(), *(row.is_valid() for row in self.rows)])

    def successors(self) -> list[Successor]:
        """Return who comes into which post."""
        return [one for row in self.rows if (one := row.successor())]

    def mark(self) -> str:
        """Return what stands for exactly these answers."""
        pairs = "|".join(
            f"{one.tenure_id}:{one.person_id or ''}:{one.name}:{one.username}"
            for one in self.successors()
        )
        return f"{self.head.cleaned_data['day'].isoformat()}|{pairs}"
