"""How assumptions, shares and labels are said."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.ui.wording import money

ASSUMPTIONS = {
    "people": gettext_lazy("People who use it a day"),
    "days": gettext_lazy("Days of use in a year"),
    "worth": gettext_lazy("What one use is worth to a person"),
    "saved": gettext_lazy("What a household saves a year"),
    "households": gettext_lazy("Households that it reaches"),
    "years": gettext_lazy("Years that it serves"),
    "fades": gettext_lazy("Use that is lost each year"),
    "build": gettext_lazy("Cost of building"),
    "upkeep": gettext_lazy("Upkeep in a year"),
    "rate": gettext_lazy("Discount rate"),
}
IN_FEN = ("worth", "saved", "build", "upkeep")
IN_PERCENT = ("fades", "rate")
LABELS = {
    "lasting": gettext_lazy("It lasts"),
    "showy": gettext_lazy("It shows"),
    "mixed": gettext_lazy("It lasts and shows"),
    "unknown": gettext_lazy("Too little is known to say"),
}
SHARES = {
    "after_five": gettext_lazy("Benefit that comes after five years of use"),
    "funded": gettext_lazy("Money for what has its upkeep paid"),
    "asked": gettext_lazy("Money for what residents asked for"),
    "appearance": gettext_lazy("Money for how things look"),
}


def percent(share: Fraction | None) -> str:
    """Write a share in whole hundredths."""
    if share is None:
        return _("not known yet")
    return f"{round(share * 100)}%"


def said(name: str, value: Fraction, way: Fraction = Fraction(0)) -> str:
    """Write a value of an assumption; a turning point is rounded the way it went."""
    if name in IN_PERCENT:
        return f"{float(value * 100):.1f}%"
    if name in IN_FEN:
        return str(money(_whole(value, way)))
    return f"{_whole(value, way):,}"


def _whole(value: Fraction, way: Fraction) -> int:
    if way > 0:
        return -(-value.numerator // value.denominator)
    if way < 0:
        return value.numerator // value.denominator
    return round(value)
