"""Topics (共性问题): what several people say of one concrete problem.

What the product passes: the cases of a window (a year, say) with ids, texts, times,
villages, an opaque key of the person, and the topic that each stands in already. What
it gets: topics with stable numbers, and the topic of each case. A case that stands in a
topic stays: the numbers of one night are those of the next, and what a person split,
merged or moved is never undone: the state of topics is the cases' own `topic`.

- A person splits a topic: the cases that leave get a new number. Topics never join
  again.
- A person merges two: all get one number.
- A person takes one case out: no `topic`, and a pair in `apart` with a case that stays.
- A person says that two cases are one matter: a pair in `together`. If they stand in
  two topics, these become one, with the lower number; the product forgets pairs that a
  later act of a person contradicts.
- The machine never puts cases of two villages together (where no village is given, the
  places named in the texts decide); a person does.
- A person renames: the product shows its own name; nothing here depends on titles.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from luoshi.engines.similarity import heat as heats
from luoshi.engines.similarity.cases import Case, days, prepare
from luoshi.engines.similarity.features import Space, Text, Weights, learn, vectors
from luoshi.engines.similarity.linkage import Cut, join
from luoshi.engines.similarity.naming import READ, place_of, title_of
from luoshi.engines.similarity.pairs import candidates
from luoshi.engines.similarity.places import EMPTY, Gazetteer

__all__ = ["Topic", "Topics", "group"]

WEEKS = 12
Pairs = Iterable[tuple[Hashable, Hashable]]


@dataclass(frozen=True)
class Topic:
    """One problem: its cases by time, and what they say together."""

    number: int
    cases: tuple[Hashable, ...]
    title: str
    place: str
    first: datetime | None
    last: datetime | None
    # One person's ten messages count once.
    people: int
    # People of each of the last twelve weeks, the oldest first.
    weeks: tuple[int, ...]
    heat: float
    rise: heats.Rise | None
    rising: bool = False


@dataclass(frozen=True)
class Topics:
    """All topics, the hottest first, and the topic of each case that has one."""

    topics: tuple[Topic, ...]
    of: dict[Hashable, int]


def group(
    cases: Sequence[Case],
    *,
    now: datetime,
    gazetteer: Gazetteer = EMPTY,
    weights: Weights | None = None,
    together: Pairs = (),
    apart: Pairs = (),
    first_number: int = 1,
    cut: Cut | None = None,
) -> Topics:
    """Group cases into topics of two or more; raises ValueError if an id comes twice.

    `weights` learnt from all the town's texts help where the window has few cases.
    New topics are numbered from `first_number`, or above the highest number given: the
    product passes one above the highest it ever used. `together` wins over `apart`.
    Pairs with an id that is not among the cases are passed over.
    """
    ordered = sorted(cases, key=_in_time)
    rows = {case.id: row for row, case in enumerate(ordered)}
    if len(rows) < len(ordered):
        raise ValueError("Each case must have an id of its own")
    texts = [prepare(case) for case in ordered]
    parted = _rows(apart, rows)
    node, first = _same_text(texts, ordered, {row for pair in parted for row in pair})
    space = _space([texts[row] for row in first], weights, gazetteer)
    start, topic = _standing(ordered, node, len(first), _rows(together, rows))
    parted = [(int(node[one]), int(node[two])) for one, two in parted]
    label = join(
        space,
        candidates(space),
        cut or Cut(),
        start=start,
        topic=topic,
        village=_villages([ordered[row] for row in first]),
        apart=[(one, two) for one, two in parted if start[one] != start[two]],
    )[node]
    numbered = _numbers(ordered, label, first_number)
    return _told(ordered, texts, numbered, space, node, now, gazetteer)


def _in_time(case: Case) -> tuple[float, str]:
    at = float(days([case.time])[0])
    return (-np.inf if np.isnan(at) else at, str(case.id))


def _rows(pairs: Pairs, rows: dict[Hashable, int]) -> list[tuple[int, int]]:
    return [(rows[one], rows[two]) for one, two in pairs if one in rows and two in rows]


def _same_text(
    texts: Sequence[Text], cases: Sequence[Case], alone: set[int]
) -> tuple[NDArray[np.int64], list[int]]:
    """Return the node of each case, and the first case of each node.

    The same words of the same village are one node, however often they are sent, so
    that a text that is copied weighs like one. Rows in `alone`, and texts without a
    letter or digit, are never the same as another.
    """
    nodes: dict[Hashable, int] = {}
    node = np.empty(len(texts), np.int64)
    first: list[int] = []
    for row, (text, case) in enumerate(zip(texts, cases, strict=True)):
        said = any(sign.isalnum() for sign in text.subject + text.body)
        key = (text, case.village, case.topic) if said and row not in alone else row
        node[row] = nodes.setdefault(key, len(first))
        if node[row] == len(first):
            first.append(row)
    return node, first


def _villages(cases: Sequence[Case]) -> NDArray[np.int64]:
    """Number the villages; -1 where none is given."""
    names = {"": -1}
    return np.array(
        [names.setdefault(case.village, len(names) - 1) for case in cases], np.int64
    )


def _space(
    texts: Sequence[Text], weights: Weights | None, gazetteer: Gazetteer
) -> Space:
    """Return the rows of texts, without pieces that only one of them has."""
    here = learn(texts, gazetteer)
    return vectors(texts, weights or here, gazetteer, shared=here.seen > 1)


def _standing(
    cases: Sequence[Case],
    node: NDArray[np.int64],
    nodes: int,
    together: Sequence[tuple[int, int]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which nodes stand together already, and the topic of each node or -1."""
    begins: dict[int, int] = {}
    pairs = [(int(node[one]), int(node[two])) for one, two in together]
    topic = np.full(nodes, -1)
    for row, case in enumerate(cases):
        if case.topic is not None:
            topic[node[row]] = case.topic
            pairs.append(
                (begins.setdefault(case.topic, int(node[row])), int(node[row]))
            )
    if not pairs:
        return np.arange(nodes), topic
    one, two = np.array(pairs).T
    ties = sparse.coo_matrix((np.ones(len(one)), (one, two)), (nodes, nodes))
    _count, start = sparse.csgraph.connected_components(ties, directed=False)
    # The lowest number of those that stand together.
    lowest = np.full(nodes, np.iinfo(np.int64).max)
    named = topic >= 0
    np.minimum.at(lowest, start[named], topic[named])
    topic = np.where(lowest[start] < np.iinfo(np.int64).max, lowest[start], -1)
    return start.astype(np.int64), topic


