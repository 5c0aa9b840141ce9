"""What engines do to a text first: clean it, cut it, hash its pieces."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["LONGEST", "Grams", "clean", "grams"]

# A letter says its matter in the beginning; what comes after is cut off.
LONGEST = 1500
_ADDRESS = re.compile(r"https?://[\w./?=&%#:-]*")
_BLANKS = re.compile(r"\s+")
# Control, format, surrogate, private and unassigned characters carry no word.
_UNSEEN = {"Cc", "Cf", "Cs", "Cn", "Co"}
# What nearly every text is made of; only others are looked at sign by sign.
_ORDINARY = re.compile(r"[\x20-\x7e“”‘’—·、。《》【】〈〉「」\u4e00-\u9fff]*")
_WIDTHS = {0xFF01 + step: 0x21 + step for step in range(94)} | {
    0x3000: " ",
    0x2026: ".",
}
_ODD, _SPREAD = np.uint64(1_000_003), np.uint64(0x9E3779B97F4A7C15)


def clean(text: str, longest: int = LONGEST) -> str:
    """Return a text in one width and case, without control characters and addresses."""
    # A first cut keeps a text of a million characters from being read whole.
    text = _BLANKS.sub(" ", text[: longest * 2].translate(_WIDTHS))
    if not _ORDINARY.fullmatch(text):
        text = "".join(
            sign
            for sign in unicodedata.normalize("NFKC", text)
            if unicodedata.category(sign) not in _UNSEEN
        )
        text = _BLANKS.sub(" ", text)
    return _BLANKS.sub(" ", _ADDRESS.sub(" ", text.lower())).strip()[:longest]


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
