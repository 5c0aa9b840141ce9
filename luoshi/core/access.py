"""Who may open a page: said at the view, walked by a test."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

View = Callable[..., HttpResponseBase]


def open_to_all(view: View) -> View:
    """Mark a page that anybody may open."""
    view.roles = None  # type: ignore[attr-defined]
    return view


def staff_only(*roles: str) -> Callable[[View], View]:
    """Let in staff of the town with one of the roles; any staff if none is named."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(
                    request.get_full_path(), reverse("core:sign-in")
                )
            staff = request.staff  # type: ignore[attr-defined]
            if staff is None:
                raise Http404
            if roles and not staff.has(*roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded

    return decorate
