"""Texts as weighted pieces: what is said, and of which place, apart from each other.

Every text becomes a row of the pieces (pairs and triples of characters) that tell it
apart. A piece is one of a place when it mostly stands inside names of places; all
others are of the matter. `whole` weighs both together, `parts` has each of the two in
length one, so that a cosine over all, over the matter and over the place come from the
same rows.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from luoshi.engines.grams import grams
from luoshi.engines.similarity.places import EMPTY, Gazetteer, mentions

__all__ = ["Space", "Text", "Weights", "joined", "learn", "of_a_few", "vectors"]

# A chunk has less than 2^13 rows: `_heaviest` sorts by row and weight in one number.
BITS, SIZES, CHUNK = 21, (2, 3), 8_000
# Behind the columns of pieces come those of entries.
PIECES, ENTRIES = 1 << BITS, 1 << 16
COLUMNS = PIECES + ENTRIES
# A piece of the subject counts as much as this many of the letter.
SUBJECT = 3.0
# Above this share inside names, a piece is one of a place.
PLACE_SHARE = 0.55
# As many texts are read for names; the share of a piece needs no more.
NAMED_SAMPLE = 50_000
# The heaviest pieces of a text that are kept.
KEPT = 128
# An entry of the gazetteer weighs like this many pieces.
ENTRY = 3.0

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Text:
    """A cleaned subject and letter."""

    subject: str
    body: str


@dataclass(frozen=True)
class Weights:
    """In how many texts each piece stands, and which are pieces of places."""

    seen: NDArray[np.int32]
    place: NDArray[np.bool_]
    texts: int

    @cached_property
    def telling(self) -> Floats:
        """Return how telling each piece is: ln(1 + n / d) if d of n texts have it."""
        return _telling(self.seen, self.texts)

    def save(self, path: str) -> None:
        """Write them to a file that holds numbers only."""
        with open(path, "wb") as file:
            np.savez_compressed(
                file, seen=self.seen, place=np.packbits(self.place), texts=self.texts
            )

    @classmethod
    def load(cls, path: str) -> "Weights":
        """Read them; a file that is cut off or not of this kind raises ValueError."""
        try:
            with np.load(path, allow_pickle=False) as file:
                seen, texts = file["seen"], int(file["texts"])
                place = np.unpackbits(file["place"]).astype(bool)
        except FileNotFoundError:
            raise
        except Exception as error:  # a broken file breaks zipfile and zlib in many ways
            raise ValueError(f"These are no weights: {path}") from error
        whole = seen.shape == place.shape == (COLUMNS,) and seen.dtype == np.int32
        if not whole or texts < 0 or seen.min() < 0 or seen.max() > texts:
            raise ValueError(f"These weights are of another version: {path}")
        return cls(seen, place, texts)


@dataclass(frozen=True)
class Space:
    """Rows of texts: `whole` and `parts` share their columns."""

    whole: sparse.csr_matrix
    parts: sparse.csr_matrix
    place: NDArray[np.bool_]

    def take(self, rows: NDArray[np.int64]) -> "Space":
        """Return some of the rows."""
        return Space(self.whole[rows], self.parts[rows], self.place)


@dataclass(frozen=True)
class _Counted:
    """Pieces of a chunk of texts: each once in a row, with what it weighs there."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    weights: Floats
    # How often each column stands in these texts, and how often inside a name.
    pieces: NDArray[np.int64]
    named: NDArray[np.int64]


def _column(identity: str) -> int:
    """Return the column of an entry of the gazetteer."""
    return PIECES + zlib.crc32(identity.encode("utf-8", "replace")) % ENTRIES


