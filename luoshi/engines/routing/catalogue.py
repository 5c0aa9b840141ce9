"""Proposes a place in a catalogue of several levels, with or without history.

A suggestion is a path from the top: each level is chosen among the children of the
level above, so levels cannot contradict each other. Where people have decided often
enough below a place, its children are proposed as learnt; elsewhere from their names
and keywords, and the suggestion says so.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from luoshi.engines.routing import files
from luoshi.engines.routing.errors import ModelFileError, TrainingError
from luoshi.engines.routing.router import (
    CATALOGUE,
    SUGGESTIONS,
    Router,
    Suggestion,
    train,
)
from luoshi.engines.routing.text import read

Path = tuple[str, ...]
# Below a place, learning begins with so many decided messages, in at least two children
# that have a few each.
LEAST_DECIDED, LEAST_EACH = 20, 3
# Before anybody has decided, nothing in the town says how often names are right. On one
# real catalogue these numbers claim less than was right; no claim exceeds the first.
MOST_FROM_NAMES, SHARPNESS = 0.8, 4.0


@dataclass(frozen=True)
class Entry:
    """One line of a catalogue: its path from the top, and words that hint at it."""

    path: Path
    keywords: str = ""


@dataclass(frozen=True)
class Placing:
    """One proposed path: a suggestion for each level, from the top down."""

    levels: tuple[Suggestion, ...]

    @property
    def path(self) -> Path:
        """Names of the levels from the top."""
        return tuple(level.label for level in self.levels)

    @property
    def confidence(self) -> float:
        """How likely the whole path is right: no more than any of its levels."""
        return self.levels[-1].confidence


@dataclass
class CatalogueRouter:
    """Routes down a catalogue; `routers` holds what was learnt below each place."""

    entries: list[Entry]
    routers: dict[Path, Router] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.entries or any(not entry.path for entry in self.entries):
            raise TrainingError("A catalogue needs entries, each with a path.")
        self._children: dict[Path, list[str]] = {}
        below: dict[Path, dict[str, None]] = defaultdict(dict)
        for entry in self.entries:
            for depth, name in enumerate(entry.path):
                below[entry.path[:depth]].setdefault(name)
        self._children = {place: list(names) for place, names in below.items()}
        self._hints = _hints(self.entries)

    def route(self, texts: Sequence[str]) -> list[list[Placing]]:
        """Return up to three paths a text, their tops apart, the likeliest first."""
        found: list[list[Placing]] = [[] for _text in texts]
        tops = self._choose((), texts)
        for rank in range(SUGGESTIONS):
            groups: dict[Path, list[tuple[int, tuple[Suggestion, ...]]]] = defaultdict(
                list
            )
            for number, choices in enumerate(tops):
                if rank < len(choices):
                    top = choices[rank]
                    groups[(top.label,)].append((number, (top,)))
            while groups:
                groups = self._descend(groups, texts, found)
        return found

    def _descend(
        self,
        groups: dict[Path, list[tuple[int, tuple[Suggestion, ...]]]],
        texts: Sequence[str],
        found: list[list[Placing]],
    ) -> dict[Path, list[tuple[int, tuple[Suggestion, ...]]]]:
        """Take every text one level down; what has arrived goes to `found`."""
        deeper: dict[Path, list[tuple[int, tuple[Suggestion, ...]]]] = defaultdict(list)
        for place, members in groups.items():
            if place not in self._children:
                for number, levels in members:
                    found[number].append(Placing(levels))
                continue
            choices = self._choose(
                place, [texts[number] for number, _levels in members]
            )
            for (number, levels), (best, *_rest) in zip(members, choices, strict=True):
                confidence = best.confidence * levels[-1].confidence
                below = Suggestion(best.label, confidence, best.words, best.source)
                deeper[(*place, best.label)].append((number, (*levels, below)))
        return deeper

    def _choose(self, place: Path, texts: Sequence[str]) -> list[list[Suggestion]]:
        """Return the likeliest children of a place for each text."""
        children = self._children[place]
        if len(children) == 1:
            return [[Suggestion(children[0], 1.0, (), CATALOGUE)] for _text in texts]
        if place in self.routers:
            return self.routers[place].route(texts)
        return [self._by_names(place, children, text) for text in texts]

    def _by_names(
        self, place: Path, children: list[str], text: str
    ) -> list[Suggestion]:
        """Compare the words of a text with names and keywords below each child."""
        subject, whole = read(text)
        said = _pairs(whole) | _pairs(subject)
        fits, words = [], []
        for child in children:
            hints = self._hints[(*place, child)]
            hits = [(weight, pair) for pair, weight in hints.items() if pair in said]
            fits.append(sum(w for w, _p in hits) / sum(hints.values()) ** 0.5)
            # What stands in the subject counts twice.
            fits[-1] += (
                sum(w for w, p in hits if p in _pairs(subject))
                / sum(hints.values()) ** 0.5
            )
            words.append(tuple(pair for _w, pair in sorted(hits, reverse=True)[:3]))
        scores = np.array(fits)
        shares = np.exp(SHARPNESS * (scores - scores.max()) / max(scores.max(), 1e-9))
        shares = MOST_FROM_NAMES * shares / shares.sum()
        if not scores.any():
            shares = np.full(len(children), 1 / len(children))
        best = np.argsort(-shares, kind="stable")[:SUGGESTIONS]
        return [
            Suggestion(children[n], float(shares[n]), words[n], CATALOGUE) for n in best
        ]

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it to a file from which `load_catalogue` makes it again."""
        told: list[dict[str, Any]] = []
        arrays: files.Arrays = {}
        for number, (place, router) in enumerate(self.routers.items()):
            own, parts = router.packed()
            told.append({"place": list(place), "router": own})
            arrays |= {f"{number}/{name}": part for name, part in parts.items()}
        entries = [[list(entry.path), entry.keywords] for entry in self.entries]
        files.write(path, {"catalogue": entries, "routers": told}, arrays)


