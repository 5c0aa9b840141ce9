"""Conversations to make maps of: Polis's open-data form, and made-up ones."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from luoshi.engines.opinion import OpinionError, exchange
from luoshi.engines.opinion.votes import Ints


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
    files = {
        path.name: path.read_bytes()
        for path in (folder / name for name in exchange.FILES)
        if path.is_file()
    }
    try:
        told = exchange.read_export(files)
    except OpinionError as error:
        raise SystemExit(f"{folder}: {error}; name its folder with --dir.") from error
    return Conversation(told.voters, told.statements, told.votes, told.left_out)


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
