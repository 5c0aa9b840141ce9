"""The opinion map: who reacts alike, what each group stands for, what all share."""

from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from luoshi.engines.opinion.clusters import Clusters, k_means, silhouette
from luoshi.engines.opinion.latent import (
    Axes,
    distances,
    first_axes,
    learn,
    locate,
)
from luoshi.engines.opinion.statements import (
    Dividing,
    Shared,
    Stance,
    dividing,
    shared,
    stances,
)
from luoshi.engines.opinion.structure import (
    Stability,
    count_axes,
    stability,
    stand_apart,
)
from luoshi.engines.opinion.votes import (
    Floats,
    Ids,
    Ints,
    OpinionError,
    Tally,
    Votes,
    read_votes,
)

# A number of groups counts if the groups come again at least so well.
STABLE = 0.6
# So much better must another number of groups be before the map changes it.
WORTH_A_CHANGE = 0.03
AXES_SHOWN = 2


@dataclass(frozen=True)
class Settings:
    """What a town may set; docs/decisions/opinion-map.md has the rest of the method."""

    # Who voted on fewer statements has a place and steers nothing.
    min_votes: int = 7
    fewest_groups: int = 2
    most_groups: int = 5
    # A group must have so many members.
    fewest_members: int = 5
    seed: int = 1
    resamples: int = 20
    false_discovery: float = 0.05
    # Statements that were turned down: nobody's vote on them counts.
    left_out: frozenset[Any] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        """Refuse settings that contradict themselves."""
        rules = {
            "min_votes must be 1 or more": self.min_votes >= 1,
            "fewest_groups must be 2 or more": self.fewest_groups >= 2,
            "most_groups must not be below fewest_groups": (
                self.most_groups >= self.fewest_groups
            ),
            "fewest_members must be 1 or more": self.fewest_members >= 1,
            "resamples must be 2 or more": self.resamples >= 2,
            "false_discovery must be between 0 and 1": 0 < self.false_discovery < 1,
        }
        for rule, holds in rules.items():
            if not holds:
                raise OpinionError(rule)


class Places(Protocol):
    """Where people stood in the map before: an OpinionMap, or what was kept of one."""

    @property
    def voters(self) -> tuple[Any, ...]:
        """Return the ids, one a row."""

    @property
    def positions(self) -> Floats:
        """Return rows x 2."""

    @property
    def group(self) -> Ints:
        """Return the group of each row, -1 where there is none."""


def how_many_groups(places: Places | None) -> int:
    """Return how many groups there were."""
    return int(max(places.group, default=-1)) + 1 if places else 0


@dataclass(frozen=True)
class Group:
    """People who react alike."""

    number: int
    size: int
    centre: tuple[float, float]
    # Mean overlap with the same group when other people had come; None if not asked.
    stability: float | None
    stances: tuple[Stance, ...]


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """A map of one moment. Rows are voters and columns statements, by ascending id."""

    voters: tuple[Any, ...]
    statements: tuple[Any, ...]
    votes: int
    tallies: tuple[Tally, ...]
    # voters x 2, and statements x 2: where agreeing with it moves a voter.
    positions: Floats
    axes: Floats
    # Who voted often enough to steer.
    steers: NDArray[np.bool_]
    # The group of each voter, -1 where there is none.
    group: Ints
    groups: tuple[Group, ...]
    # How alike the groups are in resamples (1: the same), None if there are none.
    stability: float | None
    # Whether groups stand apart, or are the ends of what shades into each other.
    apart: bool
    # How many axes of opinion are more than chance.
    dimensions: int
    # The mean silhouette for each number of groups that was tried.
    silhouettes: dict[int, float]
    shared: tuple[Shared, ...]
    dividing: tuple[Dividing, ...]

    @property
    def clear(self) -> bool:
        """Say whether there are groups that come again; `apart` says how distinct."""
        return bool(self.groups)


@dataclass(frozen=True, eq=False)
class Found:
    """What a method found out about the voters that steer."""

    positions: Floats
    axes: Floats
    clusters: Clusters | None = None
    stability: Stability | None = None
    apart: bool = False
    dimensions: int = 0
    silhouettes: dict[int, float] = field(default_factory=dict)


def fit(
    voter_ids: Ids,
    statement_ids: Ids,
    votes: Any,
    *,
    settings: Settings | None = None,
    before: Places | None = None,
) -> OpinionMap:
    """Make the map of votes given in the order of time: 1 agree, 0 unsure, -1 disagree.

    With the map `before`, groups keep their numbers, axes their direction, and the
    number of groups changes only if another is clearly better. Raises OpinionError for
    what is no vote or no id.
    """
    settings = settings or Settings()
    everyone = read_votes(voter_ids, statement_ids, votes).without(settings.left_out)
    steers = everyone.per_voter >= settings.min_votes
    found = _find(everyone, steers, settings, before)
    return assemble(everyone, steers, found, settings, before)


def _find(
    everyone: Votes,
    steers: NDArray[np.bool_],
    settings: Settings,
    before: Places | None,
) -> Found:
    """Find axes, then groups along those that are more than chance."""
    votes = everyone.of_voters(np.flatnonzero(steers))
    size = min(len(votes.voters), len(votes.statements))
    if size < 1 or not np.ptp(votes.value):
        shape = (len(steers), AXES_SHOWN), (len(votes.statements), AXES_SHOWN)
        return Found(np.zeros(shape[0]), np.zeros(shape[1]))
    rng = np.random.default_rng(settings.seed)
    dimensions = count_axes(votes, min(settings.most_groups - 1, size), rng)
    shown = max(dimensions, min(AXES_SHOWN, size))
    start = rng.standard_normal((len(votes.statements), min(shown + 4, size)))
    drawn = learn(votes, first_axes(votes, shown, start))
    positions = _two(distances(locate(everyone, drawn).mean, drawn))
    blank = Found(positions, _two(drawn.loadings), dimensions=dimensions)
    if not dimensions:
        return blank
    axes = drawn
    if dimensions < shown:
        axes = learn(votes, first_axes(votes, dimensions, start))
    return _grouped(votes, axes, blank, settings, before, rng)


