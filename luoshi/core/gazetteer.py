"""The town's own names of places, for whatever reads them in a text."""

from luoshi.core.models import NamedPlace, Village, VillageGroup
from luoshi.engines.similarity import Gazetteer


def town_gazetteer() -> Gazetteer:
    """Return villages and named places with all that they are called, and groups."""
    named = NamedPlace.objects.order_by().values_list("name", "aliases")
    rows = Village.objects.order_by().values_list("name", "aliases")
    # One question for both: it is asked while somebody waits.
    places = {name: [name, *aliases] for name, aliases in rows.union(named, all=True)}
    groups = VillageGroup.objects.values_list("village__name", "name")
    places |= {f"{village}{group}": [f"{village}{group}"] for village, group in groups}
    return Gazetteer.of(places)
