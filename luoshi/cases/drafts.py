"""A half-told case, kept in the session so that it survives reload and scripts off.

The session's data lies in the database; the contact part of it is encrypted.
"""

import json
import secrets
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from luoshi.core.files import check_recording, drop_aside, lay_aside, take_up
from luoshi.core.files.aside import Aside
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
    leave_recording_out(load_draft(request, town))
    request.session.pop(f"{KEY}:{town.code}", None)


def has_words(draft: dict[str, Any]) -> bool:
    """Tell whether anything was said, typed or spoken."""
    return bool(draft.get("text") or draft.get("recording"))


def lay_recording_aside(
    draft: dict[str, Any], recording: UploadedFile, town: Town
) -> dict[str, Any]:
    """Keep a recording with the draft, in place of an earlier one."""
    leave_recording_out(draft)
    aside = lay_aside(check_recording(recording), town_id=town.pk)
    return draft | {"recording": aside.kept()}


def leave_recording_out(draft: dict[str, Any]) -> dict[str, Any]:
    """Forget the recording of a draft."""
    if draft.get("recording"):
        drop_aside(Aside(**draft["recording"]))
    return draft | {"recording": None}


def recording_of(draft: dict[str, Any], town: Town) -> UploadedFile | None:
    """Return a draft's recording; None without one, or where its day is over."""
    kept = draft.get("recording")
    return take_up(Aside(**kept), town_id=town.pk) if kept else None
