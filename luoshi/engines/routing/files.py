"""The file of a router: one line of JSON, then arrays; nothing in it can run.

The line holds format, version and the digest of everything after it. The arrays are
NumPy's own format without pickles; what is no array is one more JSON text among them.
"""

import hashlib
import io
import json
import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from luoshi.engines.routing.errors import ModelFileError

FORMAT, VERSION = "luoshi-routing", 1
LONGEST_LINE, MOST_BYTES = 1000, 400_000_000
Arrays = dict[str, npt.NDArray[Any]]


def write(path: str | os.PathLike[str], told: dict[str, Any], arrays: Arrays) -> None:
    """Write a file whole or not at all."""
    body = io.BytesIO()
    text = np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), np.uint8)
    np.savez(body, told=text, **arrays)  # type: ignore[arg-type]
    content = body.getvalue()
    line = {"format": FORMAT, "version": VERSION}
    line["sha256"] = hashlib.sha256(content).hexdigest()
    goal = Path(path)
    handle, beside = tempfile.mkstemp(dir=goal.parent, prefix=goal.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(line).encode() + b"\n" + content)
        os.replace(beside, goal)
    except BaseException:
        os.unlink(beside)
        raise


def read(path: str | os.PathLike[str]) -> tuple[dict[str, Any], Arrays]:
    """Return what `write` was given; ModelFileError for anything else."""
    if os.path.getsize(path) > MOST_BYTES:
        raise ModelFileError("The file is too large for a router.")
    with open(path, "rb") as file:
        line = _first_line(file.readline(LONGEST_LINE))
        content = file.read()
    if line.get("version") != VERSION:
        raise ModelFileError(
            f"The file has version {line.get('version')}, this program reads {VERSION}."
        )
    if hashlib.sha256(content).hexdigest() != line.get("sha256"):
        raise ModelFileError("The file is damaged: its digest does not match.")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as found:
            arrays = {name: found[name] for name in found.files}
        told = json.loads(arrays.pop("told").tobytes())
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise ModelFileError("The file holds no router that can be read.") from error
    return told, arrays


def _first_line(raw: bytes) -> dict[str, Any]:
    try:
        line = json.loads(raw)
    except ValueError:
        line = None
    if not isinstance(line, dict) or line.get("format") != FORMAT:
        raise ModelFileError("The file is no router.")
    return line
