"""What works cost and how long a kind lasts: the usual values, and a town's own."""

from dataclasses import dataclass

from luoshi.engines.planning import Treatment, matrix_of_life
from luoshi.engines.planning.reference import RESULTS, SHARES, SUITS
from luoshi.upkeep.models import AssetKind, KindCare

# Where the usual values come from, as it stands beside them until a town has its own.
SOURCE = "落实自带的参考值，数量级取自各地乡镇，请换成本镇结算过的单价"


@dataclass(frozen=True)
class UsualCare:
    """How long a usual kind lasts, what renewing one unit costs, what is seen of it."""

    life_years: int
    renewal_yuan: int
    showy: int = 0


USUAL_CARE = {
    "农村公路": UsualCare(22, 450, 60),
    "涵洞": UsualCare(35, 40_000),
    "小桥": UsualCare(50, 600_000, 50),
    "水渠": UsualCare(20, 150),
    "水闸": UsualCare(22, 80_000),
    "泵站": UsualCare(12, 60_000),
    "山塘": UsualCare(25, 90_000, 30),
    "水井和供水管": UsualCare(30, 120_000),
    "路灯": UsualCare(9, 3_000, 100),
    "公厕": UsualCare(20, 200_000, 60),
    "垃圾收集点": UsualCare(8, 12_000, 30),
    "健身和文化场地": UsualCare(10, 90_000, 100),
    "学校和卫生室房屋": UsualCare(40, 500_000, 70),
}


def best_share(code: str) -> int:
    """Return a treatment's usual thousandths of a renewal, in the best grade."""
    return SHARES[code][SUITS[code][0] - 1]


def usual_care(kind: AssetKind) -> KindCare | None:
    """Return the usual values of a kind that has a usual name, not saved."""
    usual = USUAL_CARE.get(kind.name)
    if usual is None:
        return None
    whole = usual.renewal_yuan * 100
    prices = {
        f"{code}_fen": max(1, whole * best_share(code) // 1000) for code in SHARES
    }
    return KindCare(
        kind=kind,
        life_years=usual.life_years,
        showy=usual.showy,
        source=SOURCE,
        **prices,
    )


def cares() -> dict[int, KindCare]:
    """Return what is known of each kind in use: the town's own values, or the usual."""
    kinds = AssetKind.objects.filter(retired_at=None)
    own = {one.kind_id: one for one in KindCare.objects.all()}
    found = {kind.pk: own.get(kind.pk) or usual_care(kind) for kind in kinds}
    return {pk: one for pk, one in found.items() if one is not None}


def treatments_by(care: KindCare) -> tuple[Treatment, ...]:
    """Return the treatments at a town's prices, dearer as the grade falls."""
    return tuple(
        Treatment(
            code,
            tuple(
                max(1, getattr(care, f"{code}_fen") * share // best_share(code))
                for share in shares
            ),
            SUITS[code],
            RESULTS[code],
        )
        for code, shares in SHARES.items()
    )


def usual_decay(care: KindCare) -> tuple[tuple[float, ...], ...]:
    """Return how a kind decays by its years alone: what is believed before any look."""
    return matrix_of_life(care.life_years)


def care_of(kind: AssetKind) -> KindCare | None:
    """Return what is known of one kind: the town's own values, or the usual."""
    return KindCare.objects.filter(kind=kind).first() or usual_care(kind)
