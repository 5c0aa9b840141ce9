"""An industry that needs years: no income asked too early, a word each year."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from luoshi.engines.appraisal.money import present, rows_in_fen
from luoshi.engines.appraisal.plans import MOST, AppraisalError

SHORTEST, LONGEST = 5, 10


@dataclass(frozen=True)
class Venture:
    """Something that is to grow over five to ten years. Money in fen, by year.

    Nobody may ask it for income before `income_from`. `farmers` is the share of its
    sales that goes to farmers, in whatever form. `price_risk` is by how much prices
    may fall, `harvest_risk` which part of what is sold may be lost.
    """

    id: str
    begins: int
    income_from: int
    paid: tuple[int, ...]
    running: tuple[int, ...]
    sales: tuple[int, ...]
    farmers: Fraction = Fraction(0)
    price_risk: Fraction = Fraction(0)
    harvest_risk: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if not SHORTEST <= self.years <= LONGEST:
            raise AppraisalError("years", "bounds", "5 to 10 years are needed")
        if not len(self.running) == len(self.sales) == self.years:
            raise AppraisalError("sales", "length", "one amount a year is needed")
        if not self.begins < self.income_from <= self.ends:
            raise AppraisalError(
                "income_from", "bounds", "a year after the first and within the plan"
            )
        for name in ("paid", "running", "sales"):
            if any(not 0 <= amount <= MOST for amount in getattr(self, name)):
                raise AppraisalError(name, "bounds", "an amount is out of bounds")
        for name in ("farmers", "price_risk", "harvest_risk"):
            if not 0 <= getattr(self, name) <= 1:
                raise AppraisalError(name, "bounds", "a share from 0 to 1 is needed")
        if any(self.sales[: self.income_from - self.begins]):
            raise AppraisalError(
                "sales", "early", "no income may be planned before the stated year"
            )

    @property
    def years(self) -> int:
        """Return for how many years it is planned."""
        return len(self.paid)

    @property
    def ends(self) -> int:
        """Return the last year of the plan."""
        return self.begins + self.years - 1

    @property
    def left_of_sales(self) -> Fraction:
        """Return the part of the sales that stays if the risks come true."""
        return (1 - self.price_risk) * (1 - self.harvest_risk)


@dataclass(frozen=True)
class VentureYear:
    """One year, in fen; `balance` is all that came in less all that went out so far."""

    year: int
    paid: int
    running: int
    sales: int
    to_farmers: int
    left: int
    balance: int


@dataclass(frozen=True)
class Returns:
    """What a venture brings: to farmers, and beyond what was paid.

    `can_fall` is by which share sales may fall before nothing is left over the years;
    None if nothing is left even as planned. `paid_back` is None if it never is.
    """

    rows: tuple[VentureYear, ...]
    net_now: int
    farmers_now: int
    paid_back: int | None
    can_fall: Fraction | None


def returns(venture: Venture, rate: Fraction, *, risks: bool = False) -> Returns:
    """Follow the money year by year, as planned or with the risks come true."""
    share = venture.left_of_sales if risks else Fraction(1)
    sales = rows_in_fen(amount * share for amount in venture.sales)
    farmers = rows_in_fen(amount * venture.farmers for amount in sales)
    rows, balance = [], 0
    for at in range(venture.years):
        left = sales[at] - farmers[at] - venture.running[at]
        balance += left - venture.paid[at]
        rows.append(
            VentureYear(
                venture.begins + at,
                venture.paid[at],
                venture.running[at],
                sales[at],
                farmers[at],
                left,
                balance,
            )
        )
    net = rows_in_fen(present([Fraction(row.left - row.paid) for row in rows], rate))
    kept = sum(
        present([Fraction(row.sales - row.to_farmers) for row in rows], rate),
        Fraction(0),
    )
    # Once in the black and never in the red again.
    late = [row.year for row in rows if row.balance < 0]
    return Returns(
        tuple(rows),
        sum(net),
        sum(rows_in_fen(present([Fraction(row.to_farmers) for row in rows], rate))),
        venture.begins
        if not late
        else late[-1] + 1
        if late[-1] < venture.ends
        else None,
        Fraction(sum(net)) / kept if kept and sum(net) >= 0 else None,
    )


@dataclass(frozen=True)
class Word:
    """Once a year: on or stop, why, and who said so."""

    year: int
    go_on: bool
    reason: str
    by: str


@dataclass(frozen=True)
class Standing:
    """Where a venture stands in a year.

    `due` is this year's word if it has not been given, `missed` those of years past.
    """

    year: int
    income_asked: bool
    due: int | None
    missed: tuple[int, ...]
    stopped: Word | None
    over: bool


def follow(venture: Venture, words: Sequence[Word], year: int) -> Standing:
    """Say where a venture stands; from its second year on each year wants a word."""
    told: dict[int, Word] = {}
    stopped: Word | None = None
    for word in sorted(words, key=lambda one: one.year):
        check_word(venture, word, tuple(told.values()))
        told[word.year] = word
        stopped = None if word.go_on else word
    last = stopped.year if stopped else venture.ends
    owed = [
        one for one in range(venture.begins + 1, min(year, last) + 1) if one not in told
    ]
    return Standing(
        year,
        not stopped and year >= venture.income_from,
        year if year in owed else None,
        tuple(one for one in owed if one < year),
        stopped,
        bool(stopped) or year > venture.ends,
    )


def check_word(venture: Venture, word: Word, before: Sequence[Word]) -> None:
    """Refuse a word without reason, of a wrong year, twice, or after the stop."""
    if not word.reason.strip():
        raise AppraisalError("reason", "missing", "a reason is needed")
    if not venture.begins < word.year <= venture.ends:
        raise AppraisalError("year", "bounds", "a year of the plan after its first")
    if any(one.year == word.year for one in before):
        raise AppraisalError("year", "twice", "this year has its word")
    if any(not one.go_on for one in before if one.year < word.year):
        raise AppraisalError("year", "stopped", "it was stopped before")
