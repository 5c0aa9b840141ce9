"""A vote's setting, its slips and booths, ballots, sheets and the decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luoshi.core.clock import SHANGHAI
from luoshi.core.models import Person, Village
from luoshi.projects.actions.ballots import Marks
from luoshi.projects.actions.elections import MOST_SLIPS, Place, Setting
from luoshi.projects.actions.results import Decided
from luoshi.projects.forms.fields import day_input, words_input
from luoshi.projects.models import Candidate, Election
from luoshi.projects.models.voting import BY_POINTS
from luoshi.ui.sources import asked, derived

Form, Rule = Election.Form, Election.Rule


def _rule_field() -> forms.ChoiceField:
    """Ask by which rule it is counted; the form of the ballot says what is counted."""
    own = (Rule.MAJORITY, *BY_POINTS.values())
    return forms.ChoiceField(
        label=_("By which rule it is counted"),
        help_text=_(
            "Where a ballot has places or points, the first four count these instead "
            "of votes; the last two cannot."
        ),
        choices=[one for one in Rule.choices if one[0] not in own],
        widget=forms.RadioSelect,
        initial=Rule.SHARES,
    )


class SettingForm(forms.Form):
    """Who votes on what, how a ballot looks, and by which rule it is counted."""

    sources = asked(
        *("title", "closes_on", "form", "most", "points", "rule", "who"),
        *("seats", "deputies"),
    )

    title = forms.CharField(label=_("What the vote is called"), max_length=120)
    closes_on = forms.DateField(label=_("Last day of voting"), widget=day_input())
    form = forms.ChoiceField(
        label=_("What a ballot may say"), choices=Form.choices, widget=forms.RadioSelect
    )
    most = forms.IntegerField(
        label=_("How many it may name, where there is a number"),
        required=False,
        min_value=1,
    )
    points = forms.IntegerField(
        label=_("How many points it shares out, where there are points"),
        required=False,
        min_value=1,
    )
    rule = _rule_field()
    who = forms.ChoiceField(
        label=_("Who has a ballot"),
        choices=[one for one in Election.Who.choices if one[0] != "deputy"],
        widget=forms.RadioSelect,
        initial=Election.Who.ADULT,
    )

    def setting(self, cycle_id: int, kind: str) -> Setting:
        """Return it as the action takes it."""
        return Setting(cycle_id, kind, **self.cleaned_data)


class DeputiesForm(forms.Form):
    """The deputies' decision: the law says how a ballot looks and what is chosen."""

    sources = asked("title", "closes_on", "deputies", "seats")

    title = forms.CharField(label=_("What the vote is called"), max_length=120)
    closes_on = forms.DateField(label=_("Day of the session"), widget=day_input())
    deputies = forms.IntegerField(
        label=_("How many deputies there are in all"), min_value=1, max_value=2000
    )
    seats = forms.IntegerField(
        label=_("How many projects are chosen at most"),
        help_text=_("Fewer than there are candidates."),
        min_value=1,
    )

    def setting(self, cycle_id: int, kind: str) -> Setting:
        """Return it as the action takes it."""
        told = self.cleaned_data
        return Setting(
            cycle_id,
            kind,
            form=Form.LIMIT,
            rule=Rule.MAJORITY,
            who=Election.Who.DEPUTY,
            most=told["seats"],
            **told,
        )


