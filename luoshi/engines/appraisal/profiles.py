"""Lasting or showy: five facts, what each points to, and the label that follows."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from luoshi.engines.appraisal.plans import AppraisalError

Sign = Literal["lasting", "showy", "neither", "unknown"]
Label = Literal["lasting", "showy", "mixed", "unknown"]
FACTS = ("after_five", "funded", "asked", "people", "appearance")


@dataclass(frozen=True)
class Facts:
    """What is known of one thing; None is what nobody knows yet.

    `after_five` is the share of its benefit that comes after five years, `appearance`
    the share of the money spent on how it looks; `asked` is how many cases, topics,
    visits and people asked for it, `people` how many use it a day.
    """

    id: str
    cost: int
    years: int | None = None
    after_five: Fraction | None = None
    upkeep: int | None = None
    funded: bool | None = None
    asked: int | None = None
    people: int | None = None
    households: int | None = None
    appearance: Fraction | None = None

    def __post_init__(self) -> None:
        if self.cost <= 0:
            raise AppraisalError("cost", "bounds", "more than nothing is needed")
        for name in ("after_five", "appearance"):
            share = getattr(self, name)
            if share is not None and not 0 <= share <= 1:
                raise AppraisalError(name, "bounds", "a share from 0 to 1 is needed")
        for name in ("years", "upkeep", "asked", "people", "households"):
            count = getattr(self, name)
            if count is not None and count < 0:
                raise AppraisalError(
                    name, "bounds", "less than nothing is not possible"
                )


@dataclass(frozen=True)
class Marks:
    """From where on a fact points to lasting, and up to where to showy.

    `people` is daily users for each hundred households reached.
    """

    after_five: tuple[Fraction, Fraction] = (Fraction(1, 2), Fraction(1, 4))
    people: tuple[Fraction, Fraction] = (Fraction(20), Fraction(5))
    appearance: tuple[Fraction, Fraction] = (Fraction(1, 10), Fraction(3, 10))
    needed: int = 3


@dataclass(frozen=True)
class Profile:
    """The facts, what each points to, and the label, which is not for the public."""

    facts: Facts
    signs: dict[str, Sign]
    label: Label

    def pointing(self, sign: Sign) -> tuple[str, ...]:
        """Return the facts that point one way."""
        return tuple(name for name in FACTS if self.signs[name] == sign)


def profile(facts: Facts, marks: Marks | None = None) -> Profile:
    """Say what each fact points to; three of five, and more than the other way."""
    marks = marks or Marks()
    signs: dict[str, Sign] = {
        "after_five": _rising(facts.after_five, marks.after_five),
        "funded": _yes(facts.funded),
        "asked": _yes(None if facts.asked is None else facts.asked > 0),
        "people": _rising(daily_share(facts), marks.people),
        "appearance": _falling(facts.appearance, marks.appearance),
    }
    told = list(signs.values())
    lasting, showy = told.count("lasting"), told.count("showy")
    label: Label = "mixed"
    if lasting >= marks.needed and lasting > showy:
        label = "lasting"
    elif showy >= marks.needed and showy > lasting:
        label = "showy"
    elif len(told) - told.count("unknown") < marks.needed:
        label = "unknown"
    return Profile(facts, signs, label)


def daily_share(facts: Facts) -> Fraction | None:
    """Return how many use it a day for each hundred households that it reaches."""
    if facts.people is None or not facts.households:
        return None
    return Fraction(100 * facts.people, facts.households)


def _yes(value: bool | None) -> Sign:
    if value is None:
        return "unknown"
    return "lasting" if value else "showy"


def _rising(value: Fraction | None, marks: tuple[Fraction, Fraction]) -> Sign:
    if value is None:
        return "unknown"
    if value >= marks[0]:
        return "lasting"
    return "showy" if value <= marks[1] else "neither"


def _falling(value: Fraction | None, marks: tuple[Fraction, Fraction]) -> Sign:
    if value is None:
        return "unknown"
    if value <= marks[0]:
        return "lasting"
    return "showy" if value >= marks[1] else "neither"
