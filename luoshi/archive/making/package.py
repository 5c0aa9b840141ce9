"""Makes a package file by file: a stop loses one file, and memory stays small."""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from luoshi.archive.actions.packages import (
    Made,
    break_package_off,
    finish_package,
    leave_entry_out,
    store_entry,
    take_package_up,
    tell_alive,
)
from luoshi.archive.making.attachments import CHUNK, attached_to
from luoshi.archive.making.folder import part_of, zip_of
from luoshi.archive.making.pdf import Printer, pages_in
from luoshi.archive.making.register import write_register
from luoshi.archive.making.told import told_of
from luoshi.archive.making.xml import SCHEMA, digest_of, xml_of
from luoshi.archive.models import Entry, Package, Term
from luoshi.core.actors import Actor
from luoshi.core.files.keep import content_of
from luoshi.core.models import StoredFile

SUMS = "SHA256SUMS.txt"
# Packing says after so many files that it goes on.
BEAT_EACH = 200


def make_package(package_id: int, *, actor: Actor) -> Package | None:
    """Make what is missing and pack it; None where another process is at it."""
    if not take_package_up(package_id):
        return None
    package = Package.objects.select_related("town").get(pk=package_id)
    try:
        printer = Printer()
        for pk in _ids(package):
            _make_entry(package, pk, printer, actor)
        size, digest = _pack(package)
    except Exception as error:
        break_package_off(package.pk, fault=type(error).__name__, actor=actor)
        raise
    _drop_parts(package)
    return finish_package(package.pk, size=size, digest=digest, actor=actor)


def _ids(package: Package) -> list[int]:
    rows = Entry.objects.filter(package=package, left_out=False).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _entry(pk: int) -> Entry:
    return Entry.objects.select_related("package", "town").get(pk=pk)


def _make_entry(package: Package, pk: int, printer: Printer, actor: Actor) -> None:
    """Make the PDF and XML of one matter, unless both lie there whole."""
    entry = _entry(pk)
    pdf_path, xml_path = (part_of(package, entry, kind) for kind in ("pdf", "xml"))
    if entry.made_at and pdf_path.exists() and xml_path.exists():
        return
    told = told_of(entry)
    if told is None:
        leave_entry_out(entry.pk, actor=actor)
        return
    attached = attached_to(told)
    pdf, pdf_a = printer.pdf_of(told, attached)
    xml = xml_of(told, attached)
    _write(pdf_path, pdf)
    _write(xml_path, xml)
    beside = [[one.file.pk, one.path] for one in attached]
    _write(part_of(package, entry, "json"), json.dumps(beside).encode())
    made = Made(pages_in(pdf), digest_of(pdf), digest_of(xml), pdf_a)
    store_entry(entry.pk, made, actor=actor)


def _write(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_bytes(content)
    fresh.chmod(0o600)
    fresh.replace(path)


def _pack(package: Package) -> tuple[int, str]:
    """Write the zip beside its place and put it there whole; return size and digest."""
    path = zip_of(package)
    fresh, sums = path.with_suffix(".new"), path.with_name(SUMS)
    with sums.open("w") as told, zipfile.ZipFile(fresh, "w") as packed:
        fresh.chmod(0o600)
        for name, source in _members(package):
            digest = _add(packed, name, source)
            told.write(f"{digest}  {name}\n")
        told.flush()
        packed.write(sums, SUMS)
    fresh.replace(path)
    sums.unlink()
    with path.open("rb") as whole:
        return path.stat().st_size, hashlib.file_digest(whole, "sha256").hexdigest()


def _members(package: Package) -> Iterator[tuple[str, Path | IO[bytes]]]:
    """Yield the name and the bytes of each file in the package."""
    yield "matter.xsd", SCHEMA
    register = zip_of(package).with_name("register.xlsx")
    write_register(package, register)
    yield _("Register of the archive.xlsx"), register
    register.unlink()
    for place, pk in enumerate(_ids(package)):
        if place % BEAT_EACH == 0:
            tell_alive(package.pk)
        entry = _entry(pk)
        folder = Term(entry.term).mark
        for kind in ("pdf", "xml"):
            path = part_of(package, entry, kind)
            yield f"{folder}/{entry.number}.{kind}", path
        beside = json.loads(part_of(package, entry, "json").read_text())
        files = StoredFile.objects.in_bulk([pk for pk, _path in beside])
        for pk, name in beside:
            with content_of(files[pk]) as content:
                yield f"{folder}/{name}", content


def _add(packed: zipfile.ZipFile, name: str, source: Path | IO[bytes]) -> str:
    """Add one file part by part and return its digest."""
    digest = hashlib.sha256()
    info = zipfile.ZipInfo(name)
    # Photos and PDF are packed already; texts shrink to a fifth.
    if name.endswith((".xml", ".xsd")):
        info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    if isinstance(source, Path):
        with source.open("rb") as content:
            _copy(packed, info, content, digest)
    else:
        _copy(packed, info, source, digest)
    return digest.hexdigest()


def _copy(
    packed: zipfile.ZipFile, info: zipfile.ZipInfo, content: IO[bytes], digest: Any
) -> None:
    with packed.open(info, "w", force_zip64=True) as into:
        while part := content.read(CHUNK):
            digest.update(part)
            into.write(part)


def _drop_parts(package: Package) -> None:
    """Delete what is packed now; the zip stays."""
    keep = zip_of(package)
    for path in keep.parent.iterdir():
        if path == keep:
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()
