"""Brings rows in, 200 in a transaction; the same file again adds nothing."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.cases.actions import Told, prepare_case, store_within
from luoshi.cases.figures.months import forgotten_once
from luoshi.cases.importing.read import Row, read_rows
from luoshi.cases.models import Case
from luoshi.commitments.actions import dispatch_desk, end_within
from luoshi.commitments.models import Ending
from luoshi.core.actors import Actor
from luoshi.core.clock import at, now
from luoshi.core.models import Tenure, Town
from luoshi.core.secrets import BadPhone, normalise_phone
from luoshi.core.sheets import sheet_bytes
from luoshi.engines.similarity import Repeats

BATCH = 200


@dataclass
class Result:
    """What came of an import."""

    read: int = 0
    added: int = 0
    unchanged: int = 0
    rejected: int = 0
    rejects_file: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def token_of(row: Row) -> str:
    """Return what makes a second import of a row nothing new."""
    told = row.source or f"{row.at}|{row.subject}|{row.text}"
    return "import:" + hashlib.sha256(told.encode()).hexdigest()[:48]


def import_cases(
    town: Town,
    path: Path,
    *,
    history: bool,
    actor: Actor,
    rejects: Path,
    progress: Callable[[Result], None] | None = None,
) -> Result:
    """Bring a file's rows in, as history (no clocks) or as open cases from now on."""
    result, faulty = Result(), []
    # Which case first said nearly this: what repeats is brought in and flagged.
    repeats = Repeats(_text_of)
    rows = read_rows(path)
    header = next(rows)
    while batch := list(islice(rows, BATCH)):
        result.read += len(batch)
        good = [row for row in batch if isinstance(row, Row) and not row.fault]
        faulty += [row for row in batch if isinstance(row, Row) and row.fault]
        added = _bring_in(town, good, repeats, history=history, actor=actor)
        result.added += added
        result.unchanged += len(good) - added
        result.rejected = len(faulty)
        if progress:
            progress(result)
    if faulty:
        write_rejects(rejects, tuple(header), faulty)  # type: ignore[arg-type]
        result.rejects_file = str(rejects)
    return result


@transaction.atomic(durable=True)
def _bring_in(
    town: Town,
    rows: list[Row],
    repeats: Repeats,
    *,
    history: bool,
    actor: Actor,
) -> int:
    """Bring in what is not there yet; return how many."""
    by_token = {token_of(row): row for row in rows}
    known = set(
        Case.with_sealed.filter(form_token__in=by_token).values_list(
            "form_token", flat=True
        )
    )
    fresh = {token: row for token, row in by_token.items() if token not in known}
    desk = dispatch_desk(town)
    with forgotten_once(town):
        for token, row in fresh.items():
            case = _bring_in_one(town, row, token, desk, history=history, actor=actor)
            case.repeats_id = repeats.first_like(case.pk, row.text)
            if case.repeats_id:
                case.save(update_fields=["repeats"])
    return len(fresh)


def _text_of(pk: int) -> str:
    return Case.objects.values_list("text", flat=True).get(pk=pk)


def _phone(text: str) -> str:
    """Return a number that can be one; a masked one is left out."""
    try:
        return normalise_phone(text) if text else ""
    except BadPhone:
        return ""


def _bring_in_one(
    town: Town, row: Row, token: str, desk: Tenure, *, history: bool, actor: Actor
) -> Case:
    told = Told(
        town=town,
        text=row.text,
        actor=actor,
        channel=Case.Channel.IMPORT,
        place=row.place,
        name=row.name[:40],
        phone=_phone(row.phone),
        form_token=token,
        subject=row.subject,
    )
    if not history:
        return store_within(prepare_case(told, desk)).case
    # What happened then has its own time: no clock runs and nothing turns red.
    with at(row.at or now()):
        receipt = store_within(prepare_case(told, desk))
        end_within(receipt.case.commitment, "bring_over", Ending.HISTORY)
    return receipt.case


class LeftOut(Protocol):
    """A row that stays out: where it stood, what it held, and why."""

    @property
    def line(self) -> int: ...
    @property
    def cells(self) -> tuple[Any, ...]: ...
    @property
    def fault(self) -> str: ...


def write_rejects(path: Path, header: tuple[Any, ...], rows: Sequence[LeftOut]) -> None:
    """Write the rows that stay out, each with its reason and no formula."""
    left_out = [[*row.cells, row.line, row.fault] for row in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sheet_bytes([[*header, _("row"), _("reason")], *left_out]))
