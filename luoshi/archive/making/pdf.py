"""A matter as PDF/A, set by Typst: no browser, no server, seven milliseconds a page."""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from luoshi.archive.making.attachments import Attached
from luoshi.archive.making.told import Result, Step, Told, Voice
from luoshi.core.clock import SHANGHAI
from luoshi.core.files import path_of
from luoshi.core.models import StoredFile
from luoshi.core.sheets.out import without_control
from luoshi.ui.wording import long_day

SHEET = Path(__file__).with_name("matter.typ")
STANDARD = "a-2b"
_PAGES = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)")
# Its memory of what it set before grows; a new one costs a quarter of a second.
SHEETS_EACH = 500


class Printer:
    """Sets matters one after the other, with the fonts read once."""

    def __init__(self) -> None:
        self._left = 0
        self._compiler: Any = None
        self._fonts = typst.Fonts(include_embedded_fonts=False)

    def pdf_of(self, told: Told, attached: list[Attached]) -> tuple[bytes, bool]:
        """Return the PDF, and whether it is PDF/A: some characters have no picture."""
        data = json.dumps(_clean(_sheet(told, attached)), ensure_ascii=False)
        how = {
            # Bytes are read once: a second sheet asks for them again.
            "input": SHEET.read_bytes(),
            "format": "pdf",
            "sys_inputs": {"data": data},
            "timestamp": int(told.entry.package.begun_at.timestamp()),
            "pdf_tags": False,
        }
        try:
            return self._fresh().compile(**how, pdf_standards=STANDARD), True
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
        return self._fresh().compile(**how), False

    def _fresh(self) -> Any:
        if not self._left:
            files = settings.DATA / "files"
            files.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._compiler = typst.Compiler(root=str(files), font_paths=self._fonts)
            self._left = SHEETS_EACH
        self._left -= 1
        return self._compiler


def pages_in(pdf: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    found = _PAGES.search(pdf)
    if found is None:
        raise ValueError("The PDF has no list of pages.")
    return int(found[1])


def _sheet(told: Told, attached: list[Attached]) -> dict[str, Any]:
    matter, entry = told.commitment, told.entry
    sections = _sections(told)
    if attached:
        rows = [
            _row("", f"{one.path.partition('/')[2]}  SHA-256 {one.digest}")
            for one in attached
        ]
        sections.append(_section(_("Files beside this one"), rows))
    return {
        "town": matter.town.name,
        "kind": str(matter.get_kind_display()),
        "number": entry.number,
        "title": matter.title,
        "footer": _("Kept: %(term)s") % {"term": told.term.label},
        "facts": [[str(label), str(value) or "–"] for label, value in _facts(told)],
        "sections": sections,
    }


def _clean(value: Any) -> Any:
    """Drop what no font shows and no file holds."""
    if isinstance(value, str):
        return without_control(value)
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list) else value


def _facts(told: Told) -> list[tuple[str, Any]]:
    matter, entry = told.commitment, told.entry
    return [
        (_("Number of the matter"), matter.number),
        (_("Year"), entry.year),
        (_("Kept"), told.term.label),
        (_("Category"), matter.category or ""),
        (_("Village"), matter.village or ""),
        (_("Office and person"), f"{matter.owner_organisation} {matter.owner}"),
        (_("First word"), long_day(matter.started_at)),
        (_("Due"), long_day(matter.due_at)),
        (_("Closed on"), long_day(matter.closed_at) if matter.closed_at else ""),
        (_("How it ended"), matter.get_ending_display()),
    ]


def _sections(told: Told, name: str = "") -> list[dict[str, Any]]:
    """Return what stands below the facts; of a part each heading names the part."""
    head = f"{name} " if name else ""
    found = [
        _section(head + _("What was told"), *_voices(told.voices)),
        _section(head + _("What was handed in"), *_results(told.results)),
        _section(head + _("What they say of it"), *_results(told.verdicts)),
        _section(head + _("Each step"), _steps(told.steps), _pictures(told.files)),
    ]
    for voice in told.voices:
        title = _("Before %(number)s was done together") % {"number": voice.number}
        found.append(_section(head + title, _steps(voice.before)))
    if told.published:
        rows = [_row(told.published.title, told.published.words)]
        found.append(_section(head + _("What was published"), rows))
    if told.commitment.ending_words:
        rows = [_row("", told.commitment.ending_words)]
        found.append(_section(head + _("How it ended"), rows))
    for part in told.parts:
        found += _sections(part, part.commitment.number)
    return [one for one in found if one["rows"] or one["photos"]]


def _section(
    heading: str, rows: list[dict[str, str]], photos: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    return {"heading": heading, "rows": rows, "photos": photos or []}


def _row(about: str, words: str) -> dict[str, str]:
    return {"about": about, "words": words or "–"}


def _voices(
    voices: list[Voice],
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    rows = []
    for one in voices:
        about = [one.number, _moment(one.received_at), one.channel, one.village]
        about += [one.place, *(f"{system} {number}" for system, number in one.orders)]
        rows.append(_row("  ".join(filter(None, about)), one.words))
        for who in one.people:
            named = "  ".join(filter(None, (who.name, who.phone)))
            if named or who.words:
                rows.append({"about": named or _("No name"), "words": who.words})
    return rows, _pictures(photo for one in voices for photo in one.files)


def _results(
    results: list[Result],
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    rows = [_row(f"{_moment(one.at)}  {one.who}", one.words) for one in results]
    return rows, _pictures(photo for one in results for photo in one.files)


def _steps(steps: list[Step]) -> list[dict[str, str]]:
    return [
        {"about": f"{_moment(one.at)}  {one.text}", "words": one.words} for one in steps
    ]


def _pictures(files: Iterable[StoredFile]) -> list[dict[str, str]]:
    """Return the small pictures: the whole ones lie beside the PDF."""
    return [
        {
            "path": f"/{one.thumbnail_name[:2]}/{one.thumbnail_name}",
            "name": one.shown_name,
        }
        for one in files
        if one.thumbnail_name and path_of(one.thumbnail_name).exists()
    ]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
