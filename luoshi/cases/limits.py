"""How much fits, and what looks doubtful: held for a look, never lost."""

from django.http import HttpRequest
from django.utils.translation import gettext_noop

from luoshi.core.tally import count_up

# Characters that fit into what somebody tells.
MOST_TEXT = 10_000
HOUR_S = 3600
MANY = 20
MANY_ASIDE = 60


def network_of(request: HttpRequest) -> str:
    """Return the network that a request came from."""
    return request.META.get("REMOTE_ADDR", "")


def why_held(request: HttpRequest, honey: str) -> str:
    """Say why a report is doubtful; empty if it is not."""
    if honey:
        return gettext_noop("A field that people do not see was filled in.")
    if count_up(f"reports:{network_of(request)}", HOUR_S) > MANY:
        return gettext_noop("More than 20 reports came from one network in an hour.")
    return ""


def too_much_aside(request: HttpRequest) -> bool:
    """Tell whether a network lays more aside in an hour than people would."""
    return count_up(f"aside:{network_of(request)}", HOUR_S) > MANY_ASIDE
