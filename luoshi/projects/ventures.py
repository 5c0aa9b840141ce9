"""Every read of what needs years: its plan, its words, where it stands."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.db.models import QuerySet

from luoshi.commitments.actions.base import tenures_with
from luoshi.core.clock import today
from luoshi.core.models import Person, Town
from luoshi.core.roles import LEADER
from luoshi.engines import appraisal
from luoshi.engines.appraisal import Returns, Standing, VentureYear, Word
from luoshi.projects.models import Venture, VentureHolder
from luoshi.projects.usual import method_of


def plan_of(venture: Venture) -> appraisal.Venture:
    """Return a venture as the engine follows it."""
    plan = list(venture.plan.all())
    return appraisal.Venture(
        str(venture.number),
        venture.begins,
        venture.income_from,
        tuple(one.paid for one in plan),
        tuple(one.running for one in plan),
        tuple(one.sales for one in plan),
        Fraction(venture.farmers, 100),
        Fraction(venture.price_risk, 100),
        Fraction(venture.harvest_risk, 100),
    )


def words_of(venture: Venture) -> list[Word]:
    """Return the yearly words as the engine reads them."""
    return [
        Word(one.year, one.go_on, one.reason, one.decided_by)
        for one in venture.words.all()
    ]


@dataclass(frozen=True)
class Sight:
    """A venture with where it stands this year."""

    venture: Venture
    standing: Standing

    @property
    def ends(self) -> int:
        """Return the last year of its plan."""
        return plan_of(self.venture).ends


@dataclass(frozen=True)
class FullSight(Sight):
    """A venture's whole page."""

    town: Town

    @property
    def rate(self) -> Fraction:
        """Return the rate by which later years count less."""
        return method_of(self.town).rate.central

    @cached_property
    def planned(self) -> Returns:
        """Return what it brings if all goes as planned."""
        return appraisal.returns(plan_of(self.venture), self.rate)

    @cached_property
    def at_risk(self) -> Returns:
        """Return what it brings if prices fall and harvests fail as feared."""
        return appraisal.returns(plan_of(self.venture), self.rate, risks=True)

    @property
    def years(self) -> list[tuple[VentureYear, VentureYear]]:
        """Return each year as planned, and with the risks come true."""
        return list(zip(self.planned.rows, self.at_risk.rows, strict=True))

    @property
    def left_percent(self) -> int:
        """Return what of the sales stays if the risks come true, in hundredths."""
        return int(plan_of(self.venture).left_of_sales * 100)

    @property
    def can_fall_percent(self) -> int | None:
        """Return by how many hundredths sales may fall before nothing is left."""
        can = self.planned.can_fall
        return None if can is None else int(can * 100)

    @cached_property
    def holders(self) -> list[VentureHolder]:
        """Return who answered for it, the first first."""
        return list(self.venture.holders.select_related("person"))


def ventures_of(town: Town) -> QuerySet[Venture]:
    """Return a town's ventures; everybody may read them."""
    return (
        Venture.objects.filter(town=town)
        .select_related("village", "leader", "office")
        .prefetch_related("plan", "words")
    )


def listed(town: Town) -> list[Sight]:
    """Return every venture with where it stands, those that owe a word first."""
    year = today().year
    found = [
        Sight(one, appraisal.follow(plan_of(one), words_of(one), year))
        for one in ventures_of(town)
    ]
    return sorted(
        found,
        key=lambda one: (
            one.standing.over,
            not (one.standing.due or one.standing.missed),
            one.venture.number,
        ),
    )


def full(venture: Venture) -> FullSight:
    """Return a venture as its page shows it."""
    standing = appraisal.follow(plan_of(venture), words_of(venture), today().year)
    return FullSight(venture, standing, venture.town)


def years_without_word(venture: Venture) -> list[int]:
    """Return the years up to this one that want a word, the oldest first."""
    standing = full(venture).standing
    return [*standing.missed, *([standing.due] if standing.due else [])]


def leaders_of(town: Town) -> QuerySet[Person]:
    """Return who may answer for one: who holds a leader's post now."""
    ids = [one.person_id for one in tenures_with(LEADER)]
    return Person.objects.filter(town=town, pk__in=ids).order_by("pk")


def usual_years() -> dict[str, int]:
    """Return the years with which a new one is filled in."""
    first = today().year + 1
    return {
        "begins": first,
        "years": 8,
        "income_from": first + 3,
        "full_from": first + 6,
        "pay_years": 2,
    }
