"""What is usual for each kind of thing: a beginning that each town corrects.

`sure` is False where a value is a customary one: the town's own records come first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from luoshi.engines.appraisal.plans import Span

# The disposable income of a rural resident in 2024 was 23,119 yuan (National Bureau of
# Statistics, 17 January 2025), here over 2,000 hours: what an hour is worth, in fen.
HOUR = Span.of(1156, 578, 1734)


@dataclass(frozen=True)
class Reference:
    """One kind of thing. `upkeep` is a share of the building cost, `worth` is in fen.

    `unkept` is how many years it lasts if nobody pays for its upkeep; the `source` is
    read by people.
    """

    kind: str
    years: Span
    unkept: Span
    upkeep: Span
    days: Span
    worth: Span
    fades: Span
    source: str
    sure: bool = False
    water: bool = False


def _years(low: int, central: int, high: int) -> Span:
    return Span.of(central, low, high)


def _share(low: int, central: int, high: int) -> Span:
    """Return a share that is given in tenths of a percent."""
    return Span.of(Fraction(central, 1000), Fraction(low, 1000), Fraction(high, 1000))


def _minutes(low: int, central: int, high: int) -> Span:
    """Return what so many minutes saved are worth, in whole fen."""
    fen = [round(HOUR.central * minutes / 60) for minutes in (low, central, high)]
    return Span.of(fen[1], fen[0], fen[2])


def _fen(low: int, central: int, high: int) -> Span:
    return Span.of(central, low, high)


EVERY_DAY = Span.of(365, 300, 365)
STAYS = Span.of(Fraction(0), Fraction(0), Fraction(2, 100))
FADES = Span.of(Fraction(10, 100), Fraction(5, 100), Fraction(20, 100))

_ALL = (
    Reference(
        "road",
        _years(15, 22, 29),
        _years(6, 10, 14),
        _share(10, 20, 30),
        EVERY_DAY,
        _minutes(3, 8, 15),
        STAYS,
        "水泥路的惯用年限；每趟省8分钟。日常养护每公里每年不低于：乡道5000元、村道3000元（国办发〔2019〕45号）。",
    ),
    Reference(
        "lamps",
        _years(6, 9, 12),
        _years(2, 4, 6),
        _share(30, 60, 90),
        EVERY_DAY,
        _fen(10, 30, 60),
        STAYS,
        "路灯的惯用年限；电费和换灯算在管护里。",
    ),
    Reference(
        "canal",
        _years(12, 20, 30),
        _years(4, 7, 10),
        _share(10, 20, 30),
        _years(40, 90, 150),
        _fen(100, 300, 600),
        STAYS,
        "衬砌渠道的惯用年限；一年里用水的天数。",
        water=True,
    ),
    Reference(
        "water",
        _years(15, 25, 30),
        _years(5, 8, 12),
        _share(10, 30, 50),
        _years(350, 365, 365),
        _minutes(2, 5, 10),
        STAYS,
        "管道的惯用年限；折现率见SL 72—2013。",
        water=True,
    ),
    Reference(
        "bridge",
        _years(30, 50, 60),
        _years(15, 25, 35),
        _share(5, 10, 20),
        EVERY_DAY,
        _minutes(5, 15, 30),
        STAYS,
        "小桥的惯用年限；每趟省15分钟。",
    ),
    Reference(
        "house",
        _years(30, 40, 50),
        _years(12, 18, 25),
        _share(10, 20, 30),
        _years(200, 250, 300),
        _fen(200, 500, 1000),
        STAYS,
        "砖混不低于30年、钢筋混凝土不低于50年（财会〔2017〕4号表1）。卫生室、食堂、老人活动室都算这一类。",
        sure=True,
    ),
    Reference(
        "toilet",
        _years(8, 15, 20),
        _years(2, 4, 6),
        _share(30, 60, 100),
        EVERY_DAY,
        _fen(20, 50, 100),
        STAYS,
        "构筑物不低于8年（财会〔2017〕4号表1）；保洁算在管护里。",
    ),
    Reference(
        "waste",
        _years(5, 8, 12),
        _years(2, 3, 5),
        _share(50, 80, 120),
        EVERY_DAY,
        _fen(20, 50, 100),
        STAYS,
        "构筑物不低于8年（财会〔2017〕4号表1）；清运算在管护里。",
    ),
    Reference(
        "square",
        _years(8, 15, 20),
        _years(4, 6, 10),
        _share(10, 20, 30),
        _years(150, 220, 300),
        _fen(20, 50, 100),
        FADES,
        "构筑物不低于8年（财会〔2017〕4号表1）。",
    ),
    Reference(
        "screen",
        _years(5, 6, 8),
        _years(2, 3, 4),
        _share(40, 60, 100),
        _years(100, 200, 300),
        _fen(5, 10, 20),
        FADES,
        "广播、电视、电影设备不低于5年（财会〔2017〕4号表1）；电费算在管护里。",
        sure=True,
    ),
    Reference(
        "other",
        _years(8, 15, 25),
        _years(3, 6, 10),
        _share(10, 20, 40),
        EVERY_DAY,
        _fen(20, 50, 100),
        STAYS,
        "惯用值，每一项都请改。",
    ),
)
REFERENCES: Mapping[str, Reference] = {one.kind: one for one in _ALL}