class SlipsForm(forms.Form):
    """How many slips are printed, for which village."""

    sources = asked("count", "village")

    count = forms.IntegerField(
        label=_("How many slips"), min_value=1, max_value=MOST_SLIPS
    )
    village = forms.ModelChoiceField(
        Village.objects.none(),
        label=_("For which village"),
        empty_label=_("For none of its own"),
        required=False,
    )

    def __init__(self, *args: Any, villages: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["village"]
        field.queryset = villages


class BoothForm(forms.Form):
    """Where people vote on paper or with help, and who is there."""

    sources = asked("village", "place", "officer", "opens_at", "closes_at")

    village = forms.ModelChoiceField(
        Village.objects.none(), label=_("Village"), empty_label=_("Choose a village")
    )
    place = forms.CharField(label=_("Where"), max_length=80)
    officer = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who is there"), empty_label=_("Choose somebody")
    )
    opens_at = forms.DateTimeField(
        label=_("From which hour"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    closes_at = forms.DateTimeField(
        label=_("Until which hour"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )

    def __init__(self, *args: Any, villages: Any, people: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["village"].queryset = villages
        fields["officer"].queryset = people

    def booth(self) -> Place:
        """Return it as the action takes it."""
        told = self.cleaned_data
        return Place(
            told["village"].pk,
            told["place"],
            told["officer"].pk,
            told["opens_at"].astimezone(SHANGHAI),
            told["closes_at"].astimezone(SHANGHAI),
        )


class CloseForm(forms.Form):
    """How many deputies are present; of residents' votes nothing is asked."""

    sources = asked("present")

    present = forms.IntegerField(label=_("How many deputies are present"), min_value=0)

    def __init__(self, *args: Any, election: Election, **more: Any) -> None:
        super().__init__(*args, **more)
        if election.kind != Election.Kind.DEPUTIES:
            del self.fields["present"]


class CountForm(forms.Form):
    """How many sheets were handed out and not found in the box."""

    sources = asked("missing")

    missing = forms.IntegerField(
        label=_("Sheets that were handed out and not in the box"),
        min_value=0,
        initial=0,
    )


class CodeForm(forms.Form):
    """The code of a slip."""

    sources = asked("code")

    code = forms.CharField(label=_("The code on the slip"), max_length=40)


class BallotForm(forms.Form):
    """A ballot as its setting makes it: boxes, an order, or points."""

    sources = asked("choice", "rank_*", "points_*")

    def __init__(
        self, *args: Any, election: Election, listed: list[Candidate], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.election, self.listed = election, listed
        if election.form == Form.RANKING:
            places: list[tuple[str, Any]] = [("", _("Not named"))]
            last = election.most or len(listed)
            places += [
                (str(at), gettext("Place %(place)d") % {"place": at})
                for at in range(1, last + 1)
            ]
            for one in listed:
                self.fields[f"rank_{one.key}"] = forms.ChoiceField(
                    label=one.name, choices=places, required=False
                )
        elif election.form == Form.POINTS:
            for one in listed:
                self.fields[f"points_{one.key}"] = forms.IntegerField(
                    label=one.name,
                    min_value=0,
                    max_value=election.points,
                    required=False,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                )
        else:
            self.fields["choice"] = forms.MultipleChoiceField(
                label=pgettext_lazy("ballot", "The candidates"),
                choices=[(one.key, one.name) for one in listed],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse two projects on one place."""
        told = super().clean() or {}
        ranks = [value for name, value in told.items() if name.startswith("rank_")]
        given = [one for one in ranks if one]
        if len(set(given)) != len(given):
            raise forms.ValidationError(
                _("Two projects have the same place. Give each place once.")
            )
        return told

    def marks(self) -> Marks:
        """Return what the ballot says."""
        told = self.cleaned_data
        if self.election.form == Form.RANKING:
            placed = {
                one.key: int(told[f"rank_{one.key}"])
                for one in self.listed
                if told.get(f"rank_{one.key}")
            }
            return Marks(sorted(placed, key=lambda key: placed[key]))
        if self.election.form == Form.POINTS:
            given = {one.key: told.get(f"points_{one.key}") or 0 for one in self.listed}
            named = [key for key, points in given.items() if points]
            return Marks(named, [given[key] for key in named])
        return Marks(list(told.get("choice", [])))


class SheetForm(BallotForm):
    """A sheet out of the box, by the number stamped on it."""

    sources = asked("number")

    number = forms.IntegerField(label=_("Number stamped on the sheet"), min_value=1)


class DecisionForm(forms.Form):
    """A decision as it is published; a departure from the count says why."""

    sources = asked("number", "words", "decided_on", "why_*") | derived(
        chosen="projects.Result.winners"
    )

    number = forms.CharField(
        label=_("Number of the decision"),
        help_text=_("As it is printed on the paper."),
        max_length=60,
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=day_input())
    words = forms.CharField(label=_("What the decision says"), widget=words_input(4))
    chosen = forms.MultipleChoiceField(
        label=_("What is built"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, listed: list[Candidate], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["chosen"]
        field.choices = [(one.key, one.name) for one in listed]
        self.listed = listed
        for one in listed:
            self.fields[f"why_{one.key}"] = forms.CharField(
                label=_("Why other than counted: %(name)s") % {"name": one.name},
                max_length=300,
                required=False,
            )

    def decided(self) -> Decided:
        """Return it as the action takes it."""
        told = self.cleaned_data
        return Decided(
            told["number"],
            told["words"],
            told["decided_on"],
            told["chosen"],
            {one.key: told[f"why_{one.key}"] for one in self.listed},
        )


class BringForm(forms.Form):
    """A vote of another place, as a file in Pabulib's format."""

    sources = asked("file", "title", "rule")

    file = forms.FileField(label=_("The file (.pb)"))
    title = forms.CharField(label=_("What the vote is called"), max_length=120)
    rule = _rule_field()
