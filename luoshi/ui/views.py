"""Language and text size: cookies, set by plain forms."""

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from luoshi.ui.context import SIZES
from luoshi.ui.middleware import LANGUAGE_COOKIE

YEAR_S = 365 * 24 * 3600


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Return to the page that the form stands on; never to another host."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = "/"
    return HttpResponseRedirect(target)


def _keep(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    response = _back(request)
    response.set_cookie(cookie, value, max_age=YEAR_S, samesite="Lax", httponly=True)
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for an icon at its oldest address to ours."""
    return HttpResponseRedirect(static("ui/icon.svg"))


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language chosen."""
    chosen = request.POST.get("language", "")
    known = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return _keep(request, LANGUAGE_COOKIE, known)


@require_POST
def set_size(request: HttpRequest) -> HttpResponse:
    """Keep the text size chosen."""
    chosen = request.POST.get("size", "")
    return _keep(request, "size", chosen if chosen in SIZES else "standard")
