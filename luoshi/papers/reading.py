"""Reads scans: each page as a picture, and the codes of papers that it shows."""

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import filetype
import pypdfium2
import zxingcpp
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from luoshi.core.files import BadFile, open_photo

# A scanner's batch; what one page becomes, and how sharp a page is drawn.
MOST_BYTES, MOST_PAGES = 30 * 1024 * 1024, 40
LONG_SIDE, DPI = 2400, 200
QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
# The end of the link that is printed as a code.
LINK = re.compile(r"/q/p/([0-9A-F]{16})/?$")


@dataclass(frozen=True)
class ScannedPage:
    """A page as it will be kept, and the codes of papers on it."""

    name: str
    content: bytes
    digest: str
    codes: frozenset[str]


def pages_of(upload: UploadedFile) -> Iterator[ScannedPage]:
    """Yield each page of a scan; `BadFile` says why it cannot be read."""
    name = (upload.name or "")[-80:]
    if upload.size is not None and upload.size > MOST_BYTES:
        raise BadFile(
            _("“%(name)s” is larger than 30 MB. Scan fewer pages into one file.")
            % {"name": name}
        )
    content = upload.read(MOST_BYTES + 1)
    mime = filetype.guess_mime(content) or ""
    if mime == "application/pdf":
        pictures = _drawn(name, content)
    elif mime in ("image/jpeg", "image/png"):
        pictures = iter([open_photo(name, content)])
    else:
        raise BadFile(
            _("“%(name)s” is no scan. Choose JPEG, PNG or PDF files.") % {"name": name}
        )
    whole = hashlib.sha256(content)
    for number, picture in enumerate(pictures):
        digest = whole.copy()
        digest.update(b"page %d" % number)
        yield ScannedPage(
            name, _kept(picture), digest.hexdigest(), frozenset(codes_in(picture))
        )


def _drawn(name: str, content: bytes) -> Iterator[Image.Image]:
    """Yield the pages of a PDF as pictures, none larger than a sharp A4."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise BadFile(
            _("“%(name)s” cannot be opened. Scan it again, without a password.")
            % {"name": name}
        ) from error
    try:
        if len(document) > MOST_PAGES:
            raise BadFile(
                _("“%(name)s” has more than %(most)d pages. Split it.")
                % {"name": name, "most": MOST_PAGES}
            )
        for page in document:
            longest = max(page.get_size()) or 1
            scale = min(DPI / 72, LONG_SIDE / longest)
            yield page.render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()


def codes_in(picture: Image.Image) -> set[str]:
    """Return the codes of papers on a page; harder looks only where none was seen."""
    for look in _looks(picture):
        found = zxingcpp.read_barcodes(look, formats=QR)
        links = [LINK.search(one.text) for one in found]
        if codes := {link[1] for link in links if link}:
            return codes
    return set()


def _looks(picture: Image.Image) -> Iterator[Image.Image]:
    """Yield the page in grey as it is, brightened, enlarged, and turned a little."""
    grey = ImageOps.grayscale(picture)
    yield grey
    bright = ImageOps.autocontrast(grey, cutoff=2)
    yield bright
    if max(grey.size) < LONG_SIDE:
        larger = (grey.width * 2, grey.height * 2)
        yield bright.resize(larger, Image.Resampling.BICUBIC)
    for degrees in (20, -20):
        yield bright.rotate(
            degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255
        )


def _kept(picture: Image.Image) -> bytes:
    small = picture.copy()
    small.thumbnail((LONG_SIDE, LONG_SIDE))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=85)
    return out.getvalue()
