"""What the town says to all, in one line on every page while it holds."""

from django.core.cache import cache

from luoshi.alerts.models import GroupNotice
from luoshi.core.clock import now
from luoshi.core.models import Town

# How long a page of another process may still show what was before, in seconds.
BANNER_S = 5


def banner_key(town_id: int) -> str:
    """Name the place in the cache."""
    return f"group-notice:{town_id}"


def notice_banner(town: Town) -> str:
    """Return the title of the newest notice that holds; empty where none does."""
    key = banner_key(town.pk)
    title = cache.get(key)
    if title is None:
        found = GroupNotice.objects.filter(
            town=town,
            state=GroupNotice.State.RELEASED,
            ended_at=None,
            shown_until__gt=now(),
        )
        title = found.values_list("title", flat=True).first() or ""
        cache.set(key, title, BANNER_S)
    return str(title)
