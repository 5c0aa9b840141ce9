"""What is asked of how people live, and what the measure costs a household."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from luoshi.consultations import rules
from luoshi.consultations.actions.base import lock
from luoshi.consultations.habits.kit import (
    INCOME,
    MOST_OPTION,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    MOST_TEXT,
    Line,
)
from luoshi.consultations.models import (
    Consultation,
    HouseholdCost,
    Option,
    Question,
    Questionnaire,
)
from luoshi.core.actors import Actor
from luoshi.core.models import Village
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record

# A hundred million yuan is no sum that a household gives.
MOST_FEN = 10_000_000_00


@dataclass(frozen=True)
class Wanted:
    """What a questionnaire asks; without anything there is none."""

    sum_fen: int | None = None
    sum_for: str = ""
    asks_form: bool = False
    lines: Sequence[Line] = ()

    @property
    def anything(self) -> bool:
        """Tell whether it asks for anything at all."""
        return bool(self.sum_fen or self.asks_form or self.lines)


@transaction.atomic(durable=True)
def ask_habits(
    consultation_id: int, wanted: Wanted, *, version: int, actor: Actor
) -> Consultation:
    """Let a questionnaire stand in place of the one before, while it is prepared."""
    found = lock(consultation_id, rules.may_change, actor, version)
    _check(wanted)
    Questionnaire.objects.filter(consultation=found).delete()
    if wanted.anything:
        _write(found, wanted)
    found.version += 1
    found.save(update_fields=["version"])
    record(
        found,
        "consultations.habits_asked",
        actor=actor,
        questions=len(wanted.lines),
        sum_fen=wanted.sum_fen or 0,
    )
    return found


def _check(wanted: Wanted) -> None:
    if bool(wanted.sum_fen) != bool(wanted.sum_for.strip()):
        raise Refusal("consultations.sum_for_what")
    _check_sum(wanted.sum_fen)
    if len(wanted.lines) > MOST_QUESTIONS:
        raise Refusal("consultations.questions_many", most=MOST_QUESTIONS)
    if len({line.text for line in wanted.lines}) < len(wanted.lines):
        raise Refusal("consultations.questions_same")
    for line in wanted.lines:
        _check_line(line)
    words = [wanted.sum_for, *(line.text for line in wanted.lines)]
    words += [option for line in wanted.lines for option in line.options]
    if any(INCOME.search(one) for one in words):
        raise Refusal("consultations.asks_income")


def _check_sum(fen: int | None) -> None:
    if fen is not None and not 0 < fen <= MOST_FEN:
        raise Refusal("consultations.sum_size")


def _check_line(line: Line) -> None:
    if not line.text or len(line.text) > MOST_TEXT:
        raise Refusal("consultations.question_length", most=MOST_TEXT)
    told = {option.casefold() for option in line.options}
    if not 2 <= len(line.options) <= MOST_OPTIONS or len(told) < len(line.options):
        raise Refusal(
            "consultations.question_options", question=line.text, most=MOST_OPTIONS
        )
    if any(not option or len(option) > MOST_OPTION for option in line.options):
        raise Refusal(
            "consultations.option_length", question=line.text, most=MOST_OPTION
        )


def _write(found: Consultation, wanted: Wanted) -> None:
    own = {"town_id": found.town_id}
    asked = Questionnaire.objects.create(
        consultation=found,
        sum_fen=wanted.sum_fen,
        sum_for=wanted.sum_for.strip(),
        asks_form=wanted.asks_form,
        **own,
    )
    for position, line in enumerate(wanted.lines, 1):
        question = Question.objects.create(
            questionnaire=asked,
            position=position,
            text=line.text,
            several=line.several,
            **own,
        )
        Option.objects.bulk_create(
            Option(question=question, position=at, text=text, **own)
            for at, text in enumerate(line.options, 1)
        )


@transaction.atomic(durable=True)
def set_costs(
    consultation_id: int, costs: Mapping[Village, int | None], *, actor: Actor
) -> Consultation:
    """Write down what a household of each village pays; None is the sum asked about."""
    found = lock(consultation_id, rules.may_answer, actor)
    before = dict(found.costs.values_list("village_id", "fen"))
    told = {village.pk: fen for village, fen in costs.items() if fen is not None}
    for fen in told.values():
        _check_sum(fen)
    named = [village.pk for village in costs]
    after = {pk: fen for pk, fen in before.items() if pk not in named} | told
    if after == before:
        raise Refusal("consultations.costs_same")
    found.costs.all().delete()
    HouseholdCost.objects.bulk_create(
        HouseholdCost(town_id=found.town_id, consultation=found, village_id=pk, fen=fen)
        for pk, fen in sorted(after.items())
    )
    changed = sum(before.get(pk) != after.get(pk) for pk in {*before, *after})
    record(found, "consultations.costs_set", actor=actor, count=changed)
    return found
