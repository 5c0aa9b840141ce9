"""Plates with a code, set by Typst: eight a sheet, cut apart and laminated."""

import json
from collections.abc import Iterable
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from luoshi.core.clock import now
from luoshi.core.models import Town
from luoshi.core.sheets.out import without_control
from luoshi.ui.qr import qr_svg
from luoshi.upkeep.models import Asset

SHEET = Path(__file__).with_name("plates.typ")


def plates_pdf(town: Town, assets: Iterable[Asset], address: str) -> bytes:
    """Return the plates as a PDF; `address` has CODE where the plate's own goes."""
    call = ""
    if town.phone:
        call = _("Or call: %(phone)s %(hours)s") % {
            "phone": town.phone,
            "hours": town.phone_hours,
        }
    told = {
        "title": _("Plates of %(town)s") % {"town": town.name},
        "town": town.name,
        "say": _("Broken? Scan the code and say so. Two taps, no account."),
        "call": call.strip(),
        "plates": [_plate(one, address) for one in assets],
    }
    data = without_control(json.dumps(told, ensure_ascii=False))
    return typst.compile(
        SHEET.read_bytes(),
        format="pdf",
        sys_inputs={"data": data},
        timestamp=int(now().timestamp()),
    )


def _plate(asset: Asset, address: str) -> dict[str, str]:
    where = [asset.village.name if asset.village else "", asset.place]
    office = asset.keeper or asset.kind.keeper
    keeper = _("Kept up by %(office)s") % {"office": office.name} if office else ""
    return {
        "name": asset.name,
        "place": " ".join(filter(None, where)),
        "number": asset.number,
        "code": asset.code,
        "keeper": keeper,
        "qr": qr_svg(address.replace("CODE", asset.code), border=1),
    }
