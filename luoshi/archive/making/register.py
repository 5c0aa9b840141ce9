"""The register of a package (归档文件目录) as Excel, written row by row."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from luoshi.archive.models import Entry, Package, Term
from luoshi.commitments.models import Commitment
from luoshi.core.sheets.stream import XlsxWriter

CHUNK = 500


def write_register(package: Package, path: Path) -> None:
    """Write a package's register into a file."""
    writer = XlsxWriter()
    with path.open("wb") as into:
        into.write(writer.write([_header()]))
        for rows in _chunks(package):
            into.write(writer.write(rows))
        into.write(writer.close())
    path.chmod(0o600)


def _header() -> list[str]:
    return [
        *(_("No."), _("File number"), _("Year"), _("Kept"), _("Title"), _("Closed on")),
        *(_("How many pages"), _("Office"), _("Number of the matter"), _("Remark")),
    ]


def _chunks(package: Package) -> Iterator[list[list[object]]]:
    after = before = 0
    while True:
        entries = list(
            Entry.objects.filter(package=package, pk__gt=after).order_by("pk")[:CHUNK]
        )
        if not entries:
            return
        # Through the manager that knows nothing of what is sealed.
        matters = Commitment.objects.select_related("owner_organisation").in_bulk(
            [one.commitment_id for one in entries]
        )
        yield [
            _row(place, entry, matters.get(entry.commitment_id))
            for place, entry in enumerate(entries, before + 1)
        ]
        after, before = entries[-1].pk, before + len(entries)


def _row(place: int, entry: Entry, matter: Commitment | None) -> list[object]:
    head = [place, entry.number, entry.year, str(Term(entry.term).label)]
    if entry.left_out or matter is None:
        return [*head, "", "", "", "", "", _("Left out: the number stays empty")]
    remark = "" if entry.pdf_a else _("Not PDF/A: a character has no picture")
    return [
        *head,
        matter.title,
        entry.closed_on.isoformat(),
        entry.pages,
        matter.owner_organisation.name,
        matter.number,
        remark,
    ]
