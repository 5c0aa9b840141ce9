"""What may be handed in: told from the bytes, never from the name."""

import io
import warnings
import zipfile
from dataclasses import dataclass

import filetype
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from luoshi.core.files.sound import MOST_SECONDS, SLACK_SECONDS, sound_in

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 6
MOST_PIXELS = 50_000_000
LONG_SIDE, SMALL_SIDE = 2400, 480
OFFICE_PARTS = {
    "word/document.xml": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
    "xl/workbook.xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
}


class BadFile(ValueError):
    """A file that is not taken, with a sentence that says why and what to do."""


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its bytes as they will lie on disk."""

    kind: str
    content_type: str
    suffix: str
    name: str
    content: bytes
    thumbnail: bytes = b""
    width: int = 0
    height: int = 0
    seconds: int = 0


def check_upload(upload: UploadedFile) -> Checked:
    """Return the cleaned file; `BadFile` says what is wrong with it."""
    name = (upload.name or "")[-100:]
    if upload.size is not None and upload.size > MOST_BYTES:
        raise BadFile(
            _("“%(name)s” is larger than 10 MB. Make it smaller or send fewer.")
            % {"name": name}
        )
    content = upload.read(MOST_BYTES + 1)
    if not content:
        raise BadFile(_("“%(name)s” is empty. Choose it again.") % {"name": name})
    recording = _recording(name, content)
    if recording is not None:
        return recording
    guess = filetype.guess(content)
    mime = guess.mime if guess else ""
    if mime.startswith("image/"):
        return _photo(name, content)
    if mime == "application/pdf":
        return Checked("document", mime, "pdf", name, content)
    if content[:2] == b"PK":
        return _office(name, content)
    raise BadFile(
        _("“%(name)s” cannot be taken. Photos, PDF, Word, Excel and recordings can.")
        % {"name": name}
    )


def check_recording(upload: UploadedFile) -> Checked:
    """Return a recording; `BadFile` for anything else."""
    checked = check_upload(upload)
    if checked.kind != "audio":
        raise BadFile(
            _("“%(name)s” is no recording. Choose a sound file.")
            % {"name": checked.name}
        )
    return checked


def _recording(name: str, content: bytes) -> Checked | None:
    """Take a recording that is short enough; None for what is none."""
    try:
        sound = sound_in(content)
    except Exception as error:
        raise BadFile(
            _("The recording “%(name)s” cannot be read. Record it again.")
            % {"name": name}
        ) from error
    if sound is None:
        return None
    if sound.seconds > MOST_SECONDS + SLACK_SECONDS:
        raise BadFile(
            _(
                "“%(name)s” is %(minutes)d minutes long; five fit. "
                "Record it again, in pieces."
            )
            % {"name": name, "minutes": -(-sound.seconds // 60)}
        )
    # A telephone names a recording by the place where it was made.
    return Checked(
        *("audio", sound.content_type, sound.suffix, f"recording.{sound.suffix}"),
        content,
        seconds=max(1, round(sound.seconds)) if sound.seconds else 0,
    )


def open_photo(name: str, content: bytes) -> Image.Image:
    """Return a photo the right way up; `BadFile` for what is none, or too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(content))
            if opened.width * opened.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            return ImageOps.exif_transpose(opened).convert("RGB")
    except Exception as error:
        raise BadFile(
            _("The photo “%(name)s” cannot be read. Take it again.") % {"name": name}
        ) from error


def _photo(name: str, content: bytes) -> Checked:
    """Encode a photo anew, which drops where and with what it was taken."""
    picture = open_photo(name, content)
    picture.thumbnail((LONG_SIDE, LONG_SIDE))
    small = picture.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE))
    return Checked(
        "photo",
        "image/jpeg",
        "jpg",
        name,
        _jpeg(picture, 82),
        _jpeg(small, 60),
        picture.width,
        picture.height,
    )


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _office(name: str, content: bytes) -> Checked:
    """Take a Word or Excel file; other archives and bombs are refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {info.filename: info.file_size for info in archive.infolist()}
    except zipfile.BadZipFile:
        members = {}
    for part, mime in OFFICE_PARTS.items():
        if part in members and sum(members.values()) < 20 * MOST_BYTES:
            suffix = "docx" if part.startswith("word") else "xlsx"
            return Checked("document", mime, suffix, name, content)
    raise BadFile(
        _("“%(name)s” cannot be taken. Send the file itself, not an archive.")
        % {"name": name}
    )
