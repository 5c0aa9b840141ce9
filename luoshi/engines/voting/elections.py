"""What is counted: projects with costs, a budget, and ballots that name projects."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from luoshi.engines.voting.scores import Scores

APPROVAL, CHOOSE_ONE, ORDINAL = "approval", "choose-1", "ordinal"
CUMULATIVE, SCORING = "cumulative", "scoring"
WITH_POINTS = (CUMULATIVE, SCORING)
VOTE_TYPES = (APPROVAL, CHOOSE_ONE, ORDINAL, *WITH_POINTS)
# Sums of this many smallest coins still fit into 64 bits, whatever is added up.
MOST_MONEY = 10**15

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
NOTHING: Mapping[str, str] = MappingProxyType({})


class VotingError(ValueError):
    """An election that cannot be counted; says why, and in a file at which line."""


@dataclass(frozen=True)
class Project:
    """What can be chosen; the cost is in the smallest coin of the election."""

    id: str
    cost: int
    name: str = ""
    more: Mapping[str, str] = field(default_factory=lambda: NOTHING, compare=False)


@dataclass(frozen=True, eq=False)
class Election:
    """Projects, budget and ballots; money in the smallest coin, `unit` coins are one.

    `start` and `named` are the ballots in rows: ballot i names the projects (places in
    `projects`) `named[start[i]:start[i + 1]]`, a ranking with the first choice first.
    `points` stands beside `named` where ballots give points.
    """

    projects: tuple[Project, ...]
    budget: int
    start: Ints
    named: Ints
    unit: int = 1
    vote_type: str = APPROVAL
    points: tuple[Decimal, ...] | None = None
    voters: tuple[str, ...] | None = None
    meta: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    odd: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        projects: Iterable[Project],
        budget: int,
        ballots: Iterable[Sequence[str]],
        *,
        unit: int = 1,
    ) -> "Election":
        """Return an election of ballots that list ids; raises VotingError."""
        chosen = tuple(projects)
        places = places_of(chosen)
        named: list[int] = []
        start = [0]
        for number, ballot in enumerate(ballots, 1):
            named += _places(ballot, places, f"Ballot {number}")
            start.append(len(named))
        check_money(chosen, budget, unit)
        return cls(chosen, budget, _ints(start), _ints(named), unit)

    @classmethod
    def from_pabulib(cls, path: str | Path, *, lenient: bool = False) -> "Election":
        """Read a file in Pabulib's format; raises VotingError naming the line.

        Strictly, a ballot beyond the file's own limits and a voter who comes twice are
        refused. A lenient reading counts them as they stand and lists them in `odd`.
        """
        from luoshi.engines.voting import pabulib

        return pabulib.read(Path(path).read_bytes(), lenient=lenient)

    def to_pabulib(self) -> str:
        """Return the election in Pabulib's format."""
        from luoshi.engines.voting import pabulib

        return pabulib.write(self)

    @property
    def ballots(self) -> int:
        """Return how many ballots there are, empty ones among them."""
        return len(self.start) - 1

    @cached_property
    def costs(self) -> Ints:
        """Return the cost of each project."""
        return _ints([project.cost for project in self.projects])

    @cached_property
    def votes(self) -> Ints:
        """Return how many ballots name each project."""
        return np.bincount(self.named, minlength=len(self.projects)).astype(np.int64)

    @cached_property
    def supporters(self) -> tuple[Ints, ...]:
        """Return the ballots that name each project, in ascending order."""
        return self.by_project(np.repeat(np.arange(self.ballots), np.diff(self.start)))

    @cached_property
    def scores(self) -> "Scores":
        """Return how many points each ballot gives, as `scores.py` says."""
        from luoshi.engines.voting import scores

        return scores.scores_of(self)

    def by_project(self, values: Ints) -> tuple[Ints, ...]:
        """Part what stands beside `named` by projects, in the order of the ballots."""
        order = np.argsort(self._small, kind="stable")
        return tuple(np.split(values[order], np.cumsum(self.votes)[:-1]))

    @property
    def _small(self) -> NDArray[np.generic]:
        # A stable sort of 16-bit numbers is a radix sort: linear in the votes.
        return (
            self.named.astype(np.uint16) if len(self.projects) < 2**16 else self.named
        )

    def order(self, ties: Sequence[str] | None = None) -> Ints:
        """Return the rank of each project in the order by which ties are broken.

        Without a published order it is that of the ids as texts.
        """
        ids = [project.id for project in self.projects]
        if ties is not None and sorted(ties) != sorted(ids):
            raise VotingError("The order for ties must name each project once")
        rank = {
            name: at for at, name in enumerate(sorted(ids) if ties is None else ties)
        }
        return _ints([rank[name] for name in ids])

    def money(self, coins: int) -> Decimal:
        """Return an amount of coins in the election's currency."""
        return Decimal(coins) / self.unit


def decimals_of(amount: Decimal) -> int:
    """Return how many decimals an amount has."""
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def places_of(projects: Sequence[Project]) -> dict[str, int]:
    """Return the place of each id; two with one id are refused."""
    places: dict[str, int] = {}
    for at, project in enumerate(projects):
        if project.id in places:
            raise VotingError(f"Two projects have the id {project.id!r}")
        places[project.id] = at
    return places


def check_money(projects: Sequence[Project], budget: int, unit: int) -> None:
    """Refuse money that nothing can be counted with."""
    if not projects:
        raise VotingError("There are no projects")
    if not 0 < budget <= MOST_MONEY:
        raise VotingError(f"The budget must be above 0, not {Decimal(budget) / unit}")
    for project in projects:
        if not 0 < project.cost <= MOST_MONEY:
            raise VotingError(
                f"The cost of {project.id!r} must be above 0, and no more than "
                f"{MOST_MONEY // unit}: not {Decimal(project.cost) / unit}"
            )


def _places(ballot: Sequence[str], places: dict[str, int], where: str) -> list[int]:
    found = []
    for name in ballot:
        if name not in places:
            raise VotingError(f"{where} names {name!r}, which is no project")
        found.append(places[name])
    if len(set(found)) < len(found):
        raise VotingError(f"{where} names a project twice")
    return found


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)
