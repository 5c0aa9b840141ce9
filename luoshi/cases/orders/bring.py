"""Brings an export's orders in, 100 in a transaction; the same number never doubles."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from luoshi.cases.actions.orders import bring_order_within
from luoshi.cases.importing.bring import write_rejects
from luoshi.cases.models import MainSystem, Order
from luoshi.cases.orders.read import OrderRow, read_orders
from luoshi.cases.orders.systems import system_within
from luoshi.commitments.actions import dispatch_desk
from luoshi.core.actors import Actor, Staff

BATCH = 100


@dataclass
class Result:
    """What came of an import; `twice` of the rows stand a second time in the file."""

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    twice: int = 0
    rejects_file: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def import_orders(
    system: MainSystem,
    path: Path,
    *,
    actor: Actor,
    rejects: Path,
    progress: Callable[[Result], None] | None = None,
) -> Result:
    """Bring a file's orders in; of a number that stands twice, the newest counts."""
    lines = read_orders(path, system)
    header = next(lines)
    rows = [row for row in lines if isinstance(row, OrderRow)]
    faulty = [row for row in rows if row.fault]
    result = Result(read=len(rows), rejected=len(faulty))
    newest = _newest([row for row in rows if not row.fault], result)
    left = iter(newest)
    while some := list(islice(left, BATCH)):
        for what in _bring_in(system, some, actor):
            setattr(result, what, getattr(result, what) + 1)
        if progress:
            progress(result)
    if faulty:
        write_rejects(rejects, tuple(header), faulty)  # type: ignore[arg-type]
        result.rejects_file = str(rejects)
    return result


def _newest(rows: list[OrderRow], result: Result) -> list[OrderRow]:
    """Return one row of each number, and count what the others of it were.

    A row that is over, or called back, is newer than one that is not, wherever it
    stands; among equals the later line counts.
    """
    found: dict[str, OrderRow] = {}
    for row in rows:
        other = found.get(row.number)
        if other is None:
            found[row.number] = row
            continue
        result.twice += 1
        same = row.same_as(other)
        # The one row changes what the other said, or it says the same again.
        result.unchanged += same
        result.updated += not same
        found[row.number] = max(other, row, key=_how_new)
    return list(found.values())


def _how_new(row: OrderRow) -> tuple[bool, bool, int]:
    return row.ended is not None, bool(row.solved), row.line


@transaction.atomic(durable=True)
def _bring_in(system: MainSystem, rows: list[OrderRow], actor: Actor) -> list[str]:
    """Bring some rows in; return what became of each."""
    desk = dispatch_desk(system.town)
    return [bring_order_within(system, row, desk, actor=actor) for row in rows]


@transaction.atomic(durable=True)
def bring_pasted(code: str, row: OrderRow, *, actor: Staff) -> tuple[Order, str]:
    """Bring one pasted order in; return it, and what it was: new, changed, known."""
    system = system_within(actor.town, code)
    desk = dispatch_desk(actor.town)
    what = bring_order_within(system, row, desk, actor=actor)
    found = Order.objects.select_related("case").filter(system=system)
    return found.get(number=row.number), what
