"""What is kept of an opinion map: counts and letters, and nobody's answers.

`Kept` is what pages read. `Standing` is what the next map needs so that groups keep
their letters and axes their direction: a place and a letter for each voter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from luoshi.engines.opinion import OpinionMap, Tally
from luoshi.engines.opinion.votes import Floats, Ints

# Below so many answers no share is told.
FEWEST = 10
# With fewer statements there are no groups to look for.
FEWEST_STATEMENTS = 4
MOST_UNSURE, MUCH_UNSURE = 3, 0.3
# A group keeps a letter if so much of those who had one had this.
SAME_GROUP = 0.5


@dataclass(frozen=True)
class Stood:
    """A statement on which a group differs from all others."""

    statement: int
    vote: int
    here: Tally
    elsewhere: Tally
    q: float


@dataclass(frozen=True)
class Grouped:
    """A group by its letter (0 is the first), with what it stands for."""

    letter: int
    size: int
    stability: float
    stood: tuple[Stood, ...]


@dataclass(frozen=True)
class Common:
    """A statement on which all groups are on one side; `groups` in order of letters."""

    statement: int
    vote: int
    groups: tuple[Tally, ...]


@dataclass(frozen=True)
class Split:
    """A statement that some letters favour and others reject."""

    statement: int
    agree: tuple[int, ...]
    disagree: tuple[int, ...]
    groups: tuple[Tally, ...]


@dataclass(frozen=True)
class Kept:
    """An opinion map without its voters."""

    voters: int
    placed: int
    votes: int
    statements: int
    # Who answered fewer statements is in no group.
    min_votes: int
    groups: tuple[Grouped, ...]
    common: tuple[Common, ...]
    split: tuple[Split, ...]
    # Statements about which many are unsure.
    unsure: tuple[tuple[int, Tally], ...]
    # The vote that all gave, where all gave the same.
    only: int | None
    stability: float | None
    apart: bool
    dimensions: int
    # (number of groups, mean silhouette) as tried.
    silhouettes: tuple[tuple[int, float], ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as plain lists and numbers."""
        return asdict(self)


@dataclass(frozen=True, eq=False)
class Standing:
    """Where each voter stands; -1 is no letter. Serves the engine as the map before."""

    voters: tuple[int, ...]
    positions: Floats
    letters: Ints

    @property
    def group(self) -> Ints:
        """Return numbers without gaps in the order of letters."""
        used = np.unique(self.letters[self.letters >= 0])
        return np.where(self.letters < 0, -1, np.searchsorted(used, self.letters))

    def as_json(self) -> list[list[float]]:
        """Return a row for each voter."""
        places = self.positions.round(4).tolist()
        rows = zip(self.voters, places, self.letters.tolist(), strict=True)
        return [[voter, x, y, letter] for voter, (x, y), letter in rows]

    @classmethod
    def from_json(cls, rows: Sequence[Sequence[float]]) -> "Standing":
        """Read what was kept."""
        table = np.array(rows, float).reshape(-1, 4)
        voters = tuple(table[:, 0].astype(np.int64).tolist())
        return cls(voters, table[:, 1:3], table[:, 3].astype(np.int64))


def from_json(told: dict[str, Any]) -> Kept:
    """Read what was kept of a map."""
    groups = tuple(
        Grouped(
            one["letter"],
            one["size"],
            one["stability"],
            tuple(
                Stood(**said | _tallied(said, "here", "elsewhere"))
                for said in one["stood"]
            ),
        )
        for one in told["groups"]
    )
    return Kept(
        **told
        | {
            "groups": groups,
            "common": tuple(
                Common(**one | {"groups": _tallies(one["groups"])})
                for one in told["common"]
            ),
            "split": tuple(
                Split(
                    one["statement"],
                    tuple(one["agree"]),
                    tuple(one["disagree"]),
                    _tallies(one["groups"]),
                )
                for one in told["split"]
            ),
            "unsure": tuple((pk, Tally(*tally)) for pk, tally in told["unsure"]),
            "silhouettes": tuple(map(tuple, told["silhouettes"])),
        }
    )


def _tallied(said: dict[str, Any], *names: str) -> dict[str, Tally]:
    return {name: Tally(*said[name]) for name in names}


def _tallies(rows: Sequence[Sequence[int]]) -> tuple[Tally, ...]:
    return tuple(Tally(*one) for one in rows)


