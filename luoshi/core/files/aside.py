"""What is chosen before it is sent: kept encrypted for a day, and no row knows it."""

import re
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from luoshi.core.clock import now
from luoshi.core.files.check import Checked
from luoshi.core.secrets import SecretError, seal_bytes, unseal_bytes

DAY_S = 86400
NAME = re.compile(r"[\w-]{32}")


@dataclass(frozen=True)
class Aside:
    """A file laid aside: where it lies, and what its page says of it."""

    key: str
    name: str
    seconds: int

    def kept(self) -> dict[str, Any]:
        """Return it as a draft can keep it."""
        return asdict(self)


def lay_aside(checked: Checked, *, town_id: int) -> Aside:
    """Keep a checked file until its form is sent, or for a day."""
    key = secrets.token_urlsafe(24)
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_bytes(seal_bytes(checked.content, town_id=town_id, place=_place(key)))
    return Aside(key, checked.name, checked.seconds)


def take_up(aside: Aside, *, town_id: int) -> UploadedFile | None:
    """Return what was laid aside; None where its day is over."""
    try:
        cipher = _path(aside.key).read_bytes()
        content = unseal_bytes(cipher, town_id=town_id, place=_place(aside.key))
    except (FileNotFoundError, SecretError):
        return None
    return SimpleUploadedFile(aside.name, content)


def drop_aside(aside: Aside) -> None:
    """Forget what was laid aside."""
    _path(aside.key).unlink(missing_ok=True)


def drop_old() -> int:
    """Forget what was laid aside more than a day ago; return how many."""
    old = [
        path
        for path in _folder().glob("*")
        if now().timestamp() - path.stat().st_mtime > DAY_S
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _folder() -> Path:
    return settings.DATA / "aside"


def _path(key: str) -> Path:
    if not NAME.fullmatch(key):
        raise ValueError(key)
    return _folder() / key


def _place(key: str) -> str:
    return f"core.aside:{key}"
