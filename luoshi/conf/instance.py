"""Where one instance keeps its things: database, files, and the key beside them."""

import os
import secrets
from pathlib import Path


def data_folder() -> Path:
    """Return the folder of `LUOSHI_DATA` (default `var/`), made if it is missing."""
    folder = Path(os.environ.get("LUOSHI_DATA", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _kept_secret(folder: Path, name: str) -> str:
    """Return the secret kept in a file that only the owner may read; make it once."""
    path = folder / name
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    secret = secrets.token_hex(32)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret + "\n")
    return secret


def secret_key(folder: Path) -> str:
    """Return the key that signs sessions and form tokens."""
    return _kept_secret(folder, "session.key")


def master_key_path(folder: Path) -> Path:
    """Return where the keys for names, phones and addresses are kept."""
    return folder / "personal.key"
