"""Which texts of a stream say nearly what an earlier one said, word for word."""

from collections import defaultdict
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from luoshi.engines.text import LONGEST, clean

# Repeats share more than this part of their runs of three signs (Jaccard).
LEAST_SHARED = 0.8
# Two texts are compared if one of these pairs of smallest hashes is the same: a pair
# that shares four fifths is found with 1 - (1 - 0.8^2)^6 = 0.998, one that shares a
# twentieth is compared in vain with 0.015 (Broder 1997; Leskovec et al., chapter 3).
BANDS, ROWS = 6, 2
# A form that a hundred send differs in few words: so many of it are compared.
MOST_ALIKE = 8
_MIX = np.random.default_rng(1).integers(1, 2**63, (2, BANDS * ROWS), dtype=np.uint64)
Runs = NDArray[np.uint64]


class Repeats:
    """Finds the first text that a new one nearly repeats, in one pass over a stream.

    It keeps about a kilobyte of a text that is new, none for one that repeats.
    """

    def __init__(self, read: Callable[[int], str]) -> None:
        """Take how to read an earlier text again by its key."""
        self._read = read
        self._new: dict[tuple[int, bytes], list[int]] = defaultdict(list)

    def first_like(self, key: int, text: str) -> int | None:
        """Return the key of the first text that this one repeats; else remember it.

        A text without a letter or digit repeats nothing.
        """
        runs = _runs(text)
        if not len(runs):
            return None
        bands = list(enumerate(_bands(runs)))
        candidates = sorted({one for band in bands for one in self._new.get(band, ())})
        for one in candidates:
            if _shared(runs, _runs(self._read(one))) > LEAST_SHARED:
                return one
        for band in bands:
            if len(self._new[band]) < MOST_ALIKE:
                self._new[band].append(key)
        return None


def _runs(text: str) -> Runs:
    """Return the different runs of three letters or digits, as numbers.

    A text of one or two signs is one run: it repeats only what is the same.
    """
    signs = "".join(sign for sign in clean(text, LONGEST) if sign.isalnum())
    if not signs:
        return np.empty(0, np.uint64)
    signs = signs.ljust(3, "\0")
    codes = np.frombuffer(signs.encode("utf-32-le"), np.uint32).astype(np.uint64)
    # A sign has 21 bits: three of them fill 63, so that no two runs are confused.
    return np.unique(
        (codes[:-2] << np.uint64(42)) | (codes[1:-1] << np.uint64(21)) | codes[2:]
    )


def _bands(runs: Runs) -> list[bytes]:
    times, plus = _MIX | np.uint64(1)
    mixed = (runs[:, None] ^ (runs[:, None] >> np.uint64(29))) * times + plus
    least = (mixed ^ (mixed >> np.uint64(32))).min(axis=0)
    return [band.tobytes() for band in least.reshape(BANDS, ROWS)]


def _shared(one: Runs, other: Runs) -> float:
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both)