def train_catalogue(
    entries: Sequence[Entry],
    texts: Sequence[str] = (),
    paths: Sequence[Path] = (),
    *,
    seed: int = 1,
) -> CatalogueRouter:
    """Make a router for a catalogue; paths may end at any level, and texts may be none.

    Labels that the catalogue does not hold (any more) are left out.
    """
    if len(texts) != len(paths):
        raise TrainingError(f"There are {len(texts)} texts and {len(paths)} paths.")
    made = CatalogueRouter(list(entries))
    decided: dict[Path, list[tuple[str, str]]] = defaultdict(list)
    for text, path in zip(texts, paths, strict=True):
        for depth, name in enumerate(path):
            if name not in made._children.get(path[:depth], ()):
                break
            decided[path[:depth]].append((text, name))
    for place, pairs in decided.items():
        each = Counter(name for _text, name in pairs)
        enough = {name for name, count in each.items() if count >= LEAST_EACH}
        kept = [(text, name) for text, name in pairs if name in enough]
        if len(kept) >= LEAST_DECIDED and len(enough) > 1:
            known, names = zip(*kept, strict=True)
            made.routers[place] = train(known, names, seed=seed)
    return made


def load_catalogue(path: str | os.PathLike[str]) -> CatalogueRouter:
    """Read a router for a catalogue; ModelFileError as `load` has it."""
    told, arrays = files.read(path)
    try:
        entries = [Entry(tuple(names), words) for names, words in told["catalogue"]]
        made = CatalogueRouter(entries)
        for number, kept in enumerate(told["routers"]):
            own = _below(arrays, number)
            made.routers[tuple(kept["place"])] = Router.unpacked(kept["router"], own)
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, ModelFileError):
            raise
        raise ModelFileError("The file holds no router for a catalogue.") from error
    return made


def _below(
    arrays: dict[str, npt.NDArray[np.generic]], number: int
) -> dict[str, npt.NDArray[np.generic]]:
    start = f"{number}/"
    return {
        name[len(start) :]: a for name, a in arrays.items() if name.startswith(start)
    }


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _hints(entries: Sequence[Entry]) -> dict[Path, dict[str, float]]:
    """Return the pairs of characters that hint at each place, by how rare they are."""
    owned: dict[Path, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        for depth in range(1, len(entry.path) + 1):
            for part in (*entry.path[depth - 1 :], *entry.keywords.split()):
                owned[entry.path[:depth]].update(_pairs(read(part)[1]))
    siblings: Counter[tuple[Path, str]] = Counter()
    for place, pairs in owned.items():
        siblings.update((place[:-1], pair) for pair in pairs)
    return {
        place: {
            pair: (1 + np.log(count)) / siblings[place[:-1], pair]
            for pair, count in pairs.items()
        }
        or {"": 1.0}
        for place, pairs in owned.items()
    }
