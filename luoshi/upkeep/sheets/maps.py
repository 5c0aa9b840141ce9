"""Reads assets from GeoJSON: the same facts as in a table, with a place on the map."""

import json
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from luoshi.core.sheets import BadSheet, Line, Preview, tidy
from luoshi.core.sheets.read import MOST_ROWS
from luoshi.upkeep.geometry import Meant, read_geometry
from luoshi.upkeep.sheets.tables import NAMES, NEEDED, AssetRow, Reader

# Grids that are degrees on WGS-84, or on CGCS2000, which is the same within a metre.
DEGREES = ("CRS84", "4326", "4490")


def read_map(path: Path, meant: Meant) -> Preview[AssetRow]:
    """Read a map of assets; `BadSheet` if it is none, or in another grid."""
    features = features_in(path)
    if len(features) > MOST_ROWS:
        raise BadSheet(
            _("The file has %(count)d rows; %(most)d fit. Split it.")
            % {"count": len(features), "most": MOST_ROWS}
        )
    names = dict.fromkeys(
        name for one in features for name in properties_of(one) if isinstance(name, str)
    )
    known = {tidy(word): key for key, words in NAMES.items() for word in words}
    columns = [(name, known[tidy(name)]) for name in names if tidy(name) in known]
    missing = [NAMES[key][0] for key in NEEDED if key not in dict(columns).values()]
    if missing:
        raise BadSheet(
            _("No place on the map names these: %(names)s.")
            % {"names": "、".join(missing)}
        )
    reader = Reader({})
    rows = [
        _row(reader, number, one, columns, meant)
        for number, one in enumerate(features, 1)
    ]
    left_out = [name for name in names if tidy(name) not in known]
    faulty = sum(1 for row in rows if row.fault)
    return Preview(columns, left_out, rows, len(rows), faulty)


def features_in(path: Path) -> list[Any]:
    """Return the features of a map in degrees; `BadSheet` if it is none."""
    try:
        told = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise BadSheet(_("The file is broken, or is no GeoJSON.")) from error
    if not isinstance(told, dict) or told.get("type") != "FeatureCollection":
        raise BadSheet(_("A FeatureCollection is wanted: a list of places."))
    grid = str(told.get("crs") or DEGREES[0])
    if not any(name in grid for name in DEGREES):
        raise BadSheet(
            _("The map is in another grid. Save it with degrees (EPSG:4326 or 4490).")
        )
    features = told.get("features")
    if not isinstance(features, list) or not features:
        raise BadSheet(_("There is no place in the file."))
    return features


def properties_of(feature: Any) -> dict[str, Any]:
    """Return what is written of a feature; nothing where that cannot be read."""
    told = feature.get("properties") if isinstance(feature, dict) else None
    return told if isinstance(told, dict) else {}


def _row(
    reader: Reader,
    number: int,
    feature: Any,
    columns: list[tuple[str, str]],
    meant: Meant,
) -> AssetRow:
    told = properties_of(feature)
    cells = tuple(_plain(told.get(name)) for name, _key in columns)
    by_key = {
        key: cell
        for (_name, key), cell in zip(columns, cells, strict=True)
        # Degrees among the facts would be a second place beside the map's.
        if key not in ("longitude", "latitude", "system")
    }
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    line = Line(number, cells, by_key)
    return reader.row(line, partial(read_geometry, geometry, meant))


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float) else None
