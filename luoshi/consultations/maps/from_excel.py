"""A table with a line for each answer, as it is given out, read as files of Polis."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from luoshi.core.sheets import BadSheet, Line, Names, read_lines, tidy
from luoshi.core.sheets.stream import CsvWriter
from luoshi.engines.opinion import exchange

ENDINGS = (".xlsx", ".xls")
NAMES: Names = {
    "person": ("人的编号", "Person no.", exchange.VOTER, exchange.PARTICIPANT),
    "statement": ("意见编号", "Statement no.", exchange.STATEMENT),
    "choice": ("选择", "Their choice", exchange.VOTE),
    "text": ("意见", "Statement", exchange.BODY),
}
NEEDED = ("person", "statement", "choice", "text")
CHOICES = {
    **dict.fromkeys(("赞同", "同意", "iagree", "agree", "1"), 1),
    **dict.fromkeys(("不赞同", "不同意", "反对", "idisagree", "disagree", "-1"), -1),
    **dict.fromkeys(("说不准", "不清楚", "iamunsure", "unsure", "pass", "0"), 0),
}


def files_of_table(data: bytes, ending: str) -> dict[str, bytes]:
    """Return a table's answers and statements as files of Polis."""
    with tempfile.NamedTemporaryFile(suffix=ending) as file:
        file.write(data)
        file.flush()
        rows = read_lines(Path(file.name), NAMES, NEEDED)
        votes, texts = _told(row for row in rows if isinstance(row, Line))
    words = [
        (0, "", one, "", "", "", exchange.LET_IN, text) for one, text in texts.items()
    ]
    return {
        exchange.VOTES: _csv([exchange.VOTE_COLUMNS, *votes]),
        exchange.COMMENTS: _csv([exchange.COMMENT_COLUMNS, *words]),
    }


def _told(lines: Iterator[Line]) -> tuple[list[tuple[Any, ...]], dict[int, str]]:
    """Return the rows of votes, and the statements by their numbers.

    Whatever stands for a person becomes a number in the order in which it comes.
    """
    votes: list[tuple[Any, ...]] = []
    people: dict[str, int] = {}
    texts: dict[int, str] = {}
    for line in lines:
        person, number = line.word("person"), line.word("statement")
        choice = CHOICES.get(tidy(line.word("choice")))
        if not person or not number.isdecimal() or choice is None:
            raise BadSheet(
                _(
                    "Line %(line)d: a person, a statement's number, and agree, "
                    "disagree or unsure must stand there."
                )
                % {"line": line.number}
            )
        if len(votes) == exchange.MOST_VOTES:
            raise BadSheet(_("The table has too many lines. Bring fewer."))
        statement = int(number[:18])
        texts.setdefault(statement, line.word("text"))
        voter = people.setdefault(person, len(people) + 1)
        votes.append((0, "", statement, voter, choice))
    return votes, texts


def _csv(rows: list[tuple[Any, ...]]) -> bytes:
    writer = CsvWriter()
    return writer.write(rows) + writer.close()
