"""From texts to one sparse row each, in three blocks: characters, words, subject.

Each block is weighed by how rare its parts are (1 + ln count, times idf) and brought to
length one, so that neither a long message nor a long block drowns the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from luoshi.engines.routing.text import codes, read, runs
from luoshi.engines.routing.vocabulary import (
    LONGEST,
    Keys,
    Table,
    count_runs,
    find_words,
)

Floats = npt.NDArray[np.float32]
BLOCKS = 3
# Two bytes each in a file.
MOST_WEIGHTS = 10_000_000


@dataclass
class Block:
    """One kind of feature: which runs, and how rare each of them is."""

    keys: Keys
    rarity: Floats
    table: Table

    @classmethod
    def of(cls, keys: Keys, rarity: Floats) -> "Block":
        """Build a block with its table of look-ups."""
        return cls(keys, rarity, Table(keys))

    def rows(self, texts: Sequence[str], lengths: range) -> sparse.csr_matrix:
        """Return a row of length one (or zero) for each text."""
        characters, owner = codes(texts)
        width = max(1, len(self.keys))
        marks = []
        for length in lengths:
            keys, owners = runs(characters, owner, length)
            numbers = self.table.find(keys)
            known = numbers >= 0
            marks.append(owners[known] * width + numbers[known])
        marks_all = np.sort(np.concatenate(marks))
        new = np.ones(len(marks_all), bool)
        new[1:] = marks_all[1:] != marks_all[:-1]
        starts = np.flatnonzero(new)
        counts = np.diff(np.append(starts, len(marks_all)))
        rows, columns = np.divmod(marks_all[starts], width)
        values = (1 + np.log(counts.astype(np.float32))) * self.rarity[columns]
        sizes = np.sqrt(np.bincount(rows, values**2, len(texts))).astype(np.float32)
        values /= sizes[rows]
        ends = np.searchsorted(rows, np.arange(len(texts) + 1))
        return sparse.csr_matrix(
            (values, columns.astype(np.int32), ends.astype(np.int32)),
            shape=(len(texts), len(self.keys)),
        )


@dataclass
class Features:
    """The three blocks, learnt from texts; turns texts into rows."""

    blocks: list[Block]

    @classmethod
    def learn(cls, texts: Sequence[str], classes: int = 2) -> "Features":
        """Find the runs and words of these texts, and how rare each is.

        With many classes the rarest runs are left out, so that the weights stay small.
        """
        most = MOST_WEIGHTS // (BLOCKS * classes)
        subjects, wholes = _both(texts)
        counted = {n: count_runs(wholes, n) for n in range(1, LONGEST + 1)}
        words = np.concatenate([counted[1][0], find_words(counted)])
        heads = {n: count_runs(subjects, n) for n in (1, 2)}
        return cls(
            [
                _block(counted, (1, 2), len(texts), most),
                _block(counted, tuple(counted), len(texts), most, among=words),
                _block(heads, (1, 2), len(texts), most),
            ]
        )

    @property
    def width(self) -> int:
        """Columns of all blocks together."""
        return sum(len(block.keys) for block in self.blocks)

    def rows(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return one row a text, the blocks side by side."""
        subjects, wholes = _both(texts)
        every = range(1, LONGEST + 1)
        parts = [
            self.blocks[0].rows(wholes, range(1, 3)),
            self.blocks[1].rows(wholes, every),
            self.blocks[2].rows(subjects, range(1, 3)),
        ]
        joined = sparse.hstack(parts, format="csr", dtype=np.float32)
        joined.data *= np.float32(BLOCKS**-0.5)
        return joined


def _both(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    pairs = [read(text) for text in texts]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _block(
    counted: dict[int, tuple[Keys, npt.NDArray[np.int64], npt.NDArray[np.int64]]],
    lengths: tuple[int, ...],
    texts: int,
    most: int,
    among: Keys | None = None,
) -> Block:
    keys = np.concatenate([counted[n][0] for n in lengths])
    spread = np.concatenate([counted[n][2] for n in lengths])
    if among is not None:
        kept = np.isin(keys, among)
        keys, spread = keys[kept], spread[kept]
    if len(keys) > most:
        commonest = np.argsort(-spread, kind="stable")[:most]
        keys, spread = keys[commonest], spread[commonest]
    order = np.argsort(keys)
    rarity = np.log((1 + texts) / (1 + spread[order])) + 1
    return Block.of(keys[order], rarity.astype(np.float32))
