"""What every page knows of its town and of who is signed in."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from luoshi.core.clock import today
from luoshi.core.slots import banners_for, nav_for, tabs_for


def town(request: HttpRequest) -> dict[str, object]:
    """Return town, staff and the navigation, counted only where it is shown."""
    staff = getattr(request, "staff", None)
    town = getattr(request, "town", None)
    return {
        "town": town,
        "banners": SimpleLazyObject(lambda: banners_for(town) if town else []),
        "staff": staff,
        "today": today(),
        "keys_off": not getattr(getattr(request, "user", None), "shortcuts", True),
        "staff_nav": SimpleLazyObject(
            lambda: nav_for(staff, request.path) if staff else []
        ),
        "manage_tabs": SimpleLazyObject(
            lambda: tabs_for(staff, request.path) if staff else []
        ),
    }
