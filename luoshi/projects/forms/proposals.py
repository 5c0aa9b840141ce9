"""A round and its stages, and what is proposed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.core.models import Village
from luoshi.projects.actions.cycles import ORDER, Opening, usual_days
from luoshi.projects.actions.proposals import MOST_NEED, Idea
from luoshi.projects.forms.fields import YuanField, day_input, words_input
from luoshi.projects.models import Source, Stage
from luoshi.topics.models import Topic
from luoshi.ui.sources import asked, derived, trap


def _village(villages: QuerySet[Village], **more: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(villages, required=False, **more)


class CycleForm(forms.Form):
    """A year's round: whose it is, how much money there is, and when what happens."""

    sources = asked("year", "title", "village", "budget") | derived(
        **{
            f"{name}_{end}": "projects.actions.cycles.usual_days"
            for name in ORDER
            for end in ("opens", "closes")
        }
    )

    year = forms.IntegerField(
        label=_("Year in which it is built"), min_value=2000, max_value=2100
    )
    title = forms.CharField(label=_("What it is called"), max_length=80)
    village = forms.ModelChoiceField(
        Village.objects.none(),
        label=_("Only for one village, over its own money"),
        empty_label=_("The whole town"),
        required=False,
    )
    budget = YuanField(label=_("Money that there is (yuan)"))

    def __init__(
        self, *args: Any, villages: QuerySet[Village], year: int, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["village"]
        field.queryset = villages
        for name, (opens, closes) in usual_days(year).items():
            label = {"stage": Stage.Name(name).label}
            self.fields[f"{name}_opens"] = forms.DateField(
                label=_("%(stage)s: from") % label, widget=day_input(), initial=opens
            )
            self.fields[f"{name}_closes"] = forms.DateField(
                label=_("%(stage)s: until") % label, widget=day_input(), initial=closes
            )

    def opening(self) -> Opening:
        """Return it as the action takes it."""
        told = self.cleaned_data
        return Opening(
            year=told["year"],
            title=told["title"],
            budget=told["budget"],
            village_id=told["village"].pk if told["village"] else None,
            days={
                name: (told[f"{name}_opens"], told[f"{name}_closes"]) for name in ORDER
            },
        )


class ProposeForm(forms.Form):
    """What a resident proposes."""

    sources = asked("title", "need", "village") | trap("website")

    title = forms.CharField(
        label=_("What should be there"),
        help_text=_("In a few words, for example: a footbridge to the school"),
        max_length=80,
    )
    need = forms.CharField(
        label=_("What is missing today, and for whom"),
        help_text=_("Everybody will read it: no names and no telephone numbers."),
        max_length=MOST_NEED,
        widget=words_input(5),
    )
    village = forms.ModelChoiceField(
        Village.objects.none(),
        label=_("Where"),
        empty_label=_("The whole town"),
        required=False,
    )
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, villages: QuerySet[Village], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["village"]
        field.queryset = villages

    def idea(self, cycle_id: int) -> Idea:
        """Return it as the action takes it."""
        told = self.cleaned_data
        village = told["village"].pk if told["village"] else None
        return Idea(cycle_id, told["title"], told["need"], village)


class EnterForm(ProposeForm):
    """What came on paper, from a village, from an office, or stands in a topic."""

    sources = asked("kind", "topic")

    kind = forms.ChoiceField(
        label=_("From where it was heard"),
        choices=[one for one in Source.Kind.choices if one[0] != Source.Kind.RESIDENT],
        widget=forms.RadioSelect,
    )
    topic = forms.IntegerField(
        label=_("Number of the topic"),
        help_text=_("Only for what many people report."),
        required=False,
        min_value=1,
    )
    field_order = ["kind", "topic", "title", "need", "village"]

    def clean(self) -> dict[str, Any]:
        """Find the topic that is named."""
        told = super().clean() or {}
        told["topic_id"] = None
        if told.get("kind") == Source.Kind.TOPIC:
            topic = Topic.objects.filter(number=told.get("topic") or 0).first()
            if topic is None:
                self.add_error("topic", _("There is no topic with this number."))
            else:
                told["topic_id"] = topic.pk
        return told

    def entered(self, cycle_id: int, organisation_id: int | None) -> Idea:
        """Return it as the action takes it; an office's own comes from its own hand."""
        told = self.cleaned_data
        own = told["kind"] in (Source.Kind.VILLAGE, Source.Kind.DEPARTMENT)
        return Idea(
            cycle_id,
            told["title"],
            told["need"],
            told["village"].pk if told["village"] else None,
            kind=told["kind"],
            topic_id=told["topic_id"],
            organisation_id=organisation_id if own else None,
        )


class WhyForm(forms.Form):
    """A reason, in words that everybody may read."""

    sources = asked("why")

    why = forms.CharField(
        label=_("The reason, which everybody reads"),
        max_length=300,
        widget=words_input(2),
    )


class IntoForm(forms.Form):
    """Into which proposal it goes."""

    sources = asked("into")

    into = forms.TypedChoiceField(label=_("Into which proposal"), coerce=int)

    def __init__(self, *args: Any, others: list[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["into"]
        field.choices = [(one.number, f"{one.number} {one.title}") for one in others]


class SignedForm(forms.Form):
    """How many signed a list on paper."""

    sources = asked("people", "kept_at")

    people = forms.IntegerField(label=_("How many signed"), min_value=1)
    kept_at = forms.CharField(
        label=_("Where the list lies"),
        help_text=_("The list itself stays there; nobody's name is typed in."),
        max_length=80,
    )


class TopicForm(forms.Form):
    """Which topic says the same."""

    sources = asked("topic")

    topic = forms.IntegerField(label=_("Number of the topic"), min_value=1)

    def clean_topic(self) -> int:
        """Return the topic's key."""
        topic = Topic.objects.filter(number=self.cleaned_data["topic"]).first()
        if topic is None:
            raise forms.ValidationError(_("There is no topic with this number."))
        return int(topic.pk)


class NothingForm(forms.Form):
    """A step that asks for nothing more."""

    sources = asked()


class DaysForm(forms.Form):
    """From which day to which each stage of a round is."""

    sources = asked("*")

    def __init__(self, *args: Any, stages: Sequence[Stage], **more: Any) -> None:
        super().__init__(*args, **more)
        self.stages = stages
        for stage in stages:
            for name, label in (("opens", _("From")), ("closes", _("Until"))):
                self.fields[f"{stage.name}_{name}"] = forms.DateField(
                    label=label,
                    widget=day_input(),
                    initial=stage.opens_on if name == "opens" else stage.closes_on,
                )

    def lines(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return each stage's name with its two days."""
        return [
            (
                str(one.get_name_display()),
                [self[f"{one.name}_opens"], self[f"{one.name}_closes"]],
            )
            for one in self.stages
        ]

    def days(self) -> dict[str, tuple[date, date]]:
        """Return them as the action takes them."""
        told = self.cleaned_data
        return {
            one.name: (told[f"{one.name}_opens"], told[f"{one.name}_closes"])
            for one in self.stages
        }
