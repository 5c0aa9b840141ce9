"""Conversations to make maps of: Polis's open-data form, and made-up ones."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
VOTES, COMMENTS = "votes.csv", "comments.csv"
VOTER, STATEMENT, VOTE, TIME = "voter-id", "comment-id", "vote", "timestamp"
TURNED_DOWN = "-1"


@dataclass(frozen=True, eq=False)
class Conversation:
    """Votes in the order of time, and the statements that were turned down."""

    voters: Ints
    statements: Ints
    votes: Ints
    left_out: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False)
class Planted:
    """A made-up conversation, and for each voter the group and the best guess at it."""

    talk: Conversation
    group: Ints
    likeliest: Ints


def read_polis(folder: Path) -> Conversation:
    """Read an export; leave with a sentence if a file is missing or of another form."""
    rows = _rows(folder / VOTES, {VOTER, STATEMENT, VOTE})
    try:
        told = np.array(
            [
                (row.get(TIME) or 0, row[VOTER], row[STATEMENT], row[VOTE])
                for row in rows
            ],
            dtype=np.int64,
        ).reshape(-1, 4)
    except ValueError as error:
        raise SystemExit(
            f"{folder / VOTES} has a row that is no vote: {error}"
        ) from error
    # A vote that changed stands there twice: the later one counts.
    told = told[np.argsort(told[:, 0], kind="stable")]
    return Conversation(told[:, 1], told[:, 2], told[:, 3], _turned_down(folder))


def _turned_down(folder: Path) -> frozenset[int]:
    path = folder / COMMENTS
    if not path.is_file():
        return frozenset()
    rows = _rows(path, {STATEMENT})
    return frozenset(
        int(row[STATEMENT]) for row in rows if row.get("moderated") == TURNED_DOWN
    )


def _rows(path: Path, columns: set[str]) -> list[dict[str, Any]]:
    if not path.is_file():
        raise SystemExit(f"{path} is missing: name its folder with --dir.")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not columns <= set(rows.fieldnames or ()):
            raise SystemExit(f"{path} needs the columns {', '.join(sorted(columns))}.")
        return list(rows)


def plant(
    voters: int, statements: int, groups: int, rng: np.random.Generator, filled: float
) -> Planted:
    """Make a conversation of groups: of a group 5, 50 or 95 % agree with a statement.

    One vote in ten is unsure, and some voters vote more often than others.
    """
    group = np.arange(voters) * groups // voters
    shares = rng.choice([0.05, 0.5, 0.95], (groups, statements), p=[0.45, 0.1, 0.45])
    lot = rng.random((voters, statements))
    vote = np.where(lot < shares[group], 1, -1)
    vote[rng.random(vote.shape) < 0.1] = 0
    often = np.clip(filled * rng.uniform(0.6, 1.4, (voters, 1)), 0, 1)
    cells = rng.random(vote.shape) < often
    row, column = np.nonzero(cells)
    # Who knew the shares would put each voter where the votes are likeliest.
    told = vote * cells
    chances = (told == 1) @ np.log(shares.T) + (told == -1) @ np.log(1 - shares.T)
    talk = Conversation(row, column, vote[row, column])
    return Planted(talk, group, chances.argmax(1))


def make_noise(
    voters: int, statements: int, rng: np.random.Generator, filled: float
) -> Conversation:
    """Make a conversation in which each vote has its statement's shares and no more."""
    shares = rng.dirichlet([1.5, 1.0, 0.5], statements)
    lot = rng.random((voters, statements))
    vote = np.where(
        lot < shares[:, 0], 1, np.where(lot < shares[:, 0] + shares[:, 1], -1, 0)
    )
    often = np.clip(filled * rng.uniform(0.2, 1.8, (voters, 1)), 0, 1)
    row, column = np.nonzero(rng.random(vote.shape) < often)
    return Conversation(row, column, vote[row, column])
