"""What an archivist is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.archive.models import Term
from luoshi.commitments.models import Category
from luoshi.core.clock import today
from luoshi.ui.sources import asked, derived

LET_GO = "let_go"


class BeginForm(forms.Form):
    """Which terms of a year go into one package."""

    sources = asked("terms") | derived(year="the year whose line was chosen")

    year = forms.IntegerField(widget=forms.HiddenInput, min_value=2000, max_value=2100)
    terms = forms.MultipleChoiceField(
        label=_("Kept for how long"),
        choices=Term.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one term at least.")},
    )


class RuleForm(forms.Form):
    """A category's term, and the town's own table that says so."""

    sources = asked("category", "term", "source", "in_force_since")

    category = forms.ModelChoiceField(
        Category.objects.none(),
        label=_("Category"),
        required=False,
        empty_label=_("All the others"),
    )
    term = forms.ChoiceField(label=_("Kept for how long"), choices=Term.choices)
    source = forms.CharField(
        label=_("Which table says so"),
        help_text=_("The town's own table of terms, as the archive office agreed."),
        max_length=200,
    )
    in_force_since = forms.DateField(
        label=_("In force since"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        initial=today,
    )

    def __init__(self, *args: Any, categories: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["category"].queryset = categories


class ChoiceForm(forms.Form):
    """Another term for one matter."""

    sources = asked("term", "reason")

    term = forms.ChoiceField(label=_("Kept for how long"), choices=Term.choices)
    reason = forms.CharField(label=_("The reason"), max_length=200)


class AppraisalForm(forms.Form):
    """What becomes of a file whose term is over."""

    sources = asked("keep", "reason")

    keep = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=[
            (Term.TEN, _("Keep it 10 years longer")),
            (Term.THIRTY, _("Keep it 30 years longer")),
            (Term.PERMANENT, _("Keep it for good")),
            (LET_GO, _("Let it go: it may be erased")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("The reason"), max_length=200)
