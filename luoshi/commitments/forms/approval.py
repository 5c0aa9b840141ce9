"""What is asked about the path of approval and about deputies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.commitments.models import Category
from luoshi.core.models import Person
from luoshi.ui.sources import asked, derived


class PathForm(forms.Form):
    """Which words a kind of matter needs."""

    sources = asked("category", "urgent", "words")

    category = forms.ModelChoiceField(
        Category.objects.none(),
        label=_("Category"),
        required=False,
        empty_label=_("Every category without a row of its own"),
    )
    urgent = forms.TypedChoiceField(
        label=_("Which matters"),
        choices=[("no", _("ordinary")), ("yes", _("urgent"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )
    words = forms.MultipleChoiceField(
        label=_("What they need"),
        choices=[
            ("propose", _("Before dispatch, the office says who does it")),
            ("instruct", _("Before dispatch, the leader in charge gives a word")),
            ("sign", _("Before the answer leaves, the leader in charge signs")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, categories: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: Any = self.fields
        given["category"].queryset = categories


def _day(label: Any) -> forms.DateField:
    # As browsers read it, whatever the language of the page.
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget)


class DeputyForm(forms.Form):
    """Who acts for whom, from which day to which."""

    sources = asked("person", "deputy", "until") | derived(
        since="core.clock: today at first"
    )

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who is away"), empty_label=None
    )
    deputy = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who acts"), empty_label=_("Choose somebody")
    )
    since = _day(_("First day"))
    until = _day(_("Last day"))

    def __init__(self, *args: Any, away: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: Any = self.fields
        given["person"].queryset = away
        given["deputy"].queryset = people
