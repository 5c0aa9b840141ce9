"""What begins something that needs years, and its yearly word."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.core.models import Person, Village
from luoshi.engines.appraisal.industry import LONGEST, SHORTEST
from luoshi.projects.actions.ventures import Beginning, YearsWord
from luoshi.projects.forms.fields import YuanField, words_input
from luoshi.projects.models import Venture
from luoshi.ui.sources import asked, derived


class BeginningForm(forms.Form):
    """What is to grow, what it costs, who shares, and what may fail."""

    sources = asked("*")

    title = forms.CharField(label=_("What is to grow"), max_length=80)
    why = forms.CharField(
        label=_("Why here, and for whom"),
        help_text=_("Everybody will read it: no names and no telephone numbers."),
        max_length=600,
        widget=words_input(4),
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=Venture.Kind.choices)
    village = forms.ModelChoiceField(
        Village.objects.none(),
        label=_("Where"),
        empty_label=_("The whole town"),
        required=False,
    )
    leader = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who answers for it"),
        help_text=_("It goes on with the post when somebody else takes it."),
    )
    begins = forms.IntegerField(label=_("First year"), min_value=2000, max_value=2100)
    years = forms.IntegerField(
        label=_("For how many years (5 to 10)"),
        min_value=SHORTEST,
        max_value=LONGEST,
    )
    income_from = forms.IntegerField(
        label=_("No income is asked for before the year"),
        min_value=2001,
        max_value=2110,
    )
    full_from = forms.IntegerField(
        label=_("Fully grown in the year"), min_value=2001, max_value=2110
    )
    paid = YuanField(label=_("What the town pays in all (yuan)"), min_value=0)
    pay_years = forms.IntegerField(
        label=_("Paid over how many years"), min_value=1, max_value=LONGEST
    )
    running = YuanField(label=_("What running it costs a year (yuan)"), min_value=0)
    first_sales = YuanField(
        label=_("Sales in the first year with income (yuan)"), min_value=0
    )
    full_sales = YuanField(label=_("Sales when fully grown (yuan)"), min_value=0)
    sharing = forms.ChoiceField(
        label=_("How farmers share"), choices=Venture.Sharing.choices
    )
    farmers = forms.IntegerField(
        label=_("What of the sales goes to farmers (%)"), min_value=0, max_value=100
    )
    risk_words = forms.CharField(
        label=_("Why the market may fail"), max_length=300, widget=words_input(2)
    )
    price_risk = forms.IntegerField(
        label=_("By how much the price may fall (%)"), min_value=0, max_value=100
    )
    harvest_risk = forms.IntegerField(
        label=_("How much may not be sold or not grow (%)"), min_value=0, max_value=100
    )

    def __init__(
        self,
        *args: Any,
        villages: QuerySet[Village],
        leaders: QuerySet[Person],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["village"].queryset = villages
        fields["leader"].queryset = leaders

    def beginning(self) -> Beginning:
        """Return it as the action takes it."""
        told = dict(self.cleaned_data)
        village, leader = told.pop("village"), told.pop("leader")
        return Beginning(
            **told,
            village_id=village.pk if village else None,
            leader_id=leader.pk,
        )


class WordForm(forms.Form):
    """Whether it goes on, and why."""

    sources = asked("go_on", "reason", "decided_by") | derived(
        year="projects.ventures.years_without_word"
    )

    year = forms.TypedChoiceField(label=_("For the year"), coerce=int)
    go_on = forms.TypedChoiceField(
        label=_("On or stop"),
        choices=[("yes", _("It goes on")), ("no", _("It stops"))],
        coerce=lambda told: told == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("The reason, which everybody reads"),
        max_length=300,
        widget=words_input(3),
    )
    decided_by = forms.CharField(
        label=_("Who decided, and when"),
        help_text=_("For example: the party committee, 3 December."),
        max_length=80,
    )

    def __init__(self, *args: Any, years: list[int], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["year"]
        field.choices = [(year, str(year)) for year in years]
        field.initial = years[0] if years else None

    def word(self) -> YearsWord:
        """Return it as the action takes it."""
        return YearsWord(**self.cleaned_data)