def _grouped(
    votes: Votes,
    axes: Axes,
    blank: Found,
    settings: Settings,
    before: Places | None,
    rng: np.random.Generator,
) -> Found:
    """Part the voters, and keep the best number of groups that come again."""
    places = locate(votes, axes)
    points = distances(places.mean, axes)
    found = _tried(points, settings, rng)
    widths = {count: silhouette(points, one) for count, one in found.items()}
    firm = stability(votes, axes, found, resamples=settings.resamples, rng=rng)
    stable = {count: widths[count] for count in found if firm[count].whole >= STABLE}
    if not stable:
        return replace(blank, silhouettes=widths)
    count = max(stable, key=lambda one: (stable[one], -one))
    kept = how_many_groups(before)
    if kept in stable and stable[kept] >= stable[count] - WORTH_A_CHANGE:
        count = kept
    return replace(
        blank,
        clusters=found[count],
        stability=firm[count],
        apart=stand_apart(places, axes, found[count], rng),
        silhouettes=widths,
    )


def _tried(
    points: Floats, settings: Settings, rng: np.random.Generator
) -> dict[int, Clusters]:
    """Return each way to part the points whose groups have enough members."""
    found = {}
    different = len(np.unique(points.round(9), axis=0))
    for count in range(settings.fewest_groups, settings.most_groups + 1):
        if count > different:
            break
        clusters = k_means(points, count, rng)
        if clusters.sizes.min() >= settings.fewest_members:
            found[count] = clusters
    return found


def _two(columns: Floats) -> Floats:
    """Return two columns, a missing one as zeros."""
    columns = columns[:, :AXES_SHOWN]
    missing = np.zeros((len(columns), AXES_SHOWN - columns.shape[1]))
    return np.column_stack([columns, missing])


def assemble(
    everyone: Votes,
    steers: NDArray[np.bool_],
    found: Found,
    settings: Settings,
    before: Places | None,
) -> OpinionMap:
    """Number the groups and read off what they stand for."""
    group = np.full(len(steers), -1)
    order = np.empty(0, np.int64)
    positions, axes = _faced(everyone, found, before)
    if found.clusters is not None:
        order = _order(everyone, steers, found.clusters, before)
        group[steers] = np.argsort(order)[found.clusters.label]
    counts = everyone.counts(group, len(order))
    told = stances(everyone.statements, counts, settings.false_discovery)
    whole = everyone.counts(np.where(steers, 0, -1), 1)
    firm = found.stability
    groups = tuple(
        Group(
            number=number,
            size=int((group == number).sum()),
            centre=tuple(positions[group == number].mean(0).tolist()),
            stability=float(firm.groups[cluster]) if firm else None,
            stances=told[number],
        )
        for number, cluster in enumerate(order.tolist())
    )
    return OpinionMap(
        voters=everyone.voters,
        statements=everyone.statements,
        votes=len(everyone.value),
        tallies=everyone.tallies(),
        positions=positions,
        axes=axes,
        steers=steers,
        group=group,
        groups=groups,
        stability=firm.whole if firm else None,
        apart=found.apart,
        dimensions=found.dimensions,
        silhouettes=found.silhouettes,
        shared=shared(everyone.statements, counts if groups else whole),
        dividing=dividing(everyone.statements, counts),
    )


def _order(
    everyone: Votes,
    steers: NDArray[np.bool_],
    clusters: Clusters,
    before: Places | None,
) -> Ints:
    """Return the clusters in the order of their numbers: the largest is 0.

    With a map before, a group keeps the number that most of its members had.
    """
    by_size = np.lexsort((*clusters.centres.T, -clusters.sizes))
    if before is None or not how_many_groups(before):
        return by_size
    had = dict(zip(before.voters, before.group.tolist(), strict=True))
    rows = np.flatnonzero(steers).tolist()
    old = np.array([had.get(everyone.voters[row], -1) for row in rows], np.int64)
    # Clusters that no old number fits take the numbers left, the largest first.
    count = len(clusters.centres)
    numbers = max(count, how_many_groups(before))
    stayed = np.zeros((count, numbers))
    np.add.at(stayed, (clusters.label[old >= 0], old[old >= 0]), 1)
    cluster, number = linear_sum_assignment(stayed[by_size], maximize=True)
    return by_size[cluster[np.argsort(number)]]


def _faced(
    everyone: Votes, found: Found, before: Places | None
) -> tuple[Floats, Floats]:
    """Turn each axis the way that it pointed before."""
    if before is None:
        return found.positions, found.axes
    at = {voter: row for row, voter in enumerate(before.voters)}
    both = [
        (row, at[voter]) for row, voter in enumerate(everyone.voters) if voter in at
    ]
    if not both:
        return found.positions, found.axes
    here, there = np.array(both).T
    sign = np.sign((found.positions[here] * before.positions[there]).sum(0))
    sign[sign == 0] = 1
    return found.positions * sign, found.axes * sign
