"""Makes a file part by part, and says in its last row whether it is whole."""

import logging
from array import array
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luoshi.cases.actions import begin_export, end_export, people_behind
from luoshi.cases.exporting.columns import Columns, header
from luoshi.cases.exporting.lists import Listed
from luoshi.cases.exporting.turns import Turn
from luoshi.cases.there_queries import theres_of
from luoshi.core.actors import Staff
from luoshi.core.sheets.stream import WRITERS, TableWriter
from luoshi.core.stream import TownStream

logger = logging.getLogger(__name__)
# Rows that are read, and held, at a time.
CHUNK = 500
# The header and the last row stand in the sheet too.
OWN_ROWS = 2


@dataclass(frozen=True)
class Order:
    """What somebody asked for: a list, "csv" or "xlsx", with contacts or without."""

    staff: Staff
    listed: Listed
    form: str
    contacts: bool = False


def stream_of(order: Order) -> TownStream:
    """Refuse what may not be, write down that it begins, and give the file.

    A file that breaks off says so in its last row, and the connection ends without the
    mark of an end, so that the browser too says that it failed.
    """
    turn = Turn()
    try:
        begun = begin_export(
            listed=order.listed.name,
            form=order.form,
            contacts=order.contacts,
            told=order.listed.told,
            actor=order.staff,
        )
    except Exception:
        turn.give_back()
        raise
    parts = _parts(order, begun)
    return TownStream(parts, town=order.staff.town, at_end=turn.give_back)


def _parts(order: Order, begun: int) -> Generator[bytes, None, None]:
    writer, made = WRITERS[order.form](), 0
    whole = False
    try:
        yield writer.write([header(contacts=order.contacts)])
        ids = array("q", order.listed.ids())
        for rows in _rows(order, _that_fit(ids, writer)):
            yield writer.write(rows)
            made += len(rows)
        yield writer.write([[_last_row(order, made, len(ids), writer)]])
        yield writer.close()
        whole = len(_that_fit(ids, writer)) == len(ids)
    except Exception:
        logger.exception("An export broke off after %d rows.", made)
        if order.form == "csv":
            yield writer.write([[_broke(made)]])
        raise
    finally:
        # Also when the reader went away: a generator is closed then.
        end_export(begun, rows=made, whole=whole, actor=order.staff)


def _that_fit(ids: "array[int]", writer: TableWriter) -> "array[int]":
    return ids if writer.most is None else ids[: writer.most - OWN_ROWS]


def _rows(order: Order, ids: "array[int]") -> Iterator[list[list[Any]]]:
    columns = Columns(order.staff.town, contacts=order.contacts)
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK].tolist()
        found = order.listed.fetch(some)
        # Without contacts they are read to be covered where a title names them.
        people = people_behind(found, of_cases=order.listed.of_cases)
        there = theres_of(one.matter for one in found.values())
        yield [
            columns.cells(
                found[pk], people.get(pk, []), there.get(found[pk].matter.pk, [])
            )
            for pk in some
            if pk in found
        ]


def _last_row(order: Order, made: int, wanted: int, writer: TableWriter) -> str:
    if writer.most is not None and wanted > writer.most - OWN_ROWS:
        return _(
            "Not whole: Excel holds %(made)d rows, %(left)d more did not fit. "
            "Take the CSV."
        ) % {"made": made, "left": wanted - (writer.most - OWN_ROWS)}
    if order.listed.most is not None and wanted >= order.listed.most:
        return _("The newest %(made)d rows; there are more.") % {"made": made}
    return _("Whole: %(made)d rows.") % {"made": made}


def _broke(made: int) -> str:
    return _("Not whole: it broke off after %(made)d rows. Export it again.") % {
        "made": made
    }
