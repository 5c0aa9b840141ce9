"""Contrast (WCAG 2) recomputed from the file in which the colours stand."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parent.parent / "static/ui/tokens.css").read_text()
LIGHT, DARK = TOKENS.split("prefers-color-scheme: dark")


def colours(css):
    """Return the first value of each colour token."""
    found = {}
    for name, value in re.findall(r"--([a-z-]+): (#[0-9A-F]{6})", css):
        found.setdefault(name, value)
    return found


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT = [
    ("ink", "paper"),
    ("ink", "wash"),
    ("soft", "paper"),
    ("soft", "wash"),
    ("act", "paper"),
    ("act", "wash"),
    ("act", "act-wash"),
    ("on-act", "act"),
    ("on-act", "act-deep"),
    ("ok", "paper"),
    ("ok", "ok-wash"),
    ("warn", "paper"),
    ("warn", "warn-wash"),
    ("bad", "paper"),
    ("bad", "bad-wash"),
    ("wait", "sunk"),
    ("ink", "sunk"),
    ("ink", "act-wash"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(scheme, text, ground):
    tokens = colours(LIGHT) if scheme == "light" else colours(LIGHT) | colours(DARK)
    assert contrast(tokens[text], tokens[ground]) >= 6.0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_borders_of_controls_can_be_seen(scheme):
    tokens = colours(LIGHT) if scheme == "light" else colours(LIGHT) | colours(DARK)
    for ground in ("paper", "wash"):
        assert contrast(tokens["edge"], tokens[ground]) >= 3.0


@pytest.mark.parametrize("town", ["teal", "rosewood", "tea"])
def test_every_town_colour_reads_on_paper_and_wash(town):
    own = colours(LIGHT) | colours(re.search(f'"{town}".*', LIGHT)[0])
    for ground in ("paper", "wash"):
        assert contrast(own["act"], own[ground]) >= 7.0
