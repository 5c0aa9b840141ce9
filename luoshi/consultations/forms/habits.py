"""The questionnaire: set up by staff, filled in on a phone or from paper."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.consultations.actions.asking_habits import Wanted
from luoshi.consultations.actions.paper import BY_STAFF
from luoshi.consultations.actions.replying import Told
from luoshi.consultations.forms.preparing import Versioned
from luoshi.consultations.habits.counting import Burden
from luoshi.consultations.habits.kit import (
    KIT,
    kit_line,
    kit_name,
    lines_in,
    lines_shown,
)
from luoshi.consultations.habits.kit import Line as KitLine
from luoshi.consultations.habits.people import (
    band_code,
    band_of_code,
    bands_asked,
)
from luoshi.consultations.models import Consultation, Questionnaire, Reply, Voter
from luoshi.consultations.models.answers import Channel
from luoshi.core.models import Population, Village
from luoshi.core.queries import villages
from luoshi.ui.sources import asked, derived


class Yuan(forms.DecimalField):
    """A sum in yuan, kept in fen."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_digits=12, decimal_places=2, min_value=Decimal(0), **more)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> int | None:
        """Return the fen; None where nothing was written."""
        yuan = super().clean(value)
        return None if yuan is None else int(yuan * 100)


def yuan(fen: int | None) -> str:
    """Write fen as a field shows it."""
    if fen is None:
        return ""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02}" if rest else str(whole)


