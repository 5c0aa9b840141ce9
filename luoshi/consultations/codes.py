"""The code under which a browser's answers lie: chance, kept in a cookie of its own.

The same eight characters, typed on another phone, open the same answers; they lead to
no person. The town keeps only a keyed hash.
"""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from luoshi.cases.codes import shown, tidy
from luoshi.consultations.models import Consultation, Voter
from luoshi.core.clock import now

KEEP = timedelta(days=90)
CAME_BY = "came-by"


def _name(consultation: Consultation) -> str:
    return f"answers-{consultation.code.lower()}"


def _path(consultation: Consultation) -> str:
    town = consultation.town.code
    told = {"town": town, "number": consultation.number}
    return reverse("asked:one", kwargs=told)


def code_in(request: HttpRequest, consultation: Consultation) -> str:
    """Return the code that a browser brings; empty where it brings none."""
    kept = request.COOKIES.get(_name(consultation), "")
    return tidy(kept, "") if len(kept) <= 40 else ""


def keep_code(
    answer: HttpResponse, request: HttpRequest, consultation: Consultation, code: str
) -> None:
    """Let the browser keep a code until well after the last day."""
    closes = consultation.closes_at
    days = max(KEEP, closes - now() + KEEP) if closes else KEEP
    answer.set_cookie(
        _name(consultation),
        code,
        max_age=days,
        path=_path(consultation),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def forget_code(answer: HttpResponse, consultation: Consultation) -> None:
    """Let the browser forget the code of answers that are gone."""
    answer.delete_cookie(_name(consultation), path=_path(consultation))


def shown_code(consultation: Consultation, code: str) -> str:
    """Return a code as people read it."""
    return shown(consultation.town.prefix, code)


def channel_of(request: HttpRequest) -> str:
    """Return whether somebody came by a poster's code or found the page."""
    came = request.COOKIES.get(CAME_BY, "")
    return Voter.Channel.POSTER if came == "poster" else Voter.Channel.WEB
