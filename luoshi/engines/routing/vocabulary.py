"""The words and short runs of characters that a router knows, found in its own texts.

No dictionary comes with it: a run of two to four characters is a word if its parts meet
far more often than by chance and if it is not always the middle of a longer run. So a
town's own place names and nicknames become words, and texts that nobody cut into words
are read like those that somebody did.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from luoshi.engines.routing.text import codes, runs

Keys = npt.NDArray[np.uint64]
Integers = npt.NDArray[np.int64]
LONGEST = 4
# A word: in so many texts, its parts meeting so many times as often as by chance, and
# followed (and led) by the same character in at most this share of its places.
LEAST_TEXTS, LEAST_COHESION, MOST_BOUND = 4, 8.0, 0.9
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass
class Table:
    """Finds the number of a packed run, many at a time: open addressing."""

    keys: Keys
    slots: Keys = field(init=False)
    numbers: npt.NDArray[np.int32] = field(init=False)
    bits: int = field(init=False)
    longest_chain: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.bits = max(4, int(np.ceil(np.log2(max(1, len(self.keys)) * 4))))
        self.slots = np.zeros(1 << self.bits, np.uint64)
        self.numbers = np.full(1 << self.bits, -1, np.int32)
        waiting = np.arange(len(self.keys), dtype=np.int32)
        while len(waiting):
            place = self._place(self.keys[waiting], self.longest_chain)
            free = np.flatnonzero(self.numbers[place] < 0)
            _slots, first = np.unique(place[free], return_index=True)
            taken = free[first]
            self.slots[place[taken]] = self.keys[waiting[taken]]
            self.numbers[place[taken]] = waiting[taken]
            waiting = np.delete(waiting, taken)
            self.longest_chain += 1

    def _place(self, keys: Keys, step: int) -> Keys:
        mixed = (keys * _MIX) >> np.uint64(64 - self.bits)
        return (mixed + np.uint64(step)) & np.uint64((1 << self.bits) - 1)

    def find(self, keys: Keys) -> npt.NDArray[np.int32]:
        """Return the number of each key, or -1."""
        found = np.full(len(keys), -1, np.int32)
        left = np.arange(len(keys))
        for step in range(self.longest_chain):
            place = self._place(keys[left], step)
            numbers = self.numbers[place]
            hit = self.slots[place] == keys[left]
            found[left[hit]] = numbers[hit]
            left = left[~hit & (numbers >= 0)]
            if not len(left):
                break
        return found


def count_runs(texts: Sequence[str], length: int) -> tuple[Keys, Integers, Integers]:
    """Return each run of that length, and its number of places and of texts."""
    keys, owners = runs(*codes(texts), length)
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    new_key = np.ones(len(keys), bool)
    new_key[1:] = keys[1:] != keys[:-1]
    new_text = new_key.copy()
    new_text[1:] |= owners[1:] != owners[:-1]
    starts = np.flatnonzero(new_key)
    if not len(starts):
        return keys, np.zeros(0, np.int64), np.zeros(0, np.int64)
    places = np.diff(np.append(starts, len(keys)))
    return keys[starts], places, np.add.reduceat(new_text.astype(np.int64), starts)


def find_words(counted: dict[int, tuple[Keys, Integers, Integers]]) -> Keys:
    """Return the packed runs that are words: cohesive, and free at both ends."""
    found = []
    for length in range(2, LONGEST + 1):
        keys, places, texts = counted[length]
        often = texts >= LEAST_TEXTS
        keys, places = keys[often], places[often]
        word = _cohesion(counted, keys, places, length) >= LEAST_COHESION
        if length < LONGEST:
            word &= _bound(counted[length + 1], keys, length) <= MOST_BOUND * places
        found.append(keys[word])
    return np.concatenate(found)


def _cohesion(
    counted: dict[int, tuple[Keys, Integers, Integers]],
    keys: Keys,
    places: Integers,
    length: int,
) -> npt.NDArray[np.float64]:
    """Times as often as chance, for the split that explains the run best."""
    everything = max(1, int(counted[1][1].sum()))
    least = np.full(len(keys), np.inf)
    for cut in range(1, length):
        first = keys & np.uint64((1 << 16 * cut) - 1)
        second = keys >> np.uint64(16 * cut)
        chance = _places(counted[cut], first) * _places(counted[length - cut], second)
        least = np.minimum(least, places * everything / np.maximum(chance, 1))
    return least


def _places(counted: tuple[Keys, Integers, Integers], keys: Keys) -> Integers:
    at = np.searchsorted(counted[0], keys)
    return counted[1][np.minimum(at, len(counted[0]) - 1)]


def _bound(
    longer: tuple[Keys, Integers, Integers], keys: Keys, length: int
) -> Integers:
    """Return in how many places the commonest neighbour stands beside each run."""
    most = np.zeros(len(keys), np.int64)
    for parts in (
        longer[0] & np.uint64((1 << 16 * length) - 1),
        longer[0] >> np.uint64(16),
    ):
        at = np.searchsorted(keys, parts)
        at = np.minimum(at, max(0, len(keys) - 1))
        same = keys[at] == parts if len(keys) else np.zeros(0, bool)
        np.maximum.at(most, at[same], longer[1][same])
    return most
