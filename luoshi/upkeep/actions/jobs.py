"""A year's works become jobs, each owed like every promise; money is noted once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from luoshi.cases.actions import Own, open_own_within
from luoshi.cases.models import Case
from luoshi.commitments.actions.base import tell
from luoshi.commitments.models import Commitment, Kind, State
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.models import Organisation, Person
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.ui.wording import money
from luoshi.upkeep import rules
from luoshi.upkeep.actions.repairs import hands_for
from luoshi.upkeep.models import (
    Asset,
    Job,
    Payment,
    PlannedWork,
    Treatment,
    UpkeepPlan,
)
from luoshi.upkeep.models.plans import MOST_FEN

# Works of so much money have a contract of their own; others are done together.
ALONE_FEN = 10_000_000
NAMED = 30


@dataclass(frozen=True)
class Lot:
    """Works that one office does together, and who has them in hand."""

    office: Organisation
    person: Person
    works: tuple[PlannedWork, ...]


@transaction.atomic(savepoint=False)
def order_within(
    plan: UpkeepPlan, year: int, until: date | None, *, actor: Staff
) -> list[Job]:
    """Open a commitment for each lot of a year's works that is not given out yet."""
    rows = PlannedWork.objects.filter(plan=plan, year=year, job=None)
    wanted = rows.select_related(
        "asset__kind__keeper", "asset__keeper", "asset__village", "asset__town"
    )
    jobs = []
    for lot in lots_of(wanted.order_by("asset__kind__position", "asset__number")):
        jobs.append(_order(plan, year, until, lot, actor))
    return jobs


def lots_of(works: Iterable[PlannedWork]) -> list[Lot]:
    """Return what is done together: one office, one kind, one treatment."""
    hands: dict[tuple[int | None, int | None], tuple[Organisation, Person]] = {}
    lots: dict[tuple[int, ...], list[PlannedWork]] = {}
    order = [one.value for one in Treatment]
    for one in works:
        kept = (one.asset.keeper_id, one.asset.kind.keeper_id)
        if kept not in hands:
            hands[kept] = hands_for(one.asset)
        alone = one.cost_fen >= ALONE_FEN and one.treatment != Treatment.ROUTINE
        key = (
            one.asset.kind.position,
            one.asset.kind_id,
            order.index(one.treatment),
            hands[kept][0].pk,
            one.pk if alone else 0,
        )
        lots.setdefault(key, []).append(one)
    return [
        Lot(*hands[found[0].asset.keeper_id, found[0].asset.kind.keeper_id], (*found,))
        for _key, found in sorted(lots.items())
    ]


def _order(
    plan: UpkeepPlan, year: int, until: date | None, lot: Lot, actor: Staff
) -> Job:
    first = lot.works[0]
    villages = {one.asset.village_id for one in lot.works}
    own = Own(
        kind=Kind.UPKEEP,
        channel=Case.Channel.PLANNED,
        title=title_of(lot),
        words=words_of(lot),
        organisation=lot.office,
        person=lot.person,
        until=until,
        village=first.asset.village if len(villages) == 1 else None,
        place=first.asset.place if len(lot.works) == 1 else "",
    )
    commitment = open_own_within(own, actor=actor)
    job = Job.objects.create(
        town_id=plan.town_id,
        plan=plan,
        year=year,
        kind=first.asset.kind,
        treatment=first.treatment,
        office=lot.office,
        case=commitment.cases.get(),
        promised_on=own.until or today(),
    )
    PlannedWork.objects.filter(pk__in=[one.pk for one in lot.works]).update(job=job)
    record(commitment, "upkeep.ordered", actor=actor, year=year, count=len(lot.works))
    tell(commitment, "upkeep.job_given", lot.person, actor=actor)
    return job


