"""Scans to play with: a sheet with its code, drawn and then spoilt as scanners do."""

import io
import math

import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from luoshi.cases.actions import make_paper
from luoshi.cases.tests.test_main_job import awaiting, dispatched

# A4 at 200 dots an inch, and where the code stands on it.
PAGE, CODE, AT = (1654, 2339), 134, (1316, 102)


def link_of(code):
    return f"https://luoshi.example.gov.cn/q/p/{code}"


def sheet(*codes):
    """Draw a sheet with lines like text, a red seal, and its code."""
    page = Image.new("RGB", PAGE, "white")
    draw = ImageDraw.Draw(page)
    for line in range(22):
        for word in range(14):
            left, top = 220 + word * 88, 420 + line * 80
            draw.rectangle((left, top, left + 60 + line % 3, top + 26), fill="black")
    draw.ellipse((1000, 1700, 1330, 2030), outline=(200, 30, 30), width=12)
    for number, code in enumerate(codes):
        out = io.BytesIO()
        segno.make(link_of(code), error="m").save(out, kind="png", scale=8, border=2)
        square = Image.open(out).convert("RGB").resize((CODE, CODE))
        page.paste(square, (AT[0] - number * 500, AT[1]))
    return page


def turned(page, degrees):
    """Lay it crooked on the glass."""
    return page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="grey")


def dim(page):
    """Scan it with a lamp that dies: little contrast, dark, a little noise."""
    faint = ImageEnhance.Contrast(page).enhance(0.3)
    return ImageEnhance.Brightness(faint).enhance(0.45)


def skewed(page):
    """Photograph it from the side, so that no corner is square."""
    wide, high = page.size
    corners = (60, 40, 0, high, wide, high - 90, wide - 140, 0)
    return page.transform(
        page.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC
    )


def shaded(page):
    """Let a shadow fall over it from one side."""
    shade = Image.linear_gradient("L").rotate(90).resize(page.size)
    return Image.composite(page, ImageEnhance.Brightness(page).enhance(0.25), shade)


def blurred(page):
    return page.filter(ImageFilter.GaussianBlur(1.3))


def faxed(page):
    """Scan it coarsely, at 120 dots an inch."""
    return page.resize(tuple(math.floor(side * 0.6) for side in page.size))


def jpeg(page, name="scan.jpg", quality=70):
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def png(page, name="scan.png"):
    out = io.BytesIO()
    page.save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def pdf(*pages, name="scan.pdf"):
    out = io.BytesIO()
    first, *rest = pages
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=200)
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


def assignment(place, receipt=None):
    """Return the assignment sheet of a matter."""
    receipt = receipt or dispatched(place)
    return make_paper(
        receipt.case.pk,
        kind="assignment",
        words="今天去看",
        actor=place.staff("dispatcher"),
    )


def answer(place, receipt=None):
    """Return the written answer of a matter that was accepted."""
    receipt = receipt or awaiting(place)
    return make_paper(
        receipt.case.pk, kind="answer", words="换了灯", actor=place.staff("handler")
    )
