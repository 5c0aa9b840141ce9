"""Which pairs of texts are worth comparing, without comparing all.

Each text is put under its heaviest pieces. Under a piece, in the order of time, it
meets the next few texts. What two texts of one problem share is heavy in both, so that
a chain of neighbours runs through every problem, however many speak of it, and the
number of pairs grows with the texts and not with their square.
"""

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from luoshi.engines.similarity.features import Space, joined

__all__ = ["candidates", "likeness"]

# Under how many of its pieces a text is put, and how many next texts it meets under
# each.
KEYS, NEXT = 24, 6
BATCH = 100_000
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def candidates(
    space: Space, *, keys: int = KEYS, following: int = NEXT
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return pairs (a < b) of rows, each once; the rows are in the order of time."""
    column, row = _under_pieces(space.whole, keys)
    rows = space.whole.shape[0]
    steps = []
    for step in range(1, following + 1):
        same = np.flatnonzero(column[:-step] == column[step:])
        steps.append(row[same].astype(np.int64) * rows + row[same + step])
    found = joined(steps, np.int64)
    # In place: a sorted copy of the pairs of a million texts would be a gigabyte.
    found.sort()
    found = found[np.diff(found, prepend=-1) > 0]
    left = (found // max(rows, 1)).astype(np.int32)
    return left, (found % max(rows, 1)).astype(np.int32)


def _under_pieces(matrix: sparse.csr_matrix, keys: int) -> tuple[Ints, Ints]:
    """Return (piece, row) of the heaviest pieces of each row, by piece, then by row."""
    columns, rows = [], []
    for begin in range(0, matrix.shape[0], BATCH):
        part = matrix[begin : begin + BATCH]
        row = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
        order = np.lexsort((part.indices, -part.data, row))
        rank = np.arange(len(order)) - part.indptr[row]
        kept = order[rank < keys]
        columns.append(part.indices[kept])
        rows.append((row[kept] + begin).astype(np.int32))
    column = np.concatenate([np.zeros(0, np.int32), *columns])
    row = np.concatenate([np.zeros(0, np.int32), *rows])
    order = np.lexsort((row, column))
    return column[order], row[order]


def likeness(
    whole: sparse.csr_matrix,
    parts: sparse.csr_matrix,
    place: NDArray[np.bool_],
    left: Ints,
    right: Ints,
) -> tuple[Floats, Floats, Floats]:
    """Return the products of rows: of all, of the matter, of the place."""
    every, matter, places = (np.zeros(len(left)) for _part in range(3))
    for begin in range(0, len(left), BATCH):
        batch = slice(begin, begin + BATCH)
        both = whole[left[batch]].multiply(whole[right[batch]]).tocsr()
        every[batch] = np.asarray(both.sum(1)).ravel()
        both = parts[left[batch]].multiply(parts[right[batch]]).tocsr()
        total = np.asarray(both.sum(1)).ravel()
        both.data *= place[both.indices]
        places[batch] = np.asarray(both.sum(1)).ravel()
        matter[batch] = total - places[batch]
    return every, matter, places
