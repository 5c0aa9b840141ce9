"""What comes in: votes as triples, the last of a voter on a statement counting."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

AGREE, UNSURE, DISAGREE = 1, 0, -1
# Above this many cells (voters x statements) the last votes are found by sorting.
MOST_CELLS = 20_000_000

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Ids = Sequence[Hashable] | NDArray[Any]


class OpinionError(ValueError):
    """Votes or settings that no map can be made of."""


class Tally(NamedTuple):
    """How a statement stands; one vote moves it without a look at the others."""

    agree: int = 0
    disagree: int = 0
    unsure: int = 0

    @property
    def votes(self) -> int:
        """Return how many voted."""
        return self.agree + self.disagree + self.unsure

    def moved(self, before: int | None, after: int | None) -> "Tally":
        """Return the tally after one voter's vote changed; None is no vote.

        A first vote is `moved(None, 1)`, a change of mind `moved(1, -1)`, a vote taken
        back `moved(1, None)`. Raises OpinionError where the vote was never counted.
        """
        agree, disagree, unsure = self
        for vote, step in ((before, -1), (after, 1)):
            if vote is not None:
                _check_votes(np.asarray([vote]))
                agree += step * (vote == AGREE)
                disagree += step * (vote == DISAGREE)
                unsure += step * (vote == UNSURE)
        if min(agree, disagree, unsure) < 0:
            raise OpinionError(f"A vote of {before} was not counted in {self}")
        return Tally(agree, disagree, unsure)


@dataclass(frozen=True, eq=False)
class Votes:
    """Last votes, ordered by voter and then by statement (rows and columns)."""

    voters: tuple[Any, ...]
    statements: tuple[Any, ...]
    row: Ints
    column: Ints
    value: Floats

    @cached_property
    def per_voter(self) -> Ints:
        """Return how many statements each voter voted on."""
        return np.bincount(self.row, minlength=len(self.voters))

    @cached_property
    def marks(self) -> sparse.csr_array:
        """Return a one for each vote."""
        return self.matrix(np.ones(len(self.value)))

    def matrix(self, values: Floats) -> sparse.csr_array:
        """Return values, one for each vote, as voters x statements."""
        shape = (len(self.voters), len(self.statements))
        start = np.concatenate([[0], np.cumsum(self.per_voter)])
        return sparse.csr_array((values, self.column, start), shape)

    def of_voters(self, rows: Ints) -> "Votes":
        """Return the votes of these voters, in this order; one may come twice."""
        many = self.per_voter[rows]
        start = np.concatenate([[0], np.cumsum(self.per_voter)])[rows]
        first = np.concatenate([[0], np.cumsum(many)])[:-1]
        at = np.arange(many.sum()) + np.repeat(start - first, many)
        return Votes(
            voters=tuple(self.voters[row] for row in rows.tolist()),
            statements=self.statements,
            row=np.repeat(np.arange(len(rows)), many),
            column=self.column[at],
            value=self.value[at],
        )

    def without(self, statements: frozenset[Any]) -> "Votes":
        """Return the votes on other statements; voters stay, even without a vote."""
        keep = np.array([one not in statements for one in self.statements], bool)
        stays = keep[self.column]
        place = np.cumsum(keep) - 1
        return Votes(
            voters=self.voters,
            statements=tuple(one for one in self.statements if one not in statements),
            row=self.row[stays],
            column=place[self.column[stays]],
            value=self.value[stays],
        )

    def tallies(self) -> tuple[Tally, ...]:
        """Return how each statement stands."""
        counts = self.counts(np.zeros(len(self.voters), np.int64), 1)[0]
        return tuple(Tally(*one) for one in counts.tolist())

    def counts(self, group: Ints, groups: int) -> Ints:
        """Return groups x statements x (agree, disagree, unsure); group -1 is none."""
        statements = len(self.statements)
        of = group[self.row]
        kind = np.where(self.value == UNSURE, 2, (self.value < 0).astype(np.int64))
        cell = (of * statements + self.column) * 3 + kind
        counted = np.bincount(cell[of >= 0], minlength=groups * statements * 3)
        return counted.reshape(groups, statements, 3)


def read_votes(voter_ids: Ids, statement_ids: Ids, votes: Sequence[int] | Any) -> Votes:
    """Read votes in the order in which they were given: the last one counts.

    A vote is 1 (agree), 0 (unsure) or -1 (disagree). Raises OpinionError for any other
    value, NaN among them, and for lists of different lengths.
    """
    value = np.asarray(votes)
    if not len(voter_ids) == len(statement_ids) == len(value):
        raise OpinionError(
            f"There are {len(voter_ids)} voters, {len(statement_ids)} statements "
            f"and {len(value)} votes: each vote needs one of each"
        )
    value = _check_votes(value)
    voters, row = _number(voter_ids)
    statements, column = _number(statement_ids)
    row, column, at = _last(row, column, len(voters), len(statements))
    return Votes(voters, statements, row, column, value[at])


def _check_votes(value: NDArray[Any]) -> Floats:
    """Refuse what is not a vote."""
    if value.size and value.dtype.kind not in "biuf":
        raise OpinionError("A vote must be 1, 0 or -1, as a number")
    number = value.astype(np.float64)
    odd = ~((number == 1) | (number == 0) | (number == -1))
    if odd.any():
        raise OpinionError(f"A vote must be 1, 0 or -1, not {number[odd][0]:g}")
    return number


def _number(ids: Ids) -> tuple[tuple[Any, ...], Ints]:
    """Return the ids in ascending order, and the place of each id among them."""
    array = np.asarray(ids)
    if array.ndim != 1:
        array = np.empty(0)
    if array.dtype.kind in "iu" and len(array):
        low, high = int(array.min()), int(array.max())
        if high - low < max(1_000_000, 4 * len(array)):
            known = np.zeros(high - low + 1, bool)
            known[array - low] = True
            place = np.cumsum(known) - 1
            names = np.flatnonzero(known) + low
            return tuple(names.tolist()), place[array - low]
        names, place = np.unique(array, return_inverse=True)
        return tuple(names.tolist()), place
    told = array.tolist() if isinstance(ids, np.ndarray) else list(ids)
    try:
        ordered = sorted(set(told), key=_by_kind)
    except TypeError as error:
        raise OpinionError(f"An id must be a number or a text: {error}") from error
    place_of = {name: at for at, name in enumerate(ordered)}
    return tuple(ordered), np.fromiter(
        (place_of[name] for name in told), np.int64, len(told)
    )


def _by_kind(name: Any) -> tuple[str, Any]:
    """Sort numbers as numbers and texts as texts, and never compare the two."""
    if isinstance(name, int | float):
        return ("", name)
    return (type(name).__name__, str(name))


def _last(row: Ints, column: Ints, rows: int, columns: int) -> tuple[Ints, Ints, Ints]:
    """Return row and column of each filled cell, and where its last vote is."""
    cell = row * columns + column
    if rows * columns <= MOST_CELLS:
        last = np.full(rows * columns, -1, np.int64)
        # Of several values for one place numpy keeps the last.
        last[cell] = np.arange(len(cell))
        filled = np.flatnonzero(last >= 0)
        at = last[filled]
    else:
        order = np.argsort(cell, kind="stable")
        ends = np.flatnonzero(np.diff(cell[order], append=-1))
        at = order[ends]
    return row[at], column[at], at
