"""How somebody lives and what they can give: told by a phone or on a sheet."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from luoshi.consultations import rules
from luoshi.consultations.actions.answering import check_open, own_channel, voter_within
from luoshi.consultations.actions.base import lock
from luoshi.consultations.actions.paper import sheet_voter_within
from luoshi.consultations.models import (
    Choice,
    Consultation,
    Option,
    Questionnaire,
    Reply,
    Voter,
)
from luoshi.consultations.models.answers import Channel
from luoshi.core.actors import RESIDENT, Actor
from luoshi.core.clock import now
from luoshi.core.models import Population, Village
from luoshi.core.population import OLDEST, Band
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record


@dataclass(frozen=True)
class Told:
    """What was filled in; what was left empty is empty."""

    village: Village | None = None
    sex: str = ""
    band: Band | None = None
    can: str = ""
    form: str = ""
    options: Collection[int] = ()

    @property
    def anything(self) -> bool:
        """Tell whether anything was filled in."""
        return bool(
            self.village
            or self.sex
            or self.band
            or self.can
            or self.form
            or self.options
        )


@transaction.atomic(durable=True)
def tell_habits(
    consultation_id: int,
    told: Told,
    *,
    code: str,
    channel: str = Channel.WEB,
    actor: Actor = RESIDENT,
) -> Reply:
    """Keep what somebody tells under the code of their answers; the last counts."""
    consultation = Consultation.objects.get(pk=consultation_id)
    check_open(consultation)
    _check(consultation, told)
    voter = voter_within(consultation, code, own_channel(channel), actor)
    voter.village = told.village
    voter.save(update_fields=["village"])
    record(consultation, "consultations.habits_told", actor=actor)
    return _keep_within(voter, told)


@transaction.atomic(durable=True)
def enter_habits(
    consultation_id: int,
    sheet: int,
    told: Told,
    *,
    channel: str = Channel.PAPER,
    actor: Actor,
) -> Reply:
    """Type in the questionnaire of a sheet, or correct it, by the sheet's number."""
    consultation = lock(consultation_id, rules.may_enter, actor)
    _check(consultation, told)
    voter = sheet_voter_within(consultation, sheet, channel, told.village)
    record(consultation, "consultations.habits_sheet", actor=actor, number=sheet)
    return _keep_within(voter, told)


def _check(consultation: Consultation, told: Told) -> None:
    if not told.anything:
        raise Refusal("consultations.habits_blank")
    asked = Questionnaire.objects.filter(consultation=consultation).first()
    if (
        told.can not in ("", *Reply.Can.values)
        or told.form not in ("", *Reply.Form.values)
        or told.sex not in ("", *Population.Sex.values)
        or (told.can and not (asked and asked.sum_fen))
        or (told.form and not (asked and asked.asks_form))
        or not _band_holds(told.band)
    ):
        raise Refusal("consultations.habits_not_asked")
    _check_options(asked, set(told.options))
    villages = consultation.villages.all()
    if told.village and villages and told.village not in villages:
        raise Refusal("consultations.habits_not_asked")


def _band_holds(band: Band | None) -> bool:
    if band is None:
        return True
    first, last = band
    return 0 <= first <= (OLDEST if last is None else last) <= OLDEST


def _check_options(asked: Questionnaire | None, chosen: set[int]) -> None:
    options = Option.objects.filter(pk__in=chosen, question__questionnaire=asked)
    found = list(options.select_related("question")) if asked and chosen else []
    if len(found) != len(chosen):
        raise Refusal("consultations.habits_not_asked")
    single = [one.question_id for one in found if not one.question.several]
    if len(set(single)) < len(single):
        raise Refusal("consultations.habits_one_of")


def _keep_within(voter: Voter, told: Told) -> Reply:
    """Write the reply of a locked voter: no more and no less than was told."""
    first, last = told.band or (None, None)
    reply, _made = Reply.objects.update_or_create(
        voter=voter,
        defaults={
            "town_id": voter.town_id,
            "sex": told.sex,
            "age_from": first,
            "age_to": last,
            "can": told.can,
            "form": told.form,
            "at": now(),
        },
    )
    reply.choices.exclude(option__in=told.options).delete()
    known = set(reply.choices.values_list("option_id", flat=True))
    Choice.objects.bulk_create(
        Choice(town_id=voter.town_id, reply=reply, option_id=pk)
        for pk in sorted(set(told.options) - known)
    )
    return reply
