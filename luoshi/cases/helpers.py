"""Who filled in a matter for somebody who cannot: named, encrypted, never the judge."""

import json
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from luoshi.cases.models import Reporter
from luoshi.core.secrets import normalise_phone, seal, unseal


@dataclass(frozen=True)
class Helper:
    """Who filled it in, what they are to the person, and how to reach them."""

    name: str
    relation: str
    phone: str = ""

    def __str__(self) -> str:
        told = {"name": self.name, "relation": self.relation, "phone": self.phone}
        return (_("Filled in by %(name)s (%(relation)s) %(phone)s") % told).strip()


def set_helper(reporter: Reporter, helper: Helper | None) -> str:
    """Set who filled it in, encrypted; return the name of the field."""
    reporter.helper = None
    if helper is not None:
        phone = normalise_phone(helper.phone) if helper.phone.strip() else ""
        told = asdict(helper) | {"phone": phone}
        reporter.helper = seal(
            json.dumps(told, ensure_ascii=False),
            town_id=reporter.town_id,
            place=reporter.place_of("helper"),
        )
    return "helper"


def helper_of(reporter: Reporter) -> Helper | None:
    """Open who filled it in; None where the person told it."""
    if reporter.helper is None:
        return None
    text = unseal(
        reporter.helper, town_id=reporter.town_id, place=reporter.place_of("helper")
    )
    return Helper(**json.loads(text))
