"""Plans of a hand's size, and a slow twin of the figure."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from luoshi.engines.appraisal import Method, Plan, Span

# The example of docs/appraisal.md.
PATH = Plan(
    "path",
    build=Span.of(300_000_00),
    upkeep=Span.of(5_000_00),
    years=Span.of(5),
    people=Span.of(200),
    days=Span.of(300),
    worth=Span.of(150),
    households=Span.of(120),
)


def plan(name: str, **more: object) -> Plan:
    """Return the example under another name, with other values."""
    return replace(PATH, id=name, **more)


def spans(least: int, most: int) -> st.SearchStrategy[Span]:
    """Return whole spans within bounds."""
    value = st.integers(least, most)
    return st.tuples(value, value, value).map(
        lambda three: Span.of(sorted(three)[1], min(three), max(three))
    )


@st.composite
def plans(draw: st.DrawFn, name: str = "a") -> Plan:
    """Return plans of all sorts: long and short, with and without upkeep money."""
    first = Fraction(draw(st.integers(0, 10)), 10)
    percent = st.integers(0, 60).map(lambda one: Fraction(one, 100))
    fades = sorted(draw(st.tuples(percent, percent, percent)))
    return Plan(
        name,
        build=draw(spans(1, 10**9)),
        upkeep=draw(spans(0, 10**7)),
        years=draw(spans(1, 45)),
        people=draw(spans(0, 3000)),
        days=draw(spans(0, 366)),
        worth=draw(spans(0, 900)),
        households=draw(spans(0, 5000)),
        saved=draw(spans(0, 50_000)),
        fades=Span(*fades),
        unkept=draw(spans(1, 12)),
        funded=draw(st.booleans()),
        hardship=Fraction(draw(st.integers(0, 10)), 10),
        water=draw(st.booleans()),
        spread=draw(st.sampled_from([(Fraction(1),), (first, 1 - first)])),
    )


def plain(one: Plan, method: Method) -> tuple[Fraction, Fraction]:
    """Return benefit (with weights) and cost, one year after the other."""
    rate = method.rate_of(one).central
    years = one.years if one.funded else one.unkept
    upkeep = one.upkeep.central if one.funded else Fraction(0)
    benefit = cost = Fraction(0)
    year = 0
    for share in one.spread:
        cost += one.build.central * share / (1 + rate) ** year
        year += 1
    people = one.people.central
    households = one.households.central
    for used in range(int(years.central)):
        if used >= method.horizon:
            break
        kept = (1 - one.fades.central) ** used
        for many, weight in (
            (1 - one.hardship, Fraction(1)),
            (one.hardship, method.weight or Fraction(1)),
        ):
            benefit += (
                (people * one.days.central * one.worth.central)
                + (households * one.saved.central)
            ) * (many * weight * kept / (1 + rate) ** year)
        cost += upkeep / (1 + rate) ** year
        year += 1
    return benefit, cost
