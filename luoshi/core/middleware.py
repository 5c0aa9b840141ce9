"""Opens the town of an address, and turns refusals into answers."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django_scopes import scope

from luoshi.core.actors import Staff
from luoshi.core.models import Town, User
from luoshi.core.refusals import Refusal
from luoshi.core.staff import staff_of
from luoshi.core.towns import find_town

Answer = Callable[[HttpRequest], HttpResponse]


class TownMiddleware:
    """Runs everything below `/<town>/` inside that town's scope, and no other."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the town named in the address and answer in its scope."""
        request.town = request.staff = None  # type: ignore[attr-defined]
        town = _town_of(request.path_info)
        if town is None:
            return self.get_response(request)
        request.town = town  # type: ignore[attr-defined]
        with scope(town=town):
            request.staff = _staff_in(request, town)  # type: ignore[attr-defined]
            if request.staff and _must_change_password(request):  # type: ignore[attr-defined]
                return redirect("core:password")
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple, kwargs: dict[str, Any]
    ) -> None:
        """Take the town out of the view's arguments; an unknown one is a 404."""
        if kwargs.pop("town", None) and request.town is None:  # type: ignore[attr-defined]
            raise Http404


def _must_change_password(request: HttpRequest) -> bool:
    """Tell whether a first password must be changed before anything else."""
    return isinstance(request.user, User) and request.user.must_change_password


def _town_of(path: str) -> Town | None:
    try:
        code = resolve(path).kwargs.get("town")
    except Resolver404:
        return None
    return find_town(code) if code else None


def _staff_in(request: HttpRequest, town: Town) -> Staff | None:
    """Return who is signed in, if it is somebody of this town."""
    user = request.user
    if not isinstance(user, User) or user.person_id is None:
        return None
    staff = staff_of(user)
    return staff if staff and staff.town.pk == town.pk else None


class RefusalMiddleware:
    """Says what was refused and what to do, as a page or as JSON."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        """Answer a refusal; leave every other error to Django."""
        if not isinstance(error, Refusal):
            return None
        if request.accepts("text/html"):
            return render(
                request, "core/refused.html", {"refusal": error}, status=error.status
            )
        return JsonResponse(
            {"code": error.code, "message": error.sentence}, status=error.status
        )
