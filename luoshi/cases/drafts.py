"""A half-told case, kept in the session so that it survives reload and scripts off.

The session's data lies in the database; the contact part of it is encrypted.
"""

import json
import secrets
from typing import Any

from django.http import HttpRequest

from luoshi.core.models import Town
from luoshi.core.secrets import seal, unseal

KEY = "draft"


def load_draft(request: HttpRequest, town: Town) -> dict[str, Any]:
    """Return what was told so far; a fresh draft has only its form token."""
    kept = request.session.get(f"{KEY}:{town.code}")
    if not kept:
        return {"token": secrets.token_urlsafe(24)}
    place = f"cases.draft:{kept['token']}"
    text = unseal(bytes.fromhex(kept["sealed"]), town_id=town.pk, place=place)
    return json.loads(text)


def save_draft(request: HttpRequest, town: Town, draft: dict[str, Any]) -> None:
    """Keep what was told so far."""
    place = f"cases.draft:{draft['token']}"
    sealed = seal(json.dumps(draft), town_id=town.pk, place=place)
    request.session[f"{KEY}:{town.code}"] = {
        "token": draft["token"],
        "sealed": sealed.hex(),
    }


def drop_draft(request: HttpRequest, town: Town) -> None:
    """Forget it once it is sent."""
    request.session.pop(f"{KEY}:{town.code}", None)
