"""What the inbox is narrowed to."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.cases import staff_queries
from luoshi.commitments.models import Category
from luoshi.core.forms.places import VillageField
from luoshi.core.models import Organisation
from luoshi.ui.sources import asked

WHOSE_WORDS = {"town": _("The town's"), "office": _("My office's"), "mine": _("Mine")}


class FilterForm(forms.Form):
    """What the list is narrowed to."""

    sources = asked("whose", "village", "category", "organisation")

    whose = forms.ChoiceField(
        label=_("Whose"), choices=list(WHOSE_WORDS.items()), required=False
    )
    village = VillageField(
        label=_("Village"),
        required=False,
        empty_label=_("Every village"),
    )
    category = forms.ModelChoiceField(
        Category.objects.none(),
        label=_("Category"),
        required=False,
        empty_label=_("Every category"),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("In whose hands"),
        required=False,
        empty_label=_("Every office"),
    )


def filled_filter(given: Mapping[str, Any]) -> FilterForm:
    """Return the filter with this town's rows to choose from, checked."""
    form = FilterForm(given)
    staff_queries.fill(form, "village", staff_queries.villages())
    staff_queries.fill(form, "category", staff_queries.categories())
    staff_queries.fill(form, "organisation", staff_queries.offices())
    form.is_valid()
    return form
