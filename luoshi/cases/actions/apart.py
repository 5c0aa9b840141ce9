"""Two matters told in one go, and one matter that needs several offices."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from luoshi.cases import rules
from luoshi.cases.actions.indexing import index_case_within
from luoshi.cases.actions.intake import Told, make_voice, prepare_case, store_within
from luoshi.cases.actions.talk import contact_of, tell_reporters
from luoshi.cases.models import Case, Reporter
from luoshi.commitments import rules as commitments
from luoshi.commitments.actions import open_part_within
from luoshi.commitments.actions.base import check, lock_commitment, move_commitment
from luoshi.commitments.models import Category, Commitment
from luoshi.core.actors import Actor, Staff
from luoshi.core.clock import now
from luoshi.core.models import Village
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record


@dataclass(frozen=True)
class Second:
    """The matter that is taken out: its own words, place and kind."""

    text: str
    subject: str = ""
    village: Village | None = None
    place: str = ""
    category: Category | None = None


@transaction.atomic(durable=True)
def split_case(
    case_id: int,
    *,
    second: Second,
    actor: Staff,
    form_token: str,
    version: int | None = None,
) -> Case:
    """Make a second matter of its own; everybody who told the first tells it too.

    The first keeps its words. The clock of the second began with the first word. A
    form token twice is one matter.
    """
    case = Case.objects.select_related("commitment").get(pk=case_id)
    commitment = lock_commitment(case.commitment_id)
    known = Case.objects.filter(form_token=form_token, split_from=case).first()
    if known is not None:
        return known
    if version is not None:
        commitment = lock_commitment(commitment.pk, version)
    case.commitment = commitment
    check(commitments.may_split, actor, commitment, "split")
    if not rules.may_split(actor, case):
        raise NotAllowed("commitments.not_yours")
    voices = list(case.reporters.order_by("pk"))
    if not voices:
        raise Refusal("cases.nobody_told")
    new = _store_second(case, voices, second, actor, form_token)
    move_commitment(commitment, "split")
    record(commitment, "cases.split_off", actor=actor, number=new.number)
    record(new.commitment, "cases.split_from", actor=actor, number=case.number)
    tell_reporters(new, "cases.split")
    return new


def _store_second(
    case: Case, voices: list[Reporter], second: Second, actor: Staff, token: str
) -> Case:
    """Write the new case with a voice and a code for each who told the first."""
    told = Told(
        town=case.town,
        text=second.text,
        actor=actor,
        channel=case.channel,
        village=second.village,
        group=case.group if second.village == case.village else None,
        place=second.place,
        form_token=token,
        subject=second.subject,
        received_at=case.received_at,
        category=second.category,
        **_reach(voices[0]),
    )
    ready = prepare_case(told)
    ready.reporter.first_id = voices[0].speaker
    new = store_within(ready).case
    new.split_from = case
    new.save(update_fields=["split_from"])
    for voice in voices[1:]:
        another, _code = make_voice(case.town_id, **_reach(voice))
        another.case, another.first_id = new, voice.speaker
        another.save(force_insert=True)
    return new


def _reach(voice: Reporter) -> dict[str, Any]:
    """Return how to reach a person, to be kept anew beside another code."""
    contact = contact_of(voice)
    reach = {"name": contact.name, "phone": contact.phone, "helper": contact.helper}
    return reach | {"answer": voice.answer}


@transaction.atomic(durable=True)
def add_part(
    commitment_id: int,
    *,
    organisation_id: int,
    title: str,
    asked: str,
    actor: Actor,
    workdays: int | None = None,
    version: int | None = None,
) -> Commitment:
    """Give another office a part of a case; staff alone read its words."""
    part = open_part_within(
        commitment_id,
        organisation_id=organisation_id,
        title=title,
        asked=asked,
        workdays=workdays,
        actor=actor,
        version=version,
    )
    assert part.parent is not None
    whole = Case.objects.get(town=part.town_id, number=part.parent.number)
    case = Case.objects.create(
        town_id=part.town_id,
        commitment=part,
        number=part.number,
        subject=part.title,
        text=asked.strip(),
        village=whole.village,
        group=whole.group,
        place=whole.place,
        channel=Case.Channel.PART,
        visibility=part.visibility,
        received_at=now(),
        entered_by=actor.person,
    )
    index_case_within(case)
    return part
