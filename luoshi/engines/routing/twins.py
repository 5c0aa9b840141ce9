"""Which texts are nearly the same, so that none is judged by its own twin."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

# Twins begin with the same characters, or share more than this part of their runs of
# three characters (Jaccard).
SAME_BEGINNING, LEAST_SHARED = 60, 0.8
_GAPS = re.compile(r"\s+")
MOST_CHARACTERS = 4000


def group_twins(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return a group number for each text; near-duplicates have the same."""
    heads = list(range(len(texts)))
    first: dict[str, int] = {}
    pieces = []
    for number, text in enumerate(texts):
        _join(heads, number, first.setdefault(text.strip()[:SAME_BEGINNING], number))
        pieces.append(_pieces(text))
    for one, other in _alike(pieces):
        _join(heads, one, other)
    return np.array([_head(heads, number) for number in range(len(texts))], np.int64)


def _pieces(text: str) -> set[str]:
    joined = _GAPS.sub("", text[:MOST_CHARACTERS])
    return {joined[at : at + 3] for at in range(max(1, len(joined) - 2))}


def _head(heads: list[int], number: int) -> int:
    while heads[number] != number:
        heads[number] = heads[heads[number]]
        number = heads[number]
    return number


def _join(heads: list[int], one: int, other: int) -> None:
    heads[_head(heads, one)] = _head(heads, other)


def _alike(pieces: list[set[str]]) -> list[tuple[int, int]]:
    """Return all pairs above the limit, by the rarest pieces of each (prefix filter).

    Two sets that share 80 % of their pieces share one of the rarest fifth of either.
    """
    spread = Counter(piece for found in pieces for piece in found)
    holders: dict[str, list[int]] = defaultdict(list)
    pairs = []
    for number in sorted(range(len(pieces)), key=lambda n: len(pieces[n])):
        own = pieces[number]
        size = len(own)
        rarest = sorted(own, key=lambda piece: (spread[piece], piece))
        candidates: set[int] = set()
        for piece in rarest[: size - math.ceil(LEAST_SHARED * size) + 1]:
            candidates.update(
                n for n in holders[piece] if len(pieces[n]) >= LEAST_SHARED * size
            )
            holders[piece].append(number)
        for other in candidates:
            shared = len(own & pieces[other])
            if shared > LEAST_SHARED * (size + len(pieces[other]) - shared):
                pairs.append((number, other))
    return pairs


def deal_folds(
    groups: npt.NDArray[np.int64], folds: int, seed: int
) -> npt.NDArray[np.int64]:
    """Return a fold for each text: shuffled, whole groups, about equally many texts."""
    numbers, sizes = np.unique(groups, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(numbers))
    filled, fold_of = np.zeros(folds, np.int64), np.zeros(len(numbers), np.int64)
    for place in order:
        fold_of[place] = filled.argmin()
        filled[fold_of[place]] += sizes[place]
    return fold_of[np.searchsorted(numbers, groups)]
