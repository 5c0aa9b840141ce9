"""State that every domain stands on: towns, people, trail, files, notices."""

from luoshi.core.models.base import TownModel
from luoshi.core.models.calendar import DayOverride
from luoshi.core.models.files import StoredFile
from luoshi.core.models.handover import Handover, HandoverPair
from luoshi.core.models.notices import Notice
from luoshi.core.models.people import Organisation, Person, Post, Tenure, User
from luoshi.core.models.places import (
    NamedPlace,
    Population,
    Village,
    VillageGroup,
    VillageMerge,
)
from luoshi.core.models.search import SearchRow
from luoshi.core.models.towns import Counter, Town
from luoshi.core.models.trail import TrailContent, TrailEntry, TrailSeal

__all__ = [
    "Counter",
    "DayOverride",
    "Handover",
    "HandoverPair",
    "NamedPlace",
    "Notice",
    "Organisation",
    "Person",
    "Population",
    "Post",
    "SearchRow",
    "StoredFile",
    "Tenure",
    "Town",
    "TownModel",
    "TrailContent",
    "TrailEntry",
    "TrailSeal",
    "User",
    "Village",
    "VillageGroup",
    "VillageMerge",
]
