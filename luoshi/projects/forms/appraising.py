"""The appraisal's questions, what a project costs and brings, the villagers' vote."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.consultations.models import Consultation
from luoshi.core.models import Organisation
from luoshi.projects.actions.appraising import Agreed, Answer, Facts
from luoshi.projects.forms.fields import YuanField, day_input, words_input
from luoshi.projects.models import Check, Project, VillageVote
from luoshi.ui.sources import asked


class CheckForm(forms.Form):
    """Each question of the appraisal with an answer and its reason."""

    sources = asked("*")

    def __init__(self, *args: Any, project: Project, **more: Any) -> None:
        super().__init__(*args, **more)
        known = {one.kind: one for one in project.checks.all()}
        for kind in Check.Kind:
            before = known.get(kind)
            self.fields[kind] = forms.ChoiceField(
                label=kind.label,
                choices=Check.Answer.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=before.answer if before else None,
            )
            self.fields[f"{kind}_words"] = forms.CharField(
                label=_("Why: %(question)s") % {"question": kind.label},
                max_length=300,
                required=False,
                widget=words_input(2),
                initial=before.words if before else "",
            )

    def answers(self) -> dict[str, Answer]:
        """Return them as the action takes them."""
        told = self.cleaned_data
        return {kind: Answer(told[kind], told[f"{kind}_words"]) for kind in Check.Kind}


class FactsForm(forms.Form):
    """What it costs and brings; what is not known yet stays empty."""

    sources = asked(
        *("cost", "households", "people_a_day", "years_of_use", "upkeep_owner"),
        *("upkeep_yearly", "builder", "affects_habits", "asks_money", "consultation"),
    )

    cost = YuanField(label=_("Cost of building (yuan)"), required=False)
    households = forms.IntegerField(
        label=_("Households that it reaches"), required=False, min_value=1
    )
    people_a_day = forms.IntegerField(
        label=_("People who use it a day"), required=False, min_value=1
    )
    years_of_use = forms.IntegerField(
        label=_("Years that it serves"), required=False, min_value=1, max_value=100
    )
    upkeep_owner = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Who keeps it up"),
        empty_label=_("Not known yet"),
        required=False,
    )
    upkeep_yearly = YuanField(
        label=_("Upkeep in a year (yuan)"), required=False, min_value=0
    )
    builder = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Who builds it"),
        empty_label=_("Not known yet"),
        required=False,
    )
    affects_habits = forms.BooleanField(
        label=_("It changes what people do every day"), required=False
    )
    asks_money = forms.BooleanField(
        label=_("It asks residents for money or work"), required=False
    )
    consultation = forms.ModelChoiceField(
        Consultation.objects.none(),
        label=_("Its consultation"),
        help_text=_("It has to be answered before the project can be a candidate."),
        empty_label=_("None"),
        required=False,
    )

    def __init__(self, *args: Any, offices: Any, asked: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["upkeep_owner"].queryset = offices
        fields["builder"].queryset = offices
        fields["consultation"].queryset = asked

    def facts(self) -> Facts:
        """Return them as the action takes them."""
        told = dict(self.cleaned_data)
        for name in ("upkeep_owner", "builder", "consultation"):
            one = told.pop(name)
            told[f"{name}_id"] = one.pk if one else None
        return Facts(**told)


class VillageVoteForm(forms.Form):
    """How villagers voted on paying for it."""

    sources = asked(
        "counted", "eligible", "in_favour", "each_pays", "cap", "held_on", "kept_at"
    )

    counted = forms.ChoiceField(
        label=_("Who was counted"), choices=VillageVote.Counted.choices
    )
    eligible = forms.IntegerField(label=_("How many there are"), min_value=1)
    in_favour = forms.IntegerField(label=_("How many agreed"), min_value=0)
    each_pays = YuanField(label=_("What each pays (yuan)"))
    cap = YuanField(label=_("The province's cap for one of them (yuan)"))
    held_on = forms.DateField(label=_("Held on"), widget=day_input())
    kept_at = forms.CharField(label=_("Where the record lies"), max_length=80)

    def agreed(self) -> Agreed:
        """Return it as the action takes it."""
        return Agreed(**self.cleaned_data)
