"""Cutting cleaned texts into pieces, each hashed, all of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Grams", "grams"]

_ODD, _SPREAD = np.uint64(1_000_003), np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Grams:
    """Pieces of texts: the row of each, its hash, and where it begins in all texts."""

    rows: NDArray[np.int64]
    hashes: NDArray[np.int64]
    starts: NDArray[np.int64]
    offsets: NDArray[np.int64]


def grams(texts: Sequence[str], sizes: Sequence[int], bits: int) -> Grams:
    """Return the character n-grams of cleaned texts, hashed to `bits` bits.

    A piece never crosses punctuation or a blank: only letters, digits and Han
    characters count. `offsets[i]` is where text i begins among all characters.
    """
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    codes = np.frombuffer(
        "\n".join([*texts, ""]).encode("utf-32-le", "replace"), np.uint32
    ).astype(np.uint64)
    word = (
        ((codes >= 0x3400) & (codes < 0xA000))
        | ((codes >= ord("0")) & (codes <= ord("9")))
        | ((codes >= ord("a")) & (codes <= ord("z")))
        | ((codes >= 0x20000) & (codes < 0x33480))
    )
    rows, hashes, starts = [], [], []
    for size in sizes:
        count = max(len(codes) - size + 1, 0)
        whole, mixed = np.ones(count, bool), np.full(count, size, np.uint64)
        for step in range(size):
            whole &= word[step : step + count]
            mixed = mixed * _ODD + codes[step : step + count]
        at = np.flatnonzero(whole)
        rows.append(np.searchsorted(offsets, at, "right") - 1)
        hashes.append((mixed[at] * _SPREAD >> np.uint64(64 - bits)).astype(np.int64))
        starts.append(at)
    return Grams(
        np.concatenate(rows), np.concatenate(hashes), np.concatenate(starts), offsets
    )
