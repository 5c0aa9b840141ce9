"""The city's published figures beside our own count of the same orders and days."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.cases.figures.behind import Asked, Number, counted
from luoshi.cases.figures.conditions import WITHDRAWN_THERE
from luoshi.cases.figures.periods import Days
from luoshi.cases.models import CityFigure
from luoshi.core.models import Town

MOST = 60
# A share is of which numbers.
SHARES = {
    "in_time": ("in_time", "answered"),
    "solved": ("solved", "judged"),
    "satisfied": ("satisfied", "rated"),
}
# Why the two may differ: what the one counts and the other does not.
REASONS: dict[str, Promise] = {
    "merged": _("done together with another here, counted once"),
    "history": _("over there before it came here, not counted here"),
    WITHDRAWN_THERE: _("withdrawn there, counted here as it went here"),
}


@dataclass(frozen=True)
class Beside:
    """A published figure, ours, and what may make the difference."""

    figure: CityFigure
    part: Number
    # Of a share only.
    whole: Number | None
    reasons: list[tuple[Promise, Number]]

    @property
    def ours(self) -> Decimal | None:
        """Return our figure; no share of nothing."""
        if self.whole is None:
            return Decimal(self.part.value)
        if not self.whole.value:
            return None
        share = Decimal(100 * self.part.value) / self.whole.value
        return share.quantize(Decimal("0.1"))

    @property
    def difference(self) -> Decimal | None:
        """Return by how much ours is more than the city's."""
        return None if self.ours is None else self.ours - self.figure.value


def city_figures(town: Town) -> list[Beside]:
    """Return the newest published figures, each beside our own."""
    rows = CityFigure.objects.filter(town=town).select_related("system", "entered_by")
    return [_beside(one) for one in rows[:MOST]]


def _beside(figure: CityFigure) -> Beside:
    days = Days(figure.first, figure.last)

    def number(what: str) -> Number:
        asked = Asked(what, days, by=figure.by, system=figure.system.code)
        return Number(counted(asked).count(), asked)

    part, whole = SHARES.get(figure.what, (figure.what, None))
    reasons = [(word, number(what)) for what, word in REASONS.items()]
    return Beside(
        figure,
        number(part),
        number(whole) if whole else None,
        [(word, one) for word, one in reasons if one.value],
    )
