"""QR codes: as SVG that takes the size of its place, and as a picture to keep."""

import io

import segno
from PIL import Image, ImageDraw, ImageFont

BELOW, LETTER = 50, 36


def qr_svg(text: str, border: int = 2) -> str:
    """Return a code without a size of its own; with one, a small place cuts it off."""
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        border=border,
        svgclass="qr",
        omitsize=True,
    )
    return out.getvalue().decode()


def qr_card(link: str, shown: str) -> bytes:
    """Return a PNG of a code with what it says below it, to be kept as a picture.

    PNG, because what keeps a picture by a long press keeps no SVG.
    """
    out = io.BytesIO()
    segno.make(link, error="m").save(out, kind="png", scale=10, border=3)
    code = Image.open(out).convert("L")
    card = Image.new("L", (code.width, code.height + BELOW), "white")
    card.paste(code, (0, 0))
    pen = ImageDraw.Draw(card)
    font = ImageFont.load_default(size=LETTER)
    pen.text(
        (card.width // 2, code.height), shown, fill="black", font=font, anchor="mt"
    )
    kept = io.BytesIO()
    card.save(kept, "PNG", optimize=True)
    return kept.getvalue()
