"""Names, telephones and needs of households: sealed row by row, opened to be read."""

from dataclasses import dataclass

from luoshi.alerts.models import Household
from luoshi.core.secrets import keyed_hash, seal, unseal

FIELDS = ("name", "phone", "need")
MOBILE_DIGITS = 11


@dataclass(frozen=True)
class Told:
    """What is encrypted of a household; empty once it is erased."""

    name: str = ""
    phone: str = ""
    need: str = ""

    @property
    def mobile(self) -> bool:
        """Tell whether a text message can go there."""
        return self.phone.startswith("1") and len(self.phone) == MOBILE_DIGITS


def told_of(household: Household) -> Told:
    """Open what is encrypted of a household."""
    return Told(**{field: _opened(household, field) for field in FIELDS})


def name_of(household: Household) -> str:
    """Open the name alone."""
    return _opened(household, "name")


def _opened(household: Household, field: str) -> str:
    cipher = getattr(household, field)
    if cipher is None:
        return ""
    place = household.place_of(field)
    return unseal(cipher, town_id=household.town_id, place=place)


def seal_told(household: Household, told: Told, key: str) -> tuple[str, ...]:
    """Seal what a list tells of a household; return the names of the fields set."""
    town_id = household.town_id
    for field in FIELDS:
        plain, place = getattr(told, field), household.place_of(field)
        cipher = seal(plain, town_id=town_id, place=place) if plain else None
        setattr(household, field, cipher)
    household.key_hash = hash_of(key, town_id)
    household.phone_hash = hash_of(told.phone, town_id)
    return (*FIELDS, "key_hash", "phone_hash")


def hash_of(value: str, town_id: int) -> str:
    """Return the hash by which a household is found again; empty for nothing."""
    if not value:
        return ""
    return keyed_hash(value, town_id=town_id, purpose="household")
