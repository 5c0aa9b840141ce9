"""An industry that needs years: begun, spoken of once a year, handed on."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.db.models import QuerySet
from django_scopes import scope

from luoshi.commitments.actions.base import required, tenures_with
from luoshi.core.actors import SCHEDULER, Actor, Staff
from luoshi.core.clock import now, today
from luoshi.core.hooks import PostChange
from luoshi.core.models import Organisation, Person, Tenure, Town
from luoshi.core.notices import Reach, leave_notices
from luoshi.core.numbers import next_number
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.roles import LEADER
from luoshi.core.trail import record
from luoshi.engines import appraisal
from luoshi.engines.appraisal import AppraisalError
from luoshi.engines.appraisal.money import rows_in_fen
from luoshi.projects import rules
from luoshi.projects.actions.base import MOST_FEN
from luoshi.projects.actions.proposals import check_public
from luoshi.projects.models import Venture, VentureHolder, VentureWord, VentureYear
from luoshi.projects.ventures import plan_of, words_of, years_without_word

# From the first day of this month on the year's word is asked for.
ASKED_FROM = 10


@dataclass(frozen=True)
class Beginning:
    """What is to grow. Money in fen; shares in hundredths.

    `paid` goes out evenly over the first `pay_years`; sales grow evenly from
    `first_sales` in the year `income_from` to `full_sales` in the year `full_from`,
    and stay there.
    """

    title: str
    why: str
    kind: str
    village_id: int | None
    begins: int
    years: int
    income_from: int
    full_from: int
    paid: int
    pay_years: int
    running: int
    first_sales: int
    full_sales: int
    sharing: str
    farmers: int
    price_risk: int
    harvest_risk: int
    risk_words: str
    leader_id: int


def years_of(told: Beginning) -> Iterator[tuple[int, int, int, int]]:
    """Return each year with what is paid, what running it costs, what it sells."""
    share = Fraction(told.paid, max(1, told.pay_years))
    paid = rows_in_fen(
        share if at < told.pay_years else Fraction(0) for at in range(told.years)
    )
    grows = max(1, told.full_from - told.income_from)
    for at in range(told.years):
        grown = told.begins + at - told.income_from
        more = Fraction(min(grown, grows), grows) * (told.full_sales - told.first_sales)
        sales = told.first_sales + int(more) if grown >= 0 else 0
        yield told.begins + at, paid[at], told.running, sales


@transaction.atomic(durable=True)
def begin_venture(told: Beginning, *, actor: Staff) -> Venture:
    """Begin what needs years: who shares, what may fail, when income may come."""
    if not rules.may_begin_venture(actor):
        raise NotAllowed("projects.not_yours")
    title = required(told.title, "projects.title_missing")[:80]
    why = required(told.why, "projects.need_missing")
    risk = required(told.risk_words, "projects.risk_missing")[:300]
    for words in (title, why, risk):
        check_public(words)
    _check_years(told)
    tenure = _tenure_of(told.leader_id)
    venture = Venture.objects.create(
        town_id=actor.town.pk,
        number=next_number(actor.town.pk, "venture"),
        title=title,
        why=why,
        kind=told.kind,
        village_id=told.village_id,
        begins=told.begins,
        income_from=told.income_from,
        sharing=told.sharing,
        farmers=told.farmers,
        price_risk=told.price_risk,
        harvest_risk=told.harvest_risk,
        risk_words=risk,
        leader=tenure.person,
        office=tenure.post.organisation,
        began_at=now(),
        began_by=actor.person,
    )
    VentureYear.objects.bulk_create(
        VentureYear(
            town_id=venture.town_id,
            venture=venture,
            year=year,
            paid=paid,
            running=running,
            sales=sales,
        )
        for year, paid, running, sales in years_of(told)
    )
    _check_plan(venture)
    _hold(venture, tenure.person, tenure.post.title)
    record(venture, "projects.venture_begun", actor=actor, title=title)
    _tell(venture, "projects.venture_yours", tenure.person, actor)
    return venture


def _check_years(told: Beginning) -> None:
    if not 0 < told.pay_years <= told.years or told.income_from <= told.begins:
        raise Refusal("projects.venture_bad", field="pay_years")
    if not told.income_from <= told.full_from < told.begins + told.years:
        raise Refusal("projects.full_later")
    sums = (told.paid, told.running, told.first_sales, told.full_sales)
    if any(not 0 <= one <= MOST_FEN for one in sums):
        raise Refusal("projects.sum_absurd")
    if told.full_sales < told.first_sales:
        raise Refusal("projects.sales_grow")


def _check_plan(venture: Venture) -> None:
    try:
        plan_of(venture)
    except AppraisalError as error:
        raise Refusal("projects.venture_bad", field=error.field) from error


def _tenure_of(person_id: int) -> Tenure:
    for tenure in tenures_with(LEADER):
        if tenure.person_id == person_id:
            return tenure
    raise Refusal("projects.no_leader")


def _hold(venture: Venture, person: Person, position: str) -> None:
    VentureHolder.objects.create(
        town_id=venture.town_id,
        venture=venture,
        person=person,
        position=position[:120],
        since=today(),
    )


def _tell(venture: Venture, code: str, person: Person, actor: Actor) -> None:
    if actor.person is None or person.pk != actor.person.pk:
        number, title = str(venture.number), venture.title
        leave_notices(
            *(venture, code, [person]),
            reach=Reach.EVERYWHERE,
            number=number,
            title=title,
        )


@dataclass(frozen=True)
class YearsWord:
    """On or stop in a year, why, and who decided so."""

    year: int
    go_on: bool
    reason: str
    decided_by: str


@transaction.atomic(durable=True)
def say_word(venture_id: int, word: YearsWord, *, actor: Staff) -> VentureWord:
    """Write down whether it goes on, with the reason; once for each year."""
    venture = lock_venture(venture_id)
    if not rules.may_say_word(actor, venture):
        raise NotAllowed("projects.not_yours")
    reason = required(word.reason, "projects.why_missing")[:300]
    decided_by = required(word.decided_by, "projects.decider_missing")[:80]
    check_public(reason)
    if word.year > today().year:
        raise Refusal("projects.word_early")
    told = appraisal.Word(word.year, word.go_on, reason, decided_by)
    try:
        appraisal.follow(plan_of(venture), [*words_of(venture), told], word.year)
    except AppraisalError as error:
        raise Refusal(f"projects.word_{error.code}", year=word.year) from error
    row = VentureWord.objects.create(
        town_id=venture.town_id,
        venture=venture,
        year=word.year,
        go_on=word.go_on,
        reason=reason,
        decided_by=decided_by,
        at=now(),
        by=actor.person,
    )
    code = "projects.venture_goes_on" if word.go_on else "projects.venture_stopped"
    record(venture, code, actor=actor, year=word.year)
    return row


def lock_venture(venture_id: int) -> Venture:
    """Return a venture under a row lock."""
    rows = Venture.objects.select_for_update(of=("self",)).select_related("town")
    venture = rows.filter(pk=venture_id).first()
    if venture is None:
        raise NotAllowed("projects.not_yours")
    return venture


def ask_for_words() -> int:
    """Ask for this year's word where it is still to come, once; return how many."""
    day, count = today(), 0
    if day.month < ASKED_FROM:
        return 0
    for town in Town.objects.all():
        with scope(town=town):
            rows = Venture.objects.filter(asked_for__lt=day.year, begins__lt=day.year)
            for pk in list(
                rows.filter(plan__year=day.year).values_list("pk", flat=True)
            ):
                count += _ask(pk, day.year)
    return count


