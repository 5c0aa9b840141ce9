"""The register given out: a table and a map that read back as they are."""

from collections.abc import Iterable
from typing import Any

from luoshi.upkeep.models import Asset, Responsible
from luoshi.upkeep.sheets.tables import CLASSES, HEADER

CLASS_NAMES = {str(value): name for name, value in CLASSES.items()}
# Numbers of the register that a map's table carries beside a place.
PLACE_COLUMNS = ("经度", "纬度", "坐标系")


def sheet_rows(assets: Iterable[Asset]) -> Iterable[list[Any]]:
    """Yield the header and a row for each asset; a line has its place on maps only."""
    yield HEADER
    for one in assets:
        geometry = one.geometry or {}
        point = geometry.get("coordinates") if geometry.get("type") == "Point" else None
        yield [
            *facts_of(one).values(),
            *([*point, "WGS-84"] if point else ["", "", ""]),
        ]


def facts_of(asset: Asset) -> dict[str, Any]:
    """Return an asset's facts by the names of their columns."""
    people = named_of(asset)
    values = [
        asset.number,
        asset.kind.name,
        asset.name,
        asset.village.name if asset.village else "",
        asset.place,
        CLASS_NAMES.get(asset.road_class, ""),
        asset.amount if asset.amount is not None else "",
        asset.built_year or "",
        asset.project,
        asset.people_served if asset.people_served is not None else "",
        asset.owner,
        asset.keeper.name if asset.keeper else "",
        _yuan(asset.replacement_fen),
        _yuan(asset.yearly_fen),
        asset.last_works_on.isoformat() if asset.last_works_on else "",
        asset.last_works,
        *(people.get(duty, "") for duty in Responsible.Duty.values),
    ]
    names = [name for name in HEADER if name not in PLACE_COLUMNS]
    return dict(zip(names, values, strict=True))


def _yuan(fen: int | None) -> Any:
    if fen is None:
        return ""
    return fen // 100 if fen % 100 == 0 else fen / 100


def named_of(asset: Asset) -> dict[str, str]:
    """Return who answers for an asset, by their duty."""
    return {one.duty: _said(one) for one in asset.responsible.all()}


def _said(person: Responsible) -> str:
    return f"{person.name}（{person.position}）" if person.position else person.name


def as_geojson(assets: Iterable[Asset]) -> dict[str, Any]:
    """Return the assets as a map in WGS-84; those with words alone have no geometry."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": one.geometry,
                "properties": {
                    name: value for name, value in facts_of(one).items() if value != ""
                },
            }
            for one in assets
        ],
    }
