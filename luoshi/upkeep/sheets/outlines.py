"""Reads the outlines of villages from GeoJSON: areas with the village's name."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from luoshi.core.models import Village
from luoshi.core.sheets import tidy
from luoshi.core.villages import village_now
from luoshi.upkeep.geometry import BadPlace, Meant, read_area
from luoshi.upkeep.sheets.maps import features_in, properties_of

NAMES = ("村", "村名", "村（社区）", "名称", "name", "village")


@dataclass
class Outlines:
    """The outlines by their villages, and why the others stay out."""

    told: dict[int, dict[str, Any]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_outlines(path: Path, meant: Meant) -> Outlines:
    """Read a map of villages; `BadSheet` if it is none."""
    villages: dict[str, Village] = {}
    for one in Village.objects.all():
        villages |= dict.fromkeys([*one.aliases, one.name], one)
    found = Outlines()
    for number, feature in enumerate(features_in(path), 1):
        try:
            village, geometry = _outline(feature, villages, meant)
        except BadPlace as fault:
            told = {"number": number, "fault": str(fault)}
            found.faults.append(_("Area %(number)d: %(fault)s") % told)
            continue
        if village.pk in found.told:
            told = {"number": number, "name": village.name}
            found.faults.append(_("Area %(number)d: %(name)s is there twice.") % told)
        found.told[village.pk] = geometry
    return found


def _outline(
    feature: Any, villages: dict[str, Village], meant: Meant
) -> tuple[Village, dict[str, Any]]:
    columns = {tidy(word) for word in NAMES}
    told = properties_of(feature)
    words = [str(word).strip() for name, word in told.items() if tidy(name) in columns]
    known = next((villages[word] for word in words if word in villages), None)
    village = village_now(known.pk) if known else None
    if village is None:
        raise BadPlace(
            _("the town has no village “%(name)s”") % {"name": "、".join(words)}
        )
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    return village, read_area(geometry, meant)
