"""Files are told from their bytes; photos lose where they were taken."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from luoshi.core.files import BadFile, check_upload


def picture(**save):
    out = io.BytesIO()
    Image.new("RGB", (3000, 1500), "navy").save(out, "JPEG", **save)
    return out.getvalue()


def test_a_photo_is_made_smaller_and_loses_its_exif():
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    checked = check_upload(SimpleUploadedFile("a.jpg", picture(exif=exif)))
    kept = Image.open(io.BytesIO(checked.content))
    assert kept.size == (2400, 1200)
    assert not kept.getexif()
    assert len(checked.thumbnail) < 40_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.jpg", b""),
        ("page.jpg", b"<script>alert(1)</script>"),
        ("cut.jpg", picture()[:300]),
        ("program.pdf", b"MZ\x90\x00" + b"\x00" * 100),
        ("broken.docx", b"PK\x03\x04 not a zip"),
    ],
)
def test_mislabelled_and_broken_files_are_refused_by_name(name, content):
    with pytest.raises(BadFile, match=name):
        check_upload(SimpleUploadedFile(name, content))


def test_an_archive_and_a_bomb_are_refused():
    for member, size in (("a.txt", 10), ("word/document.xml", 300_000_000)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(member, b"0" * size)
        upload = SimpleUploadedFile("x.docx", out.getvalue())
        with pytest.raises(BadFile):
            check_upload(upload)
