"""The templates that come with Luoshi, written by `scripts/paper_templates.py`."""

from pathlib import Path

HERE = Path(__file__).resolve().parent


def default_of(kind: str) -> bytes:
    """Return the Word file that came with Luoshi."""
    return (HERE / f"{kind}.docx").read_bytes()
