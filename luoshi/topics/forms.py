"""What is asked for when somebody arranges a topic, or acts on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.cases import staff_queries
from luoshi.core.actors import Staff
from luoshi.core.models import Organisation
from luoshi.topics.actions.arranging import LONGEST_NAME
from luoshi.topics.actions.undertaking import Wanted
from luoshi.topics.models import Topic
from luoshi.topics.queries import other_topics
from luoshi.ui.sources import asked, derived


class NameForm(forms.Form):
    """A name of the town's own."""

    sources = asked("name")

    name = forms.CharField(
        label=_("What the town calls it"),
        help_text=_("Left empty, it is called by its own words again."),
        max_length=LONGEST_NAME,
        required=False,
    )


class IntoForm(forms.Form):
    """The topic into which this one goes."""

    sources = asked("number")

    number = forms.ChoiceField(label=_("It is the same as"))

    def __init__(self, *args: Any, staff: Staff, topic: Topic, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["number"]
        field.choices = [
            (str(one.number), f"{one.number} {one}")
            for one in other_topics(staff, topic)
        ]

    def clean_number(self) -> int:
        """Return the number as a number."""
        return int(self.cleaned_data["number"])


class PutInForm(forms.Form):
    """The number of a matter that belongs here too."""

    sources = asked("number")

    number = forms.CharField(
        label=_("Number of a matter that belongs here too"), max_length=20
    )


class ActForm(forms.Form):
    """What is to be done about the problem itself, by whom, until when."""

    sources = asked("words", "organisation", "until") | derived(
        title="topics.Topic.title"
    )

    title = forms.CharField(label=_("What it is about"), max_length=120)
    words = forms.CharField(
        label=_("What will be there when it is done"),
        help_text=_("What can be seen on the spot, so that another can accept it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Which office does it"),
        empty_label=_("Choose an office"),
    )
    until = forms.DateField(
        label=_("By which day"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        staff_queries.fill(self, "organisation", staff_queries.offices())

    def wanted(self) -> Wanted:
        """Return it as the action takes it."""
        return Wanted(**self.cleaned_data)
