"""The administrator's form of one way to a decision."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.consultations.models import StepDone
from luoshi.consultations.tracks import (
    MOST_DAYS,
    MOST_NAME,
    MOST_STEPS,
    MOST_WORKDAYS,
    PUBLISH,
    Step,
    Track,
    name_kept,
)
from luoshi.ui.sources import asked

# So many empty lines stand below the steps there are.
EMPTY = 2


class TrackForm(forms.Form):
    """The days of one way, its steps in their order, and where they come from."""

    sources = asked("days", "most_days", "source", "name-*", "before-*", "workdays-*")

    days = forms.IntegerField(
        label=gettext_lazy("Answers are taken for at least so many days"),
        min_value=1,
        max_value=MOST_DAYS,
    )
    most_days = forms.IntegerField(
        label=gettext_lazy("And for at most so many days"),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
    )
    source = forms.CharField(
        label=gettext_lazy("Where this comes from"),
        help_text=gettext_lazy("The law, the rule or the minutes, with the day."),
        max_length=200,
    )

    def __init__(self, data: Any = None, *, track: Track) -> None:
        initial = {
            "days": track.days,
            "most_days": track.most_days,
            "source": track.source,
        }
        super().__init__(data, initial=initial)
        self.track = track
        lines = min(len(track.steps) + EMPTY, MOST_STEPS)
        for at, step in enumerate([*track.steps, *[None] * MOST_STEPS][:lines], 1):
            self._ask(at, step)

    def _ask(self, at: int, step: Step | None) -> None:
        self.fields[f"name-{at}"] = forms.CharField(
            label=_("Step %(number)d") % {"number": at},
            max_length=MOST_NAME,
            required=False,
            initial=_(step.name) if step else "",
        )
        self.fields[f"before-{at}"] = forms.ChoiceField(
            label=_("Taken when"),
            choices=StepDone.Before.choices,
            initial=step.before if step else PUBLISH,
        )
        self.fields[f"workdays-{at}"] = forms.IntegerField(
            label=_("Workdays at least"),
            min_value=0,
            max_value=MOST_WORKDAYS,
            required=False,
            initial=step.workdays if step else 0,
        )

    @property
    def lines(self) -> Iterator[tuple[forms.BoundField, ...]]:
        """Return the fields of each step, as they stand beside each other."""
        for at in range(1, MOST_STEPS + 1):
            if f"name-{at}" in self.fields:
                yield self[f"name-{at}"], self[f"before-{at}"], self[f"workdays-{at}"]

    def told(self) -> Track:
        """Return the way as it is written; a line without a name is left out."""
        told = self.cleaned_data
        places = [one for one in range(1, MOST_STEPS + 1) if told.get(f"name-{one}")]
        steps = tuple(
            Step(
                name_kept(told[f"name-{at}"]),
                told[f"before-{at}"],
                told[f"workdays-{at}"] or 0,
            )
            for at in places
        )
        return Track(
            self.track.code,
            told["days"],
            told["most_days"],
            steps,
            told["source"].strip(),
        )
