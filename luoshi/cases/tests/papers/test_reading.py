"""Codes are read from scans as they come: crooked, dim, from the side, in a PDF."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from luoshi.cases.tests.papers.play import (
    blurred,
    dim,
    faxed,
    jpeg,
    pdf,
    png,
    shaded,
    sheet,
    skewed,
    turned,
)
from luoshi.core.files import BadFile
from luoshi.papers.reading import LONG_SIDE, MOST_PAGES, codes_in, pages_of

CODE = "0123456789ABCDEF"
SPOILT = {
    "as it is": lambda page: page,
    "crooked": lambda page: turned(page, 7),
    "very crooked": lambda page: turned(page, -38),
    "on its side": lambda page: turned(page, 90),
    "upside down": lambda page: turned(page, 181),
    "dim": dim,
    "from the side": skewed,
    "in a shadow": shaded,
    "blurred": blurred,
    "coarse": faxed,
    "dim, crooked and from the side": lambda page: dim(skewed(turned(page, 4))),
    "coarse, dim and crooked": lambda page: faxed(dim(turned(page, -11))),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_scan_is_read(how):
    read = list(pages_of(jpeg(SPOILT[how](sheet(CODE)), quality=60)))
    assert [page.codes for page in read] == [{CODE}]


def test_each_page_of_a_pdf_is_a_page():
    other = "F" * 16
    pages = list(pages_of(pdf(sheet(CODE), sheet(), turned(sheet(other), 3))))
    assert [page.codes for page in pages] == [{CODE}, set(), {other}]
    assert len({page.digest for page in pages}) == 3
    for page in pages:
        assert max(Image.open(io.BytesIO(page.content)).size) <= LONG_SIDE


def test_two_codes_on_one_page_are_both_seen():
    assert codes_in(sheet(CODE, "A" * 16)) == {CODE, "A" * 16}


def test_other_codes_say_nothing():
    import segno

    out = io.BytesIO()
    segno.make("https://example.org/q/7K2M94PX").save(out, kind="png", scale=6)
    (page,) = pages_of(SimpleUploadedFile("x.png", out.getvalue()))
    assert page.codes == set()


def test_the_same_scan_has_the_same_digest_and_another_has_not():
    page = sheet(CODE)
    first, again = (next(pages_of(png(page))).digest for _time in range(2))
    assert first == again
    assert next(pages_of(png(turned(page, 1)))).digest != first


def empty_pdf(pages):
    import pypdfium2

    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _page in range(pages):
        document.new_page(10, 10)
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("text.pdf", b"plain words"),
        ("empty.jpg", b""),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<"),
        ("cut.jpg", b"\xff\xd8\xff\xe0" + b"0" * 90),
        ("sheet.gif", b"GIF89a" + b"0" * 30),
        ("long.pdf", empty_pdf(MOST_PAGES + 1)),
    ],
)
def test_what_is_no_scan_is_refused_by_name(name, content):
    with pytest.raises(BadFile) as refused:
        list(pages_of(SimpleUploadedFile(name, content)))
    assert name in str(refused.value)


def test_a_page_of_any_size_is_drawn_small():
    import pypdfium2

    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(14_000, 100)
    document.save(out)
    document.close()
    (page,) = pages_of(SimpleUploadedFile("wide.pdf", out.getvalue()))
    assert max(Image.open(io.BytesIO(page.content)).size) <= LONG_SIDE
