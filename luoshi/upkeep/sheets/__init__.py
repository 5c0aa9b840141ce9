"""The register as a table or a map: read with its faults, and given out."""

from luoshi.upkeep.sheets.given import as_geojson, sheet_rows
from luoshi.upkeep.sheets.maps import read_map
from luoshi.upkeep.sheets.tables import HEADER, AssetRow, read_assets

__all__ = [
    "HEADER",
    "AssetRow",
    "as_geojson",
    "read_assets",
    "read_map",
    "sheet_rows",
]