@transaction.atomic(durable=True)
def _ask(venture_id: int, year: int) -> int:
    venture = lock_venture(venture_id)
    if venture.asked_for >= year or year not in years_without_word(venture):
        return 0
    venture.asked_for = year
    venture.save(update_fields=["asked_for"])
    record(venture, "projects.word_asked", actor=SCHEDULER, year=year)
    _tell(venture, "projects.word_due", venture.leader, SCHEDULER)
    return 1


def open_ventures(person: Person) -> QuerySet[Venture]:
    """Return what somebody answers for that was not stopped and is not over."""
    return (
        Venture.objects.filter(leader=person, plan__year__gte=today().year)
        .exclude(words__go_on=False)
        .distinct()
    )


def ventures_of_post(change: PostChange) -> QuerySet[Venture]:
    """Return what goes over with a post."""
    rows = open_ventures(change.giver)
    if change.leaves:
        return rows.exclude(office__in=change.elsewhere)
    return rows.filter(office=change.post.organisation_id)


@transaction.atomic(savepoint=False)
def hand_ventures_over(change: PostChange, actor: Actor) -> int:
    """Let who comes into the post answer for it; plan and words stay."""
    if change.taker is None:
        return 0
    position = (change.onward or change.post).title
    return _hand(ventures_of_post(change), change.taker, change.office, position, actor)


@transaction.atomic(savepoint=False)
def hand_all_ventures(giver: Person, taker: Person, actor: Actor) -> int:
    """Put all that somebody answers for into another's hands."""
    tenure = (
        Tenure.objects.filter(person=taker, until=None)
        .select_related("post__organisation")
        .order_by("pk")
        .first()
    )
    if tenure is None:
        raise Refusal("commitments.nobody_there", office=taker.name)
    post = tenure.post
    return _hand(open_ventures(giver), taker, post.organisation, post.title, actor)


def _hand(
    rows: QuerySet[Venture],
    taker: Person,
    office: Organisation,
    position: str,
    actor: Actor,
) -> int:
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    locked = Venture.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    for venture in locked.order_by("pk"):
        venture.leader, venture.office = taker, office
        venture.save(update_fields=["leader", "office"])
        _hold(venture, taker, position)
        record(venture, "projects.venture_handed", actor=actor, position=position)
        _tell(venture, "projects.venture_yours", taker, actor)
    return len(ids)
