"""Anonymised answers for everybody: Polis's open-data form, and a table for Excel.

Sets of answers are numbered anew by chance for each file, and stand in that order.
There is no time, channel, village or group; who wrote a statement is told by nothing.
Of statements that fewer than ten people answered, and of a consultation that fewer than
ten answered, only the sums are given: the first to agree with a statement is often who
wrote it.
"""

import io
import random
import zipfile
from collections.abc import Generator, Iterable, Iterator
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from luoshi.consultations.maps.kept import FEWEST, from_json
from luoshi.consultations.maps.reading import votes_of
from luoshi.consultations.models import Consultation, MapKept, Reaction, Statement
from luoshi.core.sheets.stream import CsvWriter, XlsxWriter
from luoshi.engines.opinion import Votes, exchange, read_votes, vote_rows, wide_rows

CHUNK = 2000
Rows = Iterable[tuple[Any, ...]]


def anonymous_votes(
    consultation: Consultation, chance: random.Random | None = None
) -> Votes:
    """Return the votes by new numbers of people and by the statements' own numbers."""
    votes = votes_of(consultation)
    told = votes.counts(np.zeros(len(votes.voters), np.int64), 1)[0].sum(1)
    enough = (
        told >= FEWEST if len(votes.voters) >= FEWEST else np.zeros(len(told), bool)
    )
    stays = enough[votes.column]
    number_of = dict(
        Statement.objects.filter(consultation=consultation).values_list("pk", "number")
    )
    numbers = np.array([number_of[pk] for pk in votes.statements], np.int64)
    # Whose answers all fell away has no number, or a gap would tell of them.
    left = np.unique(votes.row[stays])
    lots = list(range(1, len(left) + 1))
    (chance or random.SystemRandom()).shuffle(lots)
    fresh = np.zeros(len(votes.voters), np.int64)
    fresh[left] = lots
    return read_votes(
        fresh[votes.row[stays]],
        numbers[votes.column[stays]] if len(numbers) else [],
        votes.value[stays],
    )


def polis_archive(consultation: Consultation) -> bytes:
    """Return the four files as one .zip."""
    votes = anonymous_votes(consultation)
    statements = list(
        consultation.statements.filter(state=Statement.State.PUBLISHED).order_by(
            "number"
        )
    )
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, rows in (
            (exchange.VOTES, vote_rows(votes)),
            (exchange.COMMENTS, _comments(statements)),
            (exchange.WIDE, wide_rows(votes, [one.number for one in statements])),
            (exchange.SUMMARY, _summary(consultation, votes, statements)),
        ):
            writer = CsvWriter()
            # A fixed moment: the file must not tell when somebody answered.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, writer.write(rows) + writer.close())
    return whole.getvalue()


def _comments(statements: list[Statement]) -> Iterator[tuple[Any, ...]]:
    yield exchange.COMMENT_COLUMNS
    for one in statements:
        counts = (one.agree, one.disagree)
        yield (0, "", one.number, "", *counts, exchange.LET_IN, one.text)


def _summary(
    consultation: Consultation, votes: Votes, statements: list[Statement]
) -> Iterator[tuple[Any, ...]]:
    kept = MapKept.objects.filter(consultation=consultation).first()
    groups = from_json(kept.told).groups if kept and kept.told else ()
    yield (exchange.TOPIC, consultation.title)
    yield ("voters", len(votes.voters))
    yield ("voters-in-conv", len(votes.voters))
    yield ("comments", len(statements))
    yield ("groups", len(groups))
    yield (exchange.DESCRIPTION, consultation.question)


def excel_parts(consultation: Consultation) -> Generator[bytes, None, None]:
    """Yield a sheet with a line for each answer."""
    votes = anonymous_votes(consultation)
    texts = dict(
        Statement.objects.filter(consultation=consultation).values_list(
            "number", "text"
        )
    )
    words = {value: str(label) for value, label in Reaction.Value.choices}
    writer = XlsxWriter()
    head = (_("Person no."), _("Statement no."), _("Statement"), _("Their choice"))
    yield writer.write([head])
    rows = list(
        zip(
            votes.row.tolist(), votes.column.tolist(), votes.value.tolist(), strict=True
        )
    )
    for first in range(0, len(rows), CHUNK):
        yield writer.write(
            (
                votes.voters[row],
                votes.statements[column],
                texts[votes.statements[column]],
                words[int(value)],
            )
            for row, column, value in rows[first : first + CHUNK]
        )
    yield writer.close()