def letters_for(made: OpinionMap, before: Standing | None) -> list[int]:
    """Return a letter for each group: that of most of its members, else a free one.

    A letter goes with those who had it only if they are half or more of the group's
    members that had one. A group that is new gets a letter that nobody had, so that
    B never means other people from one day to the next.
    """
    count = len(made.groups)
    if before is None or not count or not (before.letters >= 0).any():
        return list(range(count))
    had = dict(zip(before.voters, before.letters.tolist(), strict=True))
    old = np.array([had.get(voter, -1) for voter in made.voters])
    stayed = np.zeros((count, int(before.letters.max()) + 1))
    both = (made.group >= 0) & (old >= 0)
    np.add.at(stayed, (made.group[both], old[both]), 1)
    known = stayed.sum(1)
    letters = [-1] * count
    for group, letter in zip(
        *linear_sum_assignment(stayed, maximize=True), strict=True
    ):
        if stayed[group, letter] and stayed[group, letter] >= SAME_GROUP * known[group]:
            letters[group] = int(letter)
    taken = {*letters, *before.letters.tolist()}
    # Beyond the last letter, the lowest that no group has now.
    fresh = [one for one in range(LETTERS) if one not in taken]
    fresh += [one for one in range(LETTERS) if one in taken and one not in letters]
    free = iter(fresh)
    return [next(free) if letter < 0 else letter for letter in letters]


LETTERS = 8


def keep(
    made: OpinionMap, *, min_votes: int, before: Standing | None = None
) -> tuple[Kept, Standing]:
    """Take from a map what is kept, with groups in the order of their letters."""
    letters = letters_for(made, before)
    order = sorted(range(len(letters)), key=letters.__getitem__)
    letter_of = np.array([*letters, -1], np.int64)
    standing = Standing(made.voters, made.positions, letter_of[made.group])
    groups = [made.groups[number] for number in order]
    votes = {vote for tally in made.tallies for vote in _votes_in(tally)}
    kept = Kept(
        voters=len(made.voters),
        placed=int(made.steers.sum()),
        votes=made.votes,
        statements=len(made.statements),
        min_votes=min_votes,
        groups=tuple(
            Grouped(
                letters[one.number],
                one.size,
                round(one.stability or 0, 3),
                tuple(
                    Stood(said.statement, said.vote, said.here, said.elsewhere, said.q)
                    for said in one.stances
                    if _enough((said.here, said.elsewhere))
                ),
            )
            for one in groups
        ),
        common=tuple(
            Common(one.statement, one.vote, _in(order, one.by_group))
            for one in made.shared
            if _enough(one.by_group)
        ),
        split=tuple(
            Split(
                one.statement,
                tuple(sorted(letters[number] for number in one.agree)),
                tuple(sorted(letters[number] for number in one.disagree)),
                _in(order, one.by_group),
            )
            for one in made.dividing
            if _enough(one.by_group[number] for number in (*one.agree, *one.disagree))
        ),
        unsure=_unsure(made),
        only=votes.pop() if len(votes) == 1 else None,
        stability=made.stability and round(made.stability, 3),
        apart=made.apart,
        dimensions=made.dimensions,
        silhouettes=tuple(
            (count, round(wide, 3)) for count, wide in sorted(made.silhouettes.items())
        ),
    )
    return kept, standing


def _in(order: Sequence[int], tallies: Sequence[Tally]) -> tuple[Tally, ...]:
    return tuple(tallies[number] for number in order) if order else tuple(tallies)


def _enough(tallies: Iterable[Tally]) -> bool:
    """Tell whether so many answered everywhere that it tells of nobody."""
    return all(tally.votes >= FEWEST for tally in tallies)


def _votes_in(tally: Tally) -> list[int]:
    told = zip(tally, (1, -1, 0), strict=True)
    return [vote for count, vote in told if count]


def _unsure(made: OpinionMap) -> tuple[tuple[int, Tally], ...]:
    told = [
        (statement, tally)
        for statement, tally in zip(made.statements, made.tallies, strict=True)
        if tally.votes >= FEWEST and tally.unsure >= MUCH_UNSURE * tally.votes
    ]
    told.sort(key=lambda one: (-one[1].unsure / one[1].votes, -one[1].votes))
    return tuple(told[:MOST_UNSURE])
