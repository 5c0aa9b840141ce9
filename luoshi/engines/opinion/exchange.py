"""Polis's open-data form: `votes.csv` or `participants-votes.csv`, `comments.csv`.

Files of many hands are read with care: any order of columns, a byte-order mark, either
line end, empty lines. What cannot be a vote is refused with its file and line; what can
be read and is odd is counted, so that whoever brings the files is told.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from luoshi.engines.opinion.votes import Ints, OpinionError, Votes

VOTES, WIDE = "votes.csv", "participants-votes.csv"
COMMENTS, SUMMARY = "comments.csv", "summary.csv"
FILES = (VOTES, WIDE, COMMENTS, SUMMARY)
VOTER, STATEMENT, VOTE, TIME = "voter-id", "comment-id", "vote", "timestamp"
BODY, MODERATED, PARTICIPANT = "comment-body", "moderated", "participant"
TURNED_DOWN, NOT_LOOKED_AT, LET_IN = -1, 0, 1
TOPIC, DESCRIPTION = "topic", "conversation-description"
SET_APART = tuple(f"'{sign}" for sign in "=+-@＝＋－＠﹦﹢﹣﹫")
# So much is a mistake or an attack, and no conversation.
MOST_VOTES, MOST_STATEMENTS, MOST_CELL = 2_000_000, 20_000, 100_000
# The columns of our files, in Polis's order.
VOTE_COLUMNS = (TIME, "datetime", STATEMENT, VOTER, VOTE)
COMMENT_COLUMNS = (
    *(TIME, "datetime", STATEMENT, "author-id"),
    *("agrees", "disagrees", MODERATED, BODY),
)
WIDE_COLUMNS = (
    *(PARTICIPANT, "group-id", "n-comments"),
    *("n-votes", "n-agree", "n-disagree"),
)


@dataclass(frozen=True)
class Wording:
    """A statement as the files tell it; `moderated` is -1, 0 or 1."""

    statement: int
    text: str
    moderated: int = NOT_LOOKED_AT


@dataclass(frozen=True, eq=False)
class Export:
    """What the files say: votes in the order of time, and the statements' words."""

    topic: str
    description: str
    wordings: tuple[Wording, ...]
    voters: Ints
    statements: Ints
    votes: Ints
    # In milliseconds since 1970; 0 where the file has none.
    times: Ints
    # Votes that a later one of the same voter replaced.
    replaced: int
    # Statements without a vote, and statements with votes and no words.
    silent: tuple[int, ...]
    wordless: tuple[int, ...]

    @property
    def left_out(self) -> frozenset[int]:
        """Return the statements that were turned down."""
        return frozenset(
            one.statement for one in self.wordings if one.moderated == TURNED_DOWN
        )


def read_export(files: Mapping[str, bytes]) -> Export:
    """Read an export by its files' names; raises OpinionError naming file and line."""
    if VOTES in files:
        told = _long(files[VOTES])
    elif WIDE in files:
        told = _wide(files[WIDE])
    else:
        raise OpinionError(f"There is neither {VOTES} nor {WIDE}")
    if len(told) > MOST_VOTES:
        raise OpinionError(f"There are more than {MOST_VOTES:,} votes")
    # A vote that changed stands there twice: the later one counts.
    told = told[np.argsort(told[:, 0], kind="stable")]
    wordings = _wordings(files[COMMENTS]) if COMMENTS in files else ()
    summary = _summary(files.get(SUMMARY, b""))
    worded = {one.statement for one in wordings if one.text}
    voted = set(np.unique(told[:, 2]).tolist())
    return Export(
        topic=summary.get(TOPIC, ""),
        description=summary.get(DESCRIPTION, ""),
        wordings=wordings,
        voters=told[:, 1],
        statements=told[:, 2],
        votes=told[:, 3],
        times=told[:, 0],
        replaced=len(told) - len(np.unique(told[:, 1:3], axis=0)),
        silent=tuple(sorted(worded - voted)),
        wordless=tuple(sorted(voted - worded)),
    )


def _long(data: bytes) -> Ints:
    """Return (time, voter, statement, vote) of each line."""
    rows = []
    for line, row in _rows(data, VOTES, (VOTER, STATEMENT, VOTE)):
        rows.append(
            (
                _number(row.get(TIME, "") or "0", VOTES, line),
                _number(row[VOTER], VOTES, line),
                _number(row[STATEMENT], VOTES, line),
                _vote(row[VOTE], VOTES, line),
            )
        )
    return _table(rows)


