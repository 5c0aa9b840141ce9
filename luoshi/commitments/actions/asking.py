"""Asking the one whose turn it is for a word; the desk it lies on counts as a hop."""

from collections.abc import Iterable
from datetime import datetime

from luoshi.commitments.actions.assigning import Plan
from luoshi.commitments.actions.base import person_of, tell, tenures_with
from luoshi.commitments.models import (
    Approval,
    Commitment,
    Evidence,
    Hop,
    PathRule,
    Stage,
)
from luoshi.commitments.queries.deputies import acting_today, deputy_of
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.models import Organisation, Person, Tenure
from luoshi.core.refusals import Refusal
from luoshi.core.roles import LEADER, PROPOSER
from luoshi.core.trail import record

ASKED = "commitments.word_asked"


def rule_for(commitment: Commitment) -> PathRule | None:
    """Return the town's rule: of the category, or else of all the others."""
    rules = PathRule.objects.filter(urgent=commitment.urgent)
    own = rules.filter(category=commitment.category_id).first()
    return own or rules.filter(category=None).first()


def next_stage(commitment: Commitment, *stages: Stage) -> Stage | None:
    """Return the first of these stages that the rule asks for; none of a part."""
    rule = rule_for(commitment)
    if rule is None or commitment.parent_id:
        return None
    return next((stage for stage in stages if rule.needs(stage)), None)


def ask_within(
    commitment: Commitment,
    stage: Stage,
    *,
    actor: Actor,
    plan: Plan | None = None,
    kept: dict[str, str] | None = None,
    evidence: Evidence | None = None,
) -> Approval:
    """Ask for a word on a locked matter; its clock runs on."""
    office = plan.office if plan else commitment.owner_organisation
    workers = {commitment.owner_id, commitment.done_by_id}
    turn = _turn_of(stage, office, set() if plan else workers)
    approval = Approval.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        stage=stage,
        person=turn.person,
        asked_by=person_of(actor),
        asked_at=now(),
        office=plan.office if plan else None,
        receiver=plan.receiver if plan else None,
        plan=kept or _texts_of(plan),
        evidence=evidence,
    )
    lay_with(commitment, turn.post.organisation, turn.person, now())
    record(
        commitment,
        f"commitments.asked_{stage.value}",
        actor=actor,
        person=turn.person.name,
        office=office.name,
    )
    tell(commitment, ASKED, *_who_acts(turn.person), actor=actor)
    return approval


def _texts_of(plan: Plan | None) -> dict[str, str]:
    return {"words": plan.words, "why_here": plan.why_here} if plan else {}


def _turn_of(stage: Stage, office: Organisation, but: Iterable[int | None]) -> Tenure:
    """Return whose turn it is: who oversees the office first, and who is there."""
    role = PROPOSER if stage == Stage.PROPOSE else LEADER
    tenures = [
        tenure
        for tenure in tenures_with(role)
        if tenure.person.left_at is None and tenure.person_id not in but
    ]
    closer = [one for one in tenures if one.post.oversees.filter(pk=office.pk).exists()]
    tenures = closer or tenures
    if not tenures:
        raise Refusal("commitments.nobody_for_word", stage=stage.label)
    away = acting_today()
    return next((one for one in tenures if one.person_id not in away), tenures[0])


def _who_acts(person: Person) -> list[Person]:
    deputy = deputy_of(person.pk)
    return [person, deputy] if deputy else [person]


def lay_with(
    commitment: Commitment, office: Organisation, person: Person, at: datetime
) -> None:
    """Say on whose desk it lies from now on; who answers for it stays."""
    commitment.hops.filter(until__isnull=True).update(until=at)
    Hop.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        organisation=office,
        person=person,
        since=at,
    )