class QuestionnaireForm(Versioned):
    """What is asked: questions of the kit, the town's own, a sum, a form of giving."""

    sources = asked("kit", "own", "sum", "sum_for", "asks_form")

    kit = forms.MultipleChoiceField(
        label=_("Questions to take as they are"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    own = forms.CharField(
        label=_("Your own questions"),
        help_text=_(
            "The question in one line, what can be ticked in the lines below it, an "
            "empty line before the next. Write (several) behind a question of which "
            "several things can be ticked. Never ask for an income."
        ),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    sum = Yuan(
        label=_("What it would take from a household, in yuan"),
        help_text=_("Asked as: can give it, it would be tight, cannot give it."),
        required=False,
    )
    sum_for = forms.CharField(
        label=_("What the sum is for"),
        help_text=_("For example: a year of taking the rubbish away."),
        max_length=60,
        required=False,
    )
    asks_form = forms.BooleanField(
        label=_("Ask what people would rather give: money, labour or neither"),
        required=False,
    )

    def __init__(self, data: Any = None, *, consultation: Consultation) -> None:
        start = _as_asked(getattr(consultation, "questionnaire", None))
        start["version"] = consultation.version
        super().__init__(data, initial=start)
        self.fields["kit"].choices = [  # type: ignore[attr-defined]
            (name, _kit_label(kit_line(name))) for name in KIT
        ]

    def wanted(self) -> Wanted:
        """Return it as the action takes it."""
        told = self.cleaned_data
        lines = [kit_line(name) for name in told["kit"]] + lines_in(told["own"])
        return Wanted(told["sum"] or None, told["sum_for"], told["asks_form"], lines)


def _kit_label(line: KitLine) -> str:
    return f"{line.text} {' / '.join(line.options)}"


def _as_asked(asks: Questionnaire | None) -> dict[str, Any]:
    """Return what is asked now, as the form shows it."""
    if asks is None:
        return {}
    lines = [
        KitLine(
            one.text, tuple(option.text for option in one.options.all()), one.several
        )
        for one in asks.questions.prefetch_related("options")
    ]
    named = {line: kit_name(line) for line in lines}
    return {
        "kit": [name for name in named.values() if name],
        "own": lines_shown([line for line, name in named.items() if not name]),
        "sum": yuan(asks.sum_fen),
        "sum_for": asks.sum_for,
        "asks_form": asks.asks_form,
    }


class HabitsForm(forms.Form):
    """How somebody lives; every part may be left empty."""

    sources = asked("question-*", "can", "form", "village", "sex", "band")

    can = forms.ChoiceField(
        choices=Reply.Can.choices, widget=forms.RadioSelect, required=False
    )
    form = forms.ChoiceField(
        label=_("What would you rather give?"),
        choices=Reply.Form.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    village = forms.ModelChoiceField(
        Village.objects.none(),
        label=_("In which village do you live?"),
        empty_label=_("Rather not say"),
        required=False,
    )
    sex = forms.ChoiceField(
        label=_("Are you a woman or a man?"),
        choices=Population.Sex.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    band = forms.ChoiceField(
        label=_("How old are you?"), widget=forms.RadioSelect, required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        consultation: Consultation,
        voter: Voter | None = None,
        channel: str = "",
    ) -> None:
        super().__init__(data, initial=_as_told(voter) | {"channel": channel})
        asks: Questionnaire | None = getattr(consultation, "questionnaire", None)
        self.names = self._ask_lines(asks)
        if asks is None or not asks.sum_fen:
            del self.fields["can"]
        if asks is None or not asks.asks_form:
            del self.fields["form"]
        own = consultation.villages.all()
        self.fields["village"].queryset = own or villages()  # type: ignore[attr-defined]
        self.fields["band"].choices = bands_asked(consultation)  # type: ignore[attr-defined]

    def _ask_lines(self, asks: Questionnaire | None) -> list[str]:
        """Add a field for each question; return their names."""
        names = []
        lines = asks.questions.prefetch_related("options") if asks else []
        for one in lines:
            kind, widget = (
                (forms.TypedMultipleChoiceField, forms.CheckboxSelectMultiple)
                if one.several
                else (forms.TypedChoiceField, forms.RadioSelect)
            )
            name = f"question-{one.pk}"
            self.fields[name] = kind(
                label=one.text,
                help_text=_("Several can be ticked.") if one.several else "",
                choices=[(option.pk, option.text) for option in one.options.all()],
                widget=widget,
                coerce=int,
                empty_value=None,
                required=False,
            )
            names.append(name)
        return names

    def lines(self) -> Iterator[forms.BoundField]:
        """Yield the questions on how people live."""
        for name in self.names:
            yield self[name]

    def means(self) -> Iterator[forms.BoundField]:
        """Yield the questions on what people can give."""
        for name in ("can", "form"):
            if name in self.fields:
                yield self[name]

    def told(self) -> Told:
        """Return it as the actions take it."""
        found = self.cleaned_data
        ticked = []
        for name in self.names:
            value = found.get(name)
            ticked += value if isinstance(value, list) else [value] if value else []
        return Told(
            village=found["village"],
            sex=found["sex"],
            band=band_of_code(found["band"]),
            can=found.get("can", ""),
            form=found.get("form", ""),
            options=frozenset(ticked),
        )


def _as_told(voter: Voter | None) -> dict[str, Any]:
    """Return what somebody told before, as the form shows it."""
    reply: Reply | None = getattr(voter, "reply", None)
    start: dict[str, Any] = {"village": voter.village_id} if voter else {}
    if reply is None:
        return start
    start |= {"sex": reply.sex, "can": reply.can, "form": reply.form}
    if reply.age_from is not None:
        start["band"] = band_code((reply.age_from, reply.age_to))
    for one in reply.choices.select_related("option__question"):
        name = f"question-{one.option.question_id}"
        if one.option.question.several:
            start.setdefault(name, []).append(one.option_id)
        else:
            start[name] = one.option_id
    return start


class SheetHabitsForm(HabitsForm):
    """The same, from a sheet of paper."""

    sources = asked("channel")

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[(one.value, one.label) for one in Channel if one in BY_STAFF],
    )


class CostForm(forms.Form):
    """What the measure costs a household, village by village."""

    sources = derived(**{"cost-*": "consultations.HouseholdCost.fen"})

    def __init__(self, *args: Any, burdens: list[Burden], **more: Any) -> None:
        super().__init__(*args, **more)
        self.of = {f"cost-{one.village.pk}": one.village for one in burdens}
        for one in burdens:
            self.fields[f"cost-{one.village.pk}"] = Yuan(
                label=str(one.village), initial=yuan(one.fen), required=False
            )

    def costs(self) -> dict[Village, int | None]:
        """Return the cost of each village; None where it is left to the sum asked."""
        return {
            village: self.cleaned_data[name] or None
            for name, village in self.of.items()
        }
