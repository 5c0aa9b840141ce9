"""What is asked when a second matter is taken out, or an office gets a part."""

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.cases.actions.intake import MOST_TEXT
from luoshi.cases.forms.staff import CategoryField, StepForm, long_field, office_field
from luoshi.commitments.actions.parts import MOST_DAYS
from luoshi.commitments.models import Category
from luoshi.core.forms.places import VillageField
from luoshi.ui.sources import asked, derived


class SplitForm(StepForm):
    """The words, place and kind of the second matter."""

    sources = asked("text", "subject", "category", "village", "place") | derived(
        form_token="the page: one token each"
    )

    text = forms.CharField(
        label=_("The words of the second matter"),
        help_text=_("Leave only what belongs to it; who told it reads these words."),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    subject = forms.CharField(
        label=_("A short title"),
        help_text=_("Empty: its first sentence."),
        max_length=120,
        required=False,
    )
    category = CategoryField(
        queryset=Category.objects.none(),
        label=_("Category"),
        empty_label=_("Choose what it is about"),
        required=False,
    )
    village = VillageField(label=_("Village"), required=False)
    place = forms.CharField(label=_("The exact place"), max_length=120, required=False)
    form_token = forms.CharField(widget=forms.HiddenInput, max_length=64)


class PartForm(StepForm):
    """Which office does what, and until when."""

    sources = asked("organisation", "title", "asked", "workdays")

    organisation = office_field(_("Which office takes it"))
    title = forms.CharField(
        label=_("What this office does, in a few words"),
        help_text=_("Who asked reads it: no names, no telephones."),
        max_length=60,
    )
    asked = long_field(_("What must be there when it is done"))
    workdays = forms.IntegerField(
        label=_("In how many workdays"),
        help_text=_("Empty: on the same day as the whole."),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
    )