def title_of(lot: Lot) -> str:
    """Return a job's title: one facility by its name, several by their kind."""
    first = lot.works[0]
    told = {"treatment": first.get_treatment_display(), "count": len(lot.works)}
    if len(lot.works) == 1:
        said = _("%(name)s: %(treatment)s") % {**told, "name": first.asset.name}
    else:
        said = _("%(kind)s: %(treatment)s of %(count)d") % {
            **told,
            "kind": first.asset.kind.name,
        }
    return said[:120]


def words_of(lot: Lot) -> str:
    """Return what will be done: each facility, as far as there is room."""
    lines = [
        _("%(name)s, %(cost)s") % {"name": one.asset.name, "cost": money(one.cost_fen)}
        for one in lot.works[:NAMED]
    ]
    more = len(lot.works) - NAMED
    if more > 0:
        lines.append(_("and %(count)d more, named in the plan") % {"count": more})
    total = money(sum(one.cost_fen for one in lot.works))
    lines.append(_("Planned in all: %(total)s") % {"total": total})
    return "\n".join(lines)


def lock_job(job_id: int) -> Job:
    """Lock a job for a change of its money."""
    rows = Job.objects.select_for_update(of=("self",))
    return rows.select_related("case__commitment", "plan").get(pk=job_id)


def paid_of(job: Job) -> int:
    """Return what was paid so far, corrections among it."""
    return int(job.payments.aggregate(sum=Sum("amount_fen"))["sum"] or 0)


@transaction.atomic(durable=True)
def note_contract(job_id: int, amount: int, *, actor: Staff) -> Job:
    """Write down for how much it was contracted; never less than was paid."""
    job = lock_job(job_id)
    if not rules.may_note_money(actor, job):
        raise NotAllowed("commitments.not_yours")
    if not 0 < amount <= MOST_FEN:
        raise Refusal("upkeep.sum_absurd")
    if amount < paid_of(job):
        raise Refusal("upkeep.less_than_paid")
    before, job.contracted_fen = job.contracted_fen, amount
    job.save(update_fields=["contracted_fen"])
    record(
        job.case.commitment,
        "upkeep.contracted",
        actor=actor,
        amount=amount // 100,
        before=(before or 0) // 100,
    )
    return job


@transaction.atomic(durable=True)
def note_payment(
    job_id: int, amount: int, *, on: date, actor: Staff, words: str = ""
) -> Payment:
    """Write a payment down; no more in all than was contracted, never below zero."""
    job = lock_job(job_id)
    if not rules.may_note_money(actor, job):
        raise NotAllowed("commitments.not_yours")
    if amount == 0 or abs(amount) > MOST_FEN:
        raise Refusal("upkeep.sum_absurd")
    if on > today():
        raise Refusal("upkeep.day_to_come")
    if job.contracted_fen is None:
        raise Refusal("upkeep.not_contracted")
    after = paid_of(job) + amount
    if after < 0:
        raise Refusal("upkeep.sum_below")
    if after > job.contracted_fen:
        raise Refusal("upkeep.more_than_contracted", most=job.contracted_fen // 100)
    payment = Payment.objects.create(
        town_id=job.town_id,
        job=job,
        on=on,
        amount_fen=amount,
        words=words.strip()[:120],
        by=actor.person,
        at=now(),
    )
    record(job.case.commitment, "upkeep.paid", actor=actor, amount=amount // 100, on=on)
    return payment


def note_job_done(commitment: Commitment) -> None:
    """Write the works to the facilities as soon as somebody accepted the job.

    The grade stays until somebody looks: an acceptance is no inspection.
    """
    if commitment.kind != Kind.UPKEEP or commitment.state != State.ACCEPTED:
        return
    job = Job.objects.filter(case__commitment=commitment).first()
    if job is None:
        return
    # Named one by one: with the works as a question inside, PostgreSQL went through all
    # works of the plan for each facility of the town.
    mended = job.works.values_list("asset", flat=True)
    Asset.objects.filter(pk__in=list(mended)).update(
        last_works_on=today(), last_works=job.get_treatment_display()
    )
