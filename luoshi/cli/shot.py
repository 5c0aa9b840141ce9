"""A page to take a picture of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shot:
    """A page to look at: its name, path, and who looks."""

    name: str
    path: str
    role: str = ""
