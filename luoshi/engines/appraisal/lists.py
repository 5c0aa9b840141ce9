"""A year's list as a whole, weighed by money, against the last five years."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from luoshi.engines.appraisal.plans import AppraisalError
from luoshi.engines.appraisal.profiles import Facts, Marks, profile

Turn = Literal["better", "worse", "same", "unknown", "none_before"]

YEARS_BACK = 5
# A share that moves by less than this many hundredths of the money says nothing.
STEP = Fraction(5, 100)
# Whether more is better, for each share of a list's money.
BETTER_IF_MORE = {
    "after_five": True,
    "funded": True,
    "asked": True,
    "appearance": False,
}


@dataclass(frozen=True)
class Share:
    """A share of the money of those things of which it is known.

    `part` and `of` are in fen; `part` is a fraction where shares were weighed.
    """

    part: Fraction
    of: int

    @property
    def value(self) -> Fraction | None:
        """Return the share; None where it is known of nothing."""
        return self.part / self.of if self.of else None


@dataclass(frozen=True)
class Balance:
    """What a year's money went into."""

    year: int
    money: int
    things: int
    shares: dict[str, Share]
    labels: dict[str, int]
    people: int

    def share(self, name: str) -> Fraction | None:
        """Return one share of the year's money."""
        return self.shares[name].value

    def label_share(self, label: str) -> Fraction | None:
        """Return the share of the year's money in things with a label."""
        return Fraction(self.labels[label], self.money) if self.money else None


@dataclass(frozen=True)
class Change:
    """A share of this year's money beside that of the years before, and what moved."""

    name: str
    now: Fraction | None
    before: Fraction | None
    turn: Turn


@dataclass(frozen=True)
class Comparison:
    """This year's list against those before it; `turn` sums the changes up.

    It is worse when more shares got worse than better, and "none_before" where there
    is no list to compare with.
    """

    this: Balance
    before: tuple[Balance, ...]
    changes: tuple[Change, ...]
    turn: Turn

    def those(self, turn: str) -> tuple[str, ...]:
        """Return the shares that moved one way."""
        return tuple(one.name for one in self.changes if one.turn == turn)


def balance(year: int, things: Iterable[Facts], marks: Marks | None = None) -> Balance:
    """Weigh a year's list by money; a fact that is unknown of a thing leaves it out."""
    listed = tuple(things)
    if len({one.id for one in listed}) < len(listed):
        raise AppraisalError("id", "twice", "each thing must have an id of its own")
    labels = dict.fromkeys(("lasting", "showy", "mixed", "unknown"), 0)
    for one in listed:
        labels[profile(one, marks).label] += one.cost
    return Balance(
        year,
        sum(one.cost for one in listed),
        len(listed),
        {
            "after_five": _weighed(listed, lambda one: one.after_five),
            "funded": _weighed(listed, lambda one: _one(one.funded)),
            "asked": _weighed(
                listed, lambda one: None if one.asked is None else _one(one.asked > 0)
            ),
            "appearance": _weighed(listed, lambda one: one.appearance),
        },
        labels,
        sum(one.people or 0 for one in listed),
    )


def compare(
    this: Balance, before: Sequence[Balance], *, step: Fraction = STEP
) -> Comparison:
    """Set a year's list against the money of the last five years together."""
    back = tuple(
        sorted(
            (one for one in before if 0 < this.year - one.year <= YEARS_BACK),
            key=lambda one: one.year,
        )
    )
    changes = tuple(_change(name, this, back, step) for name in BETTER_IF_MORE)
    turns = [one.turn for one in changes]
    better, worse = turns.count("better"), turns.count("worse")
    turn: Turn = "same"
    if not any(one.things for one in back):
        turn = "none_before"
    elif turns.count("unknown") == len(turns):
        turn = "unknown"
    elif worse > better:
        turn = "worse"
    elif better > worse:
        turn = "better"
    return Comparison(this, back, changes, turn)


def _change(
    name: str, this: Balance, before: Sequence[Balance], step: Fraction
) -> Change:
    pooled = Share(
        sum((one.shares[name].part for one in before), Fraction(0)),
        sum(one.shares[name].of for one in before),
    )
    now, then = this.share(name), pooled.value
    if now is None or then is None:
        return Change(name, now, then, "unknown")
    if abs(now - then) < step:
        return Change(name, now, then, "same")
    rose = now > then
    return Change(
        name, now, then, "better" if rose == BETTER_IF_MORE[name] else "worse"
    )


def _one(value: bool | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _weighed(listed: Sequence[Facts], of: Callable[[Facts], Fraction | None]) -> Share:
    known = [(one.cost, value) for one in listed if (value := of(one)) is not None]
    return Share(
        sum((cost * value for cost, value in known), Fraction(0)),
        sum(cost for cost, _value in known),
    )
