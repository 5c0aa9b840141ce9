"""The public ledger as open data."""

import sys
from collections.abc import Generator, Iterator
from datetime import datetime
from typing import Any

from luoshi.cases.ledger import published, with_names
from luoshi.commitments.models import Commitment
from luoshi.commitments.queries import light_of
from luoshi.core.clock import SHANGHAI
from luoshi.core.models import Town
from luoshi.core.sheets.stream import TableWriter

# The fields of the open data, in their order.
FIELDS = (
    "number",
    "village",
    "category",
    "title",
    "words",
    "office",
    "started",
    "due",
    "closed",
    "light",
    "ending",
    "satisfied",
    "times_reopened",
)


def data_chunks(town: Town, chunk: int = 1000) -> Iterator[list[dict[str, Any]]]:
    """Yield the published matters as open data, oldest first, some at a time."""
    last = 0
    while True:
        rows = with_names(published(town)).filter(pk__gt=last).order_by("pk")
        some = list(rows[:chunk])
        for one in some:
            one.town = town
        if some:
            yield [_as_data(one) for one in some]
        if len(some) < chunk:
            return
        last = some[-1].pk


def data_parts(town: Town, writer: TableWriter) -> Generator[bytes, None, None]:
    """Give the open data as a table; the last row says how many came before it."""
    made, most = 0, (writer.most or sys.maxsize) - 2
    yield writer.write([FIELDS])
    for rows in data_chunks(town):
        fit = rows[: most - made]
        yield writer.write([row[name] for name in FIELDS] for row in fit)
        made += len(fit)
        if len(fit) < len(rows):
            break
    # For machines, in no language: a file without this line broke off.
    yield writer.write([[f"# rows: {made}"]])
    yield writer.close()


def _as_data(one: Commitment) -> dict[str, Any]:
    return {
        "number": one.number,
        "village": str(one.village or ""),
        "category": one.category.name if one.category else "",
        "title": one.publication.title,
        "words": one.publication.words,
        "office": one.owner_organisation.name,
        "started": _day(one.started_at),
        "due": _day(one.due_at),
        "closed": _day(one.closed_at),
        "light": light_of(one).name,
        "ending": one.ending,
        "satisfied": one.satisfied,
        "times_reopened": one.reopened,
    }


def _day(moment: datetime | None) -> str:
    return moment.astimezone(SHANGHAI).date().isoformat() if moment else ""
