"""Which village and group a place's words name, so that nobody chooses them again."""

from luoshi.core.models import Village, VillageGroup
from luoshi.core.villages import current_of


def place_in(words: str) -> tuple[Village | None, VillageGroup | None]:
    """Return the one village that some words name, and the group in it; or none."""
    found = [one for one in Village.objects.all() if one.name in words]
    # A longer name holds a shorter one: the longest is the one that is meant.
    village = max(found, key=lambda one: len(one.name), default=None)
    if village is None:
        return None, None
    if village.head_id:
        # Its old name is still said; what is told now is of what it is part of.
        village = current_of(village.pk)
    groups = VillageGroup.objects.filter(village=village)
    group = next((one for one in groups if one.name and one.name in words), None)
    return village, group
