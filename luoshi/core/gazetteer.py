"""The town's own names of places, for whatever reads them in a text."""

from luoshi.core.models import Village, VillageGroup
from luoshi.engines.similarity import Gazetteer


def town_gazetteer() -> Gazetteer:
    """Return villages with all that they are called, and their groups."""
    rows = Village.objects.values_list("name", "aliases")
    places = {name: [name, *aliases] for name, aliases in rows}
    groups = VillageGroup.objects.values_list("village__name", "name")
    places |= {f"{village}{group}": [f"{village}{group}"] for village, group in groups}
    return Gazetteer.of(places)
