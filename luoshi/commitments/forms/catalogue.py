"""What an administrator is asked for about a category."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.commitments.duty_sheet import DIVIDERS
from luoshi.commitments.models import DutyItem
from luoshi.commitments.models.catalogue import UNITS
from luoshi.core.models import Organisation
from luoshi.ui.sources import asked


def _amount(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=365)


class WordsField(forms.CharField):
    """A few words with commas between, kept as a list."""

    def prepare_value(self, value: Any) -> Any:
        """Show a list with commas between."""
        return "、".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Return each word once, in the order typed."""
        told = super().clean(value)
        return list(dict.fromkeys(filter(None, DIVIDERS.split(told))))


class CategoryForm(forms.Form):
    """A category: how long it may take, who usually does it, whose duty it is."""

    sources = asked(
        "name",
        "organisation",
        "term_amount",
        "term_unit",
        "urgent_amount",
        "urgent_unit",
        "duty",
        "keywords",
        "runs_on",
    )

    name = forms.CharField(label=_("What it is called"), max_length=60)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Usual office"),
        required=False,
        empty_label=_("None: chosen at dispatch"),
    )
    term_amount = _amount(_("How long it may take"))
    term_unit = forms.ChoiceField(label=_("Counted in"), choices=UNITS)
    urgent_amount = _amount(_("How long if it is urgent"))
    urgent_unit = forms.ChoiceField(label=_("If urgent, counted in"), choices=UNITS)
    duty = forms.ModelChoiceField(
        DutyItem.objects.none(),
        label=_("Line of the list of duties"),
        required=False,
        empty_label=_("None"),
    )
    keywords = WordsField(
        label=_("Words by which it is known"),
        required=False,
        max_length=300,
        help_text=_(
            "As residents say it, with commas between. The dispatch desk is proposed "
            "this category where they are written."
        ),
    )
    runs_on = forms.ChoiceField(
        label=_("Its clock in an emergency"),
        choices=[("", _("Stands still")), ("on", _("Runs on: a matter of safety"))],
        required=False,
    )

    def __init__(self, *args: Any, offices: Any, duties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: Any = self.fields
        given["organisation"].queryset = offices
        given["duty"].queryset = duties

    def clean_runs_on(self) -> bool:
        """Return whether its clock runs on."""
        return bool(self.cleaned_data["runs_on"])
