"""From a project's page and the town's usual values to what the engine appraises."""

from fractions import Fraction

from luoshi.engines.appraisal import Facts, Method, Plan, Reference, Span, appraise
from luoshi.projects.models import Figure, Project
from luoshi.projects.usual import COST_MARGIN, PEOPLE_MARGIN


def plan_of(project: Project, figure: Figure, usual: Reference) -> Plan | None:
    """Return the plan; None while the project's page does not say enough."""
    cost, people = project.cost, project.people_a_day
    years, households = project.years_of_use, project.households
    if not cost or not people or not years or not households:
        return None
    yearly = project.upkeep_yearly
    upkeep = Fraction(yearly) if yearly is not None else usual.upkeep.central * cost
    return Plan(
        str(project.number),
        build=_around(cost, *(cost * part // 100 for part in COST_MARGIN)),
        upkeep=_like(upkeep, usual.upkeep),
        years=_around(years, int(usual.years.low), int(usual.years.high)),
        people=_around(people, *_people(people, figure)),
        days=_own(figure.days, usual.days),
        worth=_own(figure.worth, usual.worth),
        households=Span.of(households),
        saved=Span.of(figure.saved),
        fades=usual.fades,
        unkept=_at_most(usual.unkept, years),
        funded=figure.funded,
        hardship=min(Fraction(1), Fraction(figure.hardship, households)),
        water=usual.water,
    )


def _people(people: int, figure: Figure) -> tuple[int, int]:
    low, high = (people * part // 100 for part in PEOPLE_MARGIN)
    return (
        low if figure.people_low is None else figure.people_low,
        high if figure.people_high is None else figure.people_high,
    )


def _around(central: int, low: int, high: int) -> Span:
    return Span.of(central, min(low, central), max(high, central))


def _like(central: Fraction, usual: Span) -> Span:
    """Return a value with bounds as far away as the usual ones are."""
    if not usual.central:
        return Span.of(central)
    low, high = usual.low / usual.central, usual.high / usual.central
    return Span.of(central, central * low, central * high)


def _own(value: int | None, usual: Span) -> Span:
    return usual if value is None else _around(value, value, value)


def _at_most(span: Span, years: int) -> Span:
    parts = (min(part, Fraction(years)) for part in (span.low, span.central, span.high))
    return Span(*parts)


def facts_of(
    project: Project, figure: Figure | None, plan: Plan | None, asked: int
) -> Facts | None:
    """Return what is known of how it lasts; None while nobody knows its cost."""
    if not project.cost:
        return None
    appearance = None
    if figure is not None:
        appearance = min(Fraction(1), Fraction(figure.appearance, project.cost))
    return Facts(
        str(project.number),
        project.cost,
        years=project.years_of_use,
        after_five=appraise(plan, Method()).after_five if plan else None,
        upkeep=project.upkeep_yearly,
        funded=figure.funded if figure else None,
        asked=asked,
        people=project.people_a_day,
        households=project.households,
        appearance=appearance,
    )
