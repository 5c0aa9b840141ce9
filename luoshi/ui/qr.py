"""QR codes as SVG that takes the size its place gives it."""

import io

import segno


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