def _wide(data: bytes) -> Ints:
    """Return the same of a table with a line for each voter; it knows no time."""
    rows = []
    for line, row in _rows(data, WIDE, (PARTICIPANT,)):
        voter = _number(row[PARTICIPANT], WIDE, line)
        for column, cell in row.items():
            if column.isdecimal() and cell:
                rows.append((0, voter, int(column), _vote(cell, WIDE, line)))
    return _table(rows)


def _table(rows: Sequence[tuple[int, ...]]) -> Ints:
    return np.array(rows, dtype=np.int64).reshape(-1, 4)


def _wordings(data: bytes) -> tuple[Wording, ...]:
    found: dict[int, Wording] = {}
    for line, row in _rows(data, COMMENTS, (STATEMENT,)):
        statement = _number(row[STATEMENT], COMMENTS, line)
        if statement in found:
            raise OpinionError(
                f"{COMMENTS}, line {line}: statement {statement} a second time"
            )
        moderated = _number(row.get(MODERATED, "") or "0", COMMENTS, line)
        if moderated not in (TURNED_DOWN, NOT_LOOKED_AT, LET_IN):
            raise OpinionError(f"{COMMENTS}, line {line}: moderated is {moderated}")
        found[statement] = Wording(statement, plain_text(row.get(BODY, "")), moderated)
    if len(found) > MOST_STATEMENTS:
        raise OpinionError(f"There are more than {MOST_STATEMENTS:,} statements")
    return tuple(found[one] for one in sorted(found))


def plain_text(cell: str) -> str:
    """Return words on one line, without what makes a spreadsheet's cell harmless.

    An apostrophe in front of =, +, -, @ was put there by an export such as ours.
    """
    text = " ".join(cell.split())
    return text[1:] if text.startswith(SET_APART) else text


def _summary(data: bytes) -> dict[str, str]:
    """Return what the summary says: a name and a value in each row."""
    rows = csv.reader(io.StringIO(_text(data, SUMMARY), newline=""))
    return {row[0].strip(): row[1].strip() for row in rows if len(row) > 1}


def _rows(
    data: bytes, name: str, needed: tuple[str, ...]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, cells by column); cells that are missing are empty."""
    reader = csv.reader(io.StringIO(_text(data, name), newline=""))
    try:
        heads = [head.strip() for head in next(reader, [])]
        missing = [column for column in needed if column not in heads]
        if missing:
            raise OpinionError(f"{name} has no column {', '.join(missing)}")
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                padded = [*cells, *[""] * (len(heads) - len(cells))]
                trimmed = (cell.strip() for cell in padded)
                yield line, dict(zip(heads, trimmed, strict=False))
            line = reader.line_num + 1
    except csv.Error as error:
        raise OpinionError(f"{name}, line {reader.line_num}: {error}") from error


def _text(data: bytes, name: str) -> str:
    # What Excel saved as CSV in China is in the older encoding.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise OpinionError(f"{name} is not a text in UTF-8")


def _number(cell: str, name: str, line: int) -> int:
    # Spreadsheets save 7 as 7.0, and an id of a person is never longer than this.
    digits = cell.removesuffix(".0")
    if len(digits) <= 18 and digits.removeprefix("-").isascii():
        try:
            return int(digits)
        except ValueError:
            pass
    raise OpinionError(f"{name}, line {line}: {cell[:40]!r} is no whole number")


def _vote(cell: str, name: str, line: int) -> int:
    vote = _number(cell, name, line)
    if vote not in (-1, 0, 1):
        raise OpinionError(f"{name}, line {line}: a vote of {vote} is not -1, 0 or 1")
    return vote


def vote_rows(votes: Votes) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of votes.csv, its head first: times are 0, nobody's hour is told.

    Voters and statements must be the numbers that the files are to show.
    """
    yield VOTE_COLUMNS
    for row, column, value in zip(
        votes.row.tolist(), votes.column.tolist(), votes.value.tolist(), strict=True
    ):
        yield (0, "", votes.statements[column], votes.voters[row], int(value))


def wide_rows(
    votes: Votes, statements: Iterable[int] | None = None
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of participants-votes.csv, its head first; no group is told."""
    shown = list(votes.statements if statements is None else statements)
    yield (*WIDE_COLUMNS, *shown)
    place = {name: at for at, name in enumerate(shown)}
    starts = np.concatenate([[0], np.cumsum(votes.per_voter)]).tolist()
    columns, values = votes.column.tolist(), votes.value.astype(int).tolist()
    for at, voter in enumerate(votes.voters):
        cells: list[Any] = [""] * len(shown)
        given = range(starts[at], starts[at + 1])
        for one in given:
            cells[place[votes.statements[columns[one]]]] = values[one]
        mine = [values[one] for one in given]
        counts = (0, len(mine), mine.count(1), mine.count(-1))
        yield (voter, "", *counts, *cells)
