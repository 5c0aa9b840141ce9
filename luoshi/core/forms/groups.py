"""The select of a village's groups, shown only in towns that have any."""

from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.core.models import Village, VillageGroup
from luoshi.ui.sources import asked


def groups_of(rows: QuerySet[VillageGroup]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the groups under the name of their village, for one native select."""
    return [
        (village.name, [(group.pk, group.name) for group in groups])
        for village, groups in groupby(rows, key=lambda group: group.village)
    ]


class GroupField(forms.ModelChoiceField):
    """A group of a village; may be left empty."""

    def __init__(self) -> None:
        super().__init__(
            queryset=VillageGroup.objects.none(),
            label=gettext_lazy("Village group"),
            required=False,
        )


class WithGroup(forms.Form):
    """A form that asks for the village, and for its group where there are groups."""

    sources = asked("group")

    group = GroupField()

    def offer_villages(self, villages: QuerySet[Village]) -> None:
        """Ask for the village; a town just set up has none and hears all the same."""
        field: Any = self.fields["village"]
        field.queryset = villages
        field.required = villages.exists()

    def offer_groups(self, rows: QuerySet[VillageGroup]) -> None:
        """Fill the select, or leave it out where no village has groups."""
        field: Any = self.fields["group"]
        choices = groups_of(rows)
        if not choices:
            del self.fields["group"]
            return
        field.queryset = rows
        field.choices = [("", _("Not needed")), *choices]

    def clean(self) -> dict[str, Any]:
        """Refuse a group of another village."""
        told = super().clean() or self.cleaned_data
        group, village = told.get("group"), told.get("village")
        if group and village and group.village_id != village.pk:
            self.add_error(
                "group",
                _("%(group)s belongs to %(village)s. Choose the one or the other.")
                % {"group": group.name, "village": group.village.name},
            )
        return told
