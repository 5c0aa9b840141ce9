"""The town's own names of places, for whatever reads them in a text."""

from luoshi.core.models import NamedPlace, Village, VillageGroup
from luoshi.engines.similarity import Gazetteer


def town_gazetteer() -> Gazetteer:
    """Return villages and named places with all that they are called, and groups."""
    rows = Village.objects.values_list("name", "aliases")
    places = {name: [name, *aliases] for name, aliases in rows}
    groups = VillageGroup.objects.values_list("village__name", "name")
    places |= {f"{village}{group}": [f"{village}{group}"] for village, group in groups}
    named = NamedPlace.objects.values_list("name", "aliases")
    places |= {name: [name, *aliases] for name, aliases in named}
    return Gazetteer.of(places)