def _count(texts: Sequence[Text], gazetteer: Gazetteer, *, named: bool) -> _Counted:
    """Count the pieces of a chunk; `named` also reads which stand inside names."""
    lines = [text.subject for text in texts] + [text.body for text in texts]
    found = grams(lines, SIZES, BITS)
    inside = np.zeros(found.offsets[-1] + 1, np.int8)
    extra: list[tuple[int, int, float]] = []
    if named or gazetteer.heads:
        for line, text in enumerate(lines):
            begins = found.offsets[line]
            for mention in mentions(text, gazetteer) if named else gazetteer.find(text):
                inside[begins + mention.start : begins + mention.end] = 1
                if mention.known is not None:
                    extra.append((line % len(texts), _column(mention.known), ENTRY))
    in_name = found.hashes[inside[found.starts] == 1]
    subject = found.rows < len(texts)
    keys = (found.rows % max(len(texts), 1)) << (BITS + 1) | found.hashes << 1 | subject
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    times = np.diff(np.append(first, len(keys))).astype(np.float32)
    once, weigh = keys[first], np.log1p(times)
    weigh[once & 1 == 1] *= SUBJECT
    once >>= 1
    begin = np.flatnonzero(np.diff(once, prepend=-1))
    once, weigh = once[begin], np.add.reduceat(weigh, begin) if len(begin) else weigh
    rows, columns = once >> BITS, once & (PIECES - 1)
    if extra:
        one = np.array(sorted(set(extra)))
        rows = np.append(rows, one[:, 0].astype(np.int64))
        columns = np.append(columns, one[:, 1].astype(np.int64))
        weigh = np.append(weigh, one[:, 2].astype(np.float32))
    return _Counted(rows, columns, weigh, found.hashes, in_name)


def _chunks(texts: Sequence[Text]) -> list[range]:
    return [
        range(begin, min(begin + CHUNK, len(texts)))
        for begin in range(0, len(texts), CHUNK)
    ]


