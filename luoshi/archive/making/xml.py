"""A matter as XML, by the schema beside this file."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from luoshi.archive.making.attachments import Attached
from luoshi.archive.making.told import Result, Step, Told, Voice
from luoshi.commitments.models import Commitment
from luoshi.core.clock import SHANGHAI
from luoshi.core.sheets.out import without_control

NAMESPACE = "urn:luoshi:archive:1"
SCHEMA = Path(__file__).with_name("matter.xsd")


def xml_of(told: Told, attached: list[Attached]) -> bytes:
    """Return a matter as UTF-8 XML."""
    entry, matter = told.entry, told.commitment
    root = ET.Element("matter", {"xmlns": NAMESPACE})
    _texts(
        root,
        ("fileNumber", entry.number),
        ("year", str(entry.year)),
        ("term", entry.term),
        ("town", matter.town.name),
    )
    _body(root, told)
    files = ET.SubElement(root, "files")
    for one in attached:
        ET.SubElement(
            files,
            "file",
            {
                "path": one.path,
                "name": without_control(one.file.shown_name),
                "type": one.file.content_type,
                "size": str(one.size),
                "sha256": one.digest,
            },
        )
    ET.indent(root)
    return ET.tostring(root, "utf-8", xml_declaration=True)


def _body(into: ET.Element, told: Told) -> None:
    """Add what a matter and a part of one have alike."""
    matter = told.commitment
    _texts(into, ("number", matter.number), ("title", matter.title))
    _facts(into, matter)
    for voice in told.voices:
        _voice(into, voice)
    _steps(into, "steps", told.steps)
    _results(into, "result", told.results)
    _results(into, "verdict", told.verdicts)
    if told.published:
        shown = ET.SubElement(into, "published")
        _texts(shown, ("title", told.published.title), ("words", told.published.words))
    for one in told.parts:
        _body(ET.SubElement(into, "part"), one)


def _facts(into: ET.Element, matter: Commitment) -> None:
    _texts(
        into,
        ("kind", matter.kind),
        ("category", matter.category.name if matter.category else ""),
        ("village", str(matter.village or "")),
        ("office", matter.owner_organisation.name),
        ("owner", matter.owner.name),
        ("begun", _moment(matter.started_at)),
        ("due", _moment(matter.due_at)),
        ("closed", _moment(matter.closed_at or matter.due_at)),
        ("ending", matter.ending),
        ("endingWords", matter.ending_words),
    )


def _voice(into: ET.Element, voice: Voice) -> None:
    case = ET.SubElement(
        into, "case", {"number": voice.number, "at": _moment(voice.received_at)}
    )
    _texts(
        case,
        ("channel", voice.channel),
        ("village", voice.village),
        ("place", voice.place),
        ("words", voice.words),
    )
    for system, number in voice.orders:
        ET.SubElement(case, "order", {"system": system, "number": number})
    for one in voice.people:
        person = ET.SubElement(case, "person")
        _texts(
            person, ("name", one.name), ("telephone", one.phone), ("words", one.words)
        )
    _steps(case, "before", voice.before)


def _steps(into: ET.Element, name: str, steps: Iterable[Step]) -> None:
    rows = ET.SubElement(into, name)
    for one in steps:
        step = ET.SubElement(rows, "step", {"at": _moment(one.at)})
        _texts(step, ("what", one.text), ("words", one.words))


def _results(into: ET.Element, name: str, results: Iterable[Result]) -> None:
    for one in results:
        row = ET.SubElement(into, name, {"at": _moment(one.at)})
        _texts(row, ("who", one.who), ("words", one.words))


def _texts(into: ET.Element, *pairs: tuple[str, str]) -> None:
    for name, text in pairs:
        ET.SubElement(into, name).text = without_control(text)


def _moment(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()
