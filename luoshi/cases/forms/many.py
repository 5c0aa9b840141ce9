"""What is asked once for several chosen matters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.cases import staff_queries
from luoshi.cases.bulk import Chosen
from luoshi.cases.forms.staff import CategoryField
from luoshi.cases.models import Case
from luoshi.commitments.models import Category
from luoshi.core.models import Organisation
from luoshi.ui.sources import asked, derived


class ManyForm(forms.Form):
    """The base: what is asked once for all the chosen matters."""

    def __init__(self, *args: Any, chosen: Chosen, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, rows in (
            ("organisation", staff_queries.offices),
            ("category", staff_queries.categories),
        ):
            if name in self.fields:
                staff_queries.fill(self, name, rows())


class DispatchManyForm(ManyForm):
    """One office or each category's own; one category or as it is."""

    sources = asked("organisation", "category", "words")

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Give them to"),
        required=False,
        empty_label=_("The office of each one's category"),
    )
    category = CategoryField(
        Category.objects.none(),
        label=_("Category"),
        required=False,
        empty_label=_("As it is"),
    )
    words = forms.CharField(
        label=_("A word to the office"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SortManyForm(ManyForm):
    """The category of all."""

    sources = asked("category")

    category = CategoryField(
        Category.objects.none(),
        label=_("Category"),
        empty_label=_("Choose what it is about"),
    )


class MergeManyForm(ManyForm):
    """Which of them goes on; the one that came first is proposed."""

    sources = derived(head="cases.Case.received_at: the first that was told")

    head = forms.ChoiceField(label=_("Which one goes on"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, chosen: Chosen, **more: Any) -> None:
        super().__init__(*args, chosen=chosen, **more)
        cases = sorted(chosen.cases, key=lambda case: (case.received_at, case.pk))
        self._cases = {case.number: case for case in cases}
        field = self.fields["head"]
        field.choices = [  # type: ignore[attr-defined]
            (number, f"{number} {case.subject}") for number, case in self._cases.items()
        ]
        field.initial = next(iter(self._cases), None)

    def clean_head(self) -> Case:
        """Return the case that is named."""
        return self._cases[self.cleaned_data["head"]]