def _numbers(
    cases: Sequence[Case], label: NDArray[np.int64], first_number: int
) -> dict[int, NDArray[np.int64]]:
    """Return the rows of each topic: kept ones, then new ones by first case."""
    order = np.argsort(label, kind="stable")
    cuts = np.flatnonzero(np.diff(label[order])) + 1
    numbered: dict[int, NDArray[np.int64]] = {}
    new = []
    for rows in np.split(order, cuts):
        known = [topic for row in rows if (topic := cases[row].topic) is not None]
        if known:
            numbered[int(min(known))] = rows
        elif len(rows) > 1:
            new.append(rows)
    following = max([first_number - 1, *numbered]) + 1
    new.sort(key=lambda rows: int(rows[0]))
    return numbered | dict(enumerate(new, following))


def _told(
    cases: Sequence[Case],
    texts: Sequence[Text],
    numbered: dict[int, NDArray[np.int64]],
    space: Space,
    node: NDArray[np.int64],
    now: datetime,
    gazetteer: Gazetteer,
) -> Topics:
    """Return the topics with all that is said of them, the hottest first."""
    times = days([case.time for case in cases])
    today = float(days([now])[0])
    everything = np.sort(times[~np.isnan(times)])
    told = []
    for number, rows in numbered.items():
        those = [cases[row] for row in rows]
        read = _spread(rows)
        names = [cases[row] for row in read]
        person = _persons(those)
        told.append(
            Topic(
                number=number,
                cases=tuple(case.id for case in those),
                title=title_of(names, space.whole[node[read]]),
                place=place_of([texts[row] for row in read], gazetteer),
                first=next((case.time for case in those if case.time), None),
                last=those[-1].time,
                people=len(set(person)),
                weeks=heats.weekly(times[rows], person, today, WEEKS),
                heat=round(heats.heat(heats.people_at(times[rows], person), today), 3),
                rise=heats.rise(times[rows], person, everything, today),
            )
        )
    flags = heats.rises([topic.rise for topic in told])
    told = [
        replace(topic, rising=flag) for topic, flag in zip(told, flags, strict=True)
    ]
    told.sort(key=lambda topic: (-topic.heat, -topic.people, topic.number))
    of = {case: topic.number for topic in told for case in topic.cases}
    return Topics(tuple(told), of)


def _spread(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return members to read for a name, spread over the time of the topic."""
    if len(rows) <= READ:
        return rows
    return rows[np.linspace(0, len(rows) - 1, READ).astype(np.int64)]


def _persons(cases: Sequence[Case]) -> NDArray[np.int64]:
    """Number the people of a topic; a case without a person is one of its own."""
    names: dict[Hashable, int] = {}
    told: Iterator[int] = (
        names.setdefault(case.person or (case.id,), len(names)) for case in cases
    )
    return np.fromiter(told, np.int64, len(cases))
