"""One thing of an earlier year's list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.projects.actions.earlier import Past
from luoshi.projects.forms.fields import YuanField
from luoshi.projects.models import Earlier
from luoshi.projects.models.lasting import Thing
from luoshi.ui.sources import asked as told_by_a_person


class EarlierForm(forms.Form):
    """Facts from the town's own records; what nobody knows any more stays empty."""

    sources = told_by_a_person(
        *("year", "title", "cost", "years_of_use", "people_a_day"),
        *("upkeep_yearly", "asked", "kind", "appearance"),
    )

    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2200)
    title = forms.CharField(label=_("Project"), max_length=80)
    cost = YuanField(label=_("Cost of building (yuan)"))
    years_of_use = forms.IntegerField(
        label=_("Years that it serves"), min_value=1, max_value=100, required=False
    )
    people_a_day = forms.IntegerField(
        label=_("People who use it a day"), min_value=1, required=False
    )
    upkeep_yearly = YuanField(
        label=_("Upkeep in a year (yuan)"),
        help_text=_("What is really in the budget. Nobody pays for it: 0."),
        min_value=0,
        required=False,
    )
    asked = forms.ChoiceField(
        label=_("Who asked for it"),
        choices=[("", _("Not known yet")), *Earlier.Asked.choices],
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("What kind of thing it is"),
        choices=Thing.choices,
        initial=Thing.OTHER,
    )
    appearance = YuanField(
        label=_("Of its cost, for how it looks (yuan)"), min_value=0, required=False
    )

    def past(self) -> Past:
        """Return it as the action takes it."""
        return Past(**self.cleaned_data)
