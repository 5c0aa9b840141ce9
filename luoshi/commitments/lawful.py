"""The lawful routes (法定途径) to which a matter is moved, each with its source.

Data, not a decision: a town puts its own list into its rules ("lawful_routes"), rows of
the same fields; who decides there is named when a matter is moved.
"""

from dataclasses import dataclass
from datetime import date

from luoshi.core.models import Town


@dataclass(frozen=True)
class Route:
    """One route: its name, what goes there, the source and since when it holds."""

    code: str
    name: str
    about: str
    source: str
    since: date


ROUTES = (
    Route(
        "petition",
        "信访",
        "对单位和工作人员职务行为的意见、投诉请求，没有别的法定途径的",
        "信访工作条例",
        date(2022, 5, 1),
    ),
    Route(
        "labour",
        "劳动人事争议仲裁",
        "工资、工伤、解除劳动合同的争议",
        "劳动争议调解仲裁法",
        date(2008, 5, 1),
    ),
    Route(
        "land",
        "农村土地承包仲裁",
        "承包地的合同、流转和收回的争议",
        "农村土地承包经营纠纷调解仲裁法",
        date(2010, 1, 1),
    ),
    Route(
        "review",
        "行政复议",
        "对处罚、许可、征收等行政行为不服",
        "行政复议法",
        date(2024, 1, 1),
    ),
    Route(
        "court-office",
        "行政诉讼",
        "对行政行为或者复议决定不服",
        "行政诉讼法",
        date(2017, 7, 1),
    ),
    Route(
        "court",
        "民事诉讼",
        "借款、赔偿、婚姻、相邻等民事争议",
        "民事诉讼法",
        date(2024, 1, 1),
    ),
)


def routes_of(town: Town) -> list[Route]:
    """Return the routes that a town offers: its own list, or the one above."""
    own = town.rules.get("lawful_routes")
    if own is None:
        return list(ROUTES)
    return [Route(**row | {"since": date.fromisoformat(row["since"])}) for row in own]


def route_named(town: Town, code: str) -> Route | None:
    """Return the route of a code; None if the town does not offer it."""
    return next((one for one in routes_of(town) if one.code == code), None)
