"""A year's round: opened with its stages, and carried from one to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from luoshi.commitments.actions.base import required
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.projects import rules
from luoshi.projects.actions.base import check_money, lock_cycle
from luoshi.projects.models import Cycle, Stage

ORDER = list(Stage.Name)
Days = tuple[date, date]


@dataclass(frozen=True)
class Opening:
    """What a year's round is about; without a village it is the town's."""

    year: int
    title: str
    budget: int
    days: Mapping[str, Days]
    village_id: int | None = None


def usual_days(year: int) -> dict[str, Days]:
    """Return when the stages usually are: collected in autumn, decided in January."""
    return {
        Stage.Name.COLLECT: (date(year - 1, 9, 1), date(year - 1, 9, 30)),
        Stage.Name.APPRAISE: (date(year - 1, 10, 1), date(year - 1, 11, 15)),
        Stage.Name.CANDIDATES: (date(year - 1, 11, 16), date(year - 1, 12, 15)),
        Stage.Name.DECIDE: (date(year - 1, 12, 16), date(year, 1, 31)),
        Stage.Name.BUILD: (date(year, 2, 1), date(year, 11, 30)),
        Stage.Name.JUDGE: (date(year, 12, 1), date(year + 3, 12, 31)),
    }


@transaction.atomic(durable=True)
def open_cycle(opening: Opening, *, actor: Staff) -> Cycle:
    """Open a year's round; each stage has its days."""
    if not rules.may_open(actor):
        raise NotAllowed("projects.not_yours")
    title = required(opening.title, "projects.title_missing")
    known = Cycle.objects.filter(year=opening.year, village=opening.village_id)
    if known.exists():
        raise Refusal("projects.cycle_there", year=opening.year)
    decider = Cycle.Decider.VILLAGE if opening.village_id else Cycle.Decider.CONGRESS
    cycle = Cycle.objects.create(
        town=actor.town,
        year=opening.year,
        title=title[:80],
        decider=decider,
        village_id=opening.village_id,
        budget=check_money(opening.budget),
        opened_at=now(),
    )
    _plan(cycle, opening.days)
    record(cycle, "projects.cycle_opened", actor=actor, title=cycle.title)
    return cycle


def _check_days(days: Mapping[str, Days]) -> None:
    """Refuse stages that do not follow each other."""
    before: date | None = None
    for name in ORDER:
        opens, closes = days[name]
        if closes < opens or (before is not None and opens <= before):
            raise Refusal("projects.days_in_order", stage=name.label)
        before = closes


def _plan(cycle: Cycle, days: Mapping[str, Days]) -> None:
    _check_days(days)
    for position, name in enumerate(ORDER):
        opens, closes = days[name]
        Stage.objects.create(
            town_id=cycle.town_id,
            cycle=cycle,
            name=name,
            position=position,
            opens_on=opens,
            closes_on=closes,
            began_at=now() if position == 0 else None,
        )


@transaction.atomic(durable=True)
def begin_stage(cycle_id: int, name: str, *, actor: Staff) -> Cycle:
    """Begin the next stage; no stage is left out, and none comes back."""
    cycle = lock_cycle(cycle_id)
    if not rules.may_open(actor):
        raise NotAllowed("projects.not_yours")
    place = ORDER.index(Stage.Name(cycle.stage))
    if place + 1 >= len(ORDER) or ORDER[place + 1] != name:
        raise Refusal("projects.stage_next")
    cycle.stage = name
    cycle.save(update_fields=["stage"])
    cycle.stages.filter(name=name).update(began_at=now())
    record(cycle, "projects.stage_begun", actor=actor, stage=name)
    return cycle


@transaction.atomic(durable=True)
def plan_stages(cycle_id: int, days: Mapping[str, Days], *, actor: Staff) -> Cycle:
    """Move the stages' days; the days before stand in the record."""
    cycle = lock_cycle(cycle_id)
    if not rules.may_open(actor):
        raise NotAllowed("projects.not_yours")
    _check_days(days)
    for stage in cycle.stages.all():
        opens_on, closes_on = days[stage.name]
        before = (stage.opens_on, stage.closes_on)
        if before == (opens_on, closes_on):
            continue
        stage.opens_on, stage.closes_on = opens_on, closes_on
        stage.save(update_fields=["opens_on", "closes_on"])
        record(
            cycle,
            "projects.stage_planned",
            actor=actor,
            stage=stage.name,
            opens_on=(before[0], opens_on),
            closes_on=(before[1], closes_on),
        )
    return cycle
