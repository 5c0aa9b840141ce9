"""Every change of papers, their scans and templates."""

from luoshi.papers.actions.making import (
    Made,
    cancel_paper,
    empty_within,
    make_within,
    release_within,
)
from luoshi.papers.actions.scans import (
    Brought,
    bring_page,
    drop_scan,
    file_scan,
    take_scan_out,
)
from luoshi.papers.actions.templates import (
    change_words,
    retire_template,
    set_template,
)

__all__ = [
    "Brought",
    "Made",
    "bring_page",
    "cancel_paper",
    "change_words",
    "drop_scan",
    "empty_within",
    "file_scan",
    "make_within",
    "release_within",
    "retire_template",
    "set_template",
    "take_scan_out",
]