def learn(texts: Sequence[Text], gazetteer: Gazetteer = EMPTY) -> Weights:
    """Learn from all texts how telling each piece is, and which stand inside names.

    A piece is of a place when more than `PLACE_SHARE` of its occurrences stand inside
    names, counted over about `NAMED_SAMPLE` texts spread over all.
    """
    inside = np.zeros(COLUMNS, np.int64)
    in_texts, occurrences = inside.copy(), inside.copy()
    chunks = _chunks(texts)
    every = max(1, len(chunks) * CHUNK // NAMED_SAMPLE)
    for number, chunk in enumerate(chunks):
        sampled = number % every == 0
        counted = _count(texts[chunk.start : chunk.stop], gazetteer, named=sampled)
        in_texts += np.bincount(counted.columns, minlength=COLUMNS)
        if sampled:
            occurrences += np.bincount(counted.pieces, minlength=COLUMNS)
            inside += np.bincount(counted.named, minlength=COLUMNS)
    place = inside > PLACE_SHARE * occurrences
    place[PIECES:] = True
    return Weights(in_texts.astype(np.int32), place, len(texts))


def vectors(
    texts: Sequence[Text],
    weights: Weights,
    gazetteer: Gazetteer = EMPTY,
    *,
    shared: NDArray[np.bool_] | None = None,
) -> Space:
    """Return the rows of texts, each with its heaviest pieces among the `shared`."""
    telling = weights.telling if shared is None else weights.telling * shared
    lengths, columns = [], []
    whole: list[Floats] = []
    parts: list[Floats] = []
    for chunk in _chunks(texts):
        some = _heaviest(
            _count(texts[chunk.start : chunk.stop], gazetteer, named=False),
            telling,
            len(chunk),
        )
        lengths.append(np.diff(some.indptr))
        columns.append(some.indices)
        in_whole, in_parts = _scaled(some, weights.place)
        whole.append(in_whole)
        parts.append(in_parts)
    pointers = np.concatenate([[0], np.cumsum(np.concatenate([*lengths, []]))])
    shape = (len(texts), COLUMNS)
    at = joined(columns, np.int32)
    pointers = pointers.astype(np.int64 if len(at) > 2**31 - 1 else np.int32)
    return Space(
        sparse.csr_matrix((joined(whole, np.float32), at, pointers), shape),
        sparse.csr_matrix((joined(parts, np.float32), at, pointers), shape),
        weights.place,
    )


def of_a_few(
    texts: Sequence[Text],
    gazetteer: Gazetteer = EMPTY,
    weights: Weights | None = None,
) -> Space:
    """Return the rows of a few texts; without weights they tell what is common.

    As `vectors`, with what `learn` makes of the same texts where there are no weights,
    but with columns for the pieces that stand in them alone: a look-up is waited for,
    and half of it would pass over columns of nothing.
    """
    counted = _count(texts, gazetteer, named=weights is None)
    seen: NDArray[Any]
    kinds, columns = np.unique(counted.columns, return_inverse=True)
    if weights is None:
        seen, count = np.bincount(columns, minlength=len(kinds)), len(texts)
        standing, inside = (
            np.bincount(np.searchsorted(kinds, pieces), minlength=len(kinds))
            for pieces in (counted.pieces, counted.named)
        )
        place = (inside > PLACE_SHARE * standing) | (kinds >= PIECES)
    else:
        seen, count = weights.seen[kinds], weights.texts
        place = weights.place[kinds]
    counted = replace(counted, columns=columns.astype(np.int64))
    some = _heaviest(counted, _telling(seen, count), len(texts))
    shape = (len(texts), len(kinds))
    whole, parts = (
        sparse.csr_matrix((weighed, some.indices, some.indptr), shape)
        for weighed in _scaled(some, place)
    )
    return Space(whole, parts, place)


def _telling(seen: NDArray[Any], texts: int) -> Floats:
    """Return how telling each piece is: ln(1 + n / d) if d of n texts have it."""
    return np.log1p(texts / np.maximum(seen, 1)).astype(np.float32)


def _scaled(some: sparse.csr_matrix, place: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return the weights of rows scaled as a whole, and matter and place each alone."""
    count = some.shape[0]
    row = np.repeat(np.arange(count), np.diff(some.indptr))
    named = place[some.indices]
    return (
        _unit(some.data, row, count),
        _unit(some.data, row * 2 + named, count * 2),
    )


def joined(parts: list[NDArray[Any]], kind: type) -> NDArray[Any]:
    """Return the parts as one; each is let go as soon as it is copied."""
    whole: NDArray[Any] = np.empty(sum(len(part) for part in parts), kind)
    end = len(whole)
    while parts:
        part = parts.pop()
        whole[end - len(part) : end] = part
        end -= len(part)
    return whole


def _unit(weights: Floats, group: NDArray[np.int64], groups: int) -> Floats:
    """Scale weights so that each group has length one."""
    length = np.sqrt(np.bincount(group, weights.astype(np.float64) ** 2, groups))
    return (weights / np.maximum(length, 1e-12)[group]).astype(np.float32)


def _heaviest(counted: _Counted, telling: Floats, rows: int) -> sparse.csr_matrix:
    """Return the heaviest pieces of each row, in order of their columns."""
    weight = counted.weights * telling[counted.columns]
    kept = np.flatnonzero(weight)
    row, column, weight = counted.rows[kept], counted.columns[kept], weight[kept]
    # Row, then falling weight, then column, in one number: positive floats sort as
    # bits.
    falling = (0xFFFFFFFF - weight.view(np.uint32).astype(np.int64)) << 18
    order = np.argsort(row << 50 | falling | (column & 0x3FFFF))
    length = np.bincount(row, minlength=rows)
    begin = np.cumsum(length) - length
    rank = np.arange(len(order)) - begin[row[order]]
    order = np.sort(order[rank < KEPT])
    row, column = row[order], column[order]
    order = order[np.argsort(row << 32 | column)] if len(order) else order
    pointers = np.concatenate([[0], np.cumsum(np.minimum(length, KEPT))])
    return sparse.csr_matrix(
        (weight[order], counted.columns[kept][order].astype(np.int32), pointers),
        shape=(rows, COLUMNS),
    )
