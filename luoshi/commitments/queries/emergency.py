"""Reads of the emergency mode: what is on, how many clocks stand, what was before."""

from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import gettext as _

from luoshi.commitments.models import Emergency, Pause
from luoshi.core.models import Town

# How long a page of another process may still show the banner, in seconds.
BANNER_S = 5


@dataclass(frozen=True)
class Told:
    """One emergency with the number of clocks that stand, or stood."""

    emergency: Emergency
    clocks: int


def emergency_now() -> Emergency | None:
    """Return the emergency that is on, with who declared it."""
    found = Emergency.objects.filter(ended_at=None)
    return found.select_related("started_by").first()


def emergencies() -> list[Told]:
    """Return all emergencies, the latest first."""
    rows = Emergency.objects.select_related("started_by", "ended_by")
    return [
        Told(one, Pause.objects.filter(emergency=one).count())
        for one in rows.order_by("-started_at")[:50]
    ]


def emergency_banner(town: Town) -> str:
    """Say on every page that an emergency is on; empty where none is."""
    key = f"emergency:{town.pk}"
    name = cache.get(key)
    if name is None:
        found = Emergency.objects.filter(town=town, ended_at=None).first()
        name = found.name if found else ""
        cache.set(key, name, BANNER_S)
    if not name:
        return ""
    return _(
        "%(name)s: the town works on it day and night. Urgent matters and safety go on "
        "as ever; the days of all other matters wait till it is over."
    ) % {"name": name}
