"""Which of the cases that a search found are probably the same matter.

The product asks its search for up to 200 cases (its village and newest first) and
passes them with ids, texts, subjects, times and villages; nothing is kept between two
calls but the weights, which a nightly run learns from all the town's texts
(`learn_weights`).
"""

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from luoshi.engines.similarity.cases import Case, days, prepare
from luoshi.engines.similarity.features import Space, Weights, learn, of_a_few
from luoshi.engines.similarity.places import EMPTY, Gazetteer

__all__ = ["MOST", "PROBABLY", "learn_weights", "similar"]

# More candidates than this are not looked at, and no more of a text than this.
MOST, READ = 200, 400
# From this score on, "probably the same": of pairs judged by reading, nine of ten were.
PROBABLY = 0.7
# ln odds = sum of these, fitted to judged pairs (docs/benchmarks/similarity.md):
# products of the whole, the matter and the place, what places that differ make up of
# both texts, and ln(1 + days between).
BASE, WHOLE, MATTER, PLACE, ELSEWHERE, APART = -3.0, 8.5, 6.2, 3.2, -1.3, -0.48
# Without a time, as for so many days.
NO_TIME = 60.0
# For want of data, set by hand.
SAME_VILLAGE, OTHER_VILLAGE = 0.5, -1.5
Floats = NDArray[np.float64]


def learn_weights(cases: Iterable[Case], gazetteer: Gazetteer = EMPTY) -> Weights:
    """Learn from all the town's cases how telling each piece of text is."""
    return learn([prepare(case) for case in cases], gazetteer)


def similar(
    text: str | Case,
    candidates: Sequence[Case],
    *,
    weights: Weights | None = None,
    gazetteer: Gazetteer = EMPTY,
) -> list[tuple[Hashable, float]]:
    """Return (id, score) of up to `MOST` candidates, the likeliest first.

    The score is the chance that both are one matter; from `PROBABLY` on, say so. Pass a
    `Case` to let its time and village count, and `weights` whenever there are any:
    without them the candidates tell what is common, and they were found by what they
    have in common. The candidate with the id of the case itself is left out.
    """
    asked = Case(None, text) if isinstance(text, str) else text
    known = [one for one in candidates if asked.id is None or one.id != asked.id]
    known = known[:MOST]
    texts = [prepare(one, READ) for one in (asked, *known)]
    space = of_a_few(texts, gazetteer, weights)
    whole, matter, place, placed = measures(space)
    odds = BASE + WHOLE * whole + MATTER * matter + PLACE * place * (placed > 0)
    odds += ELSEWHERE * placed * (1 - place) + _nearness(asked, known)
    # What shares nothing is not the same, whatever its time and village.
    chance = np.where(whole > 0, 1 / (1 + np.exp(-odds)), 0.0)
    order = sorted(range(len(known)), key=lambda at: (-chance[at], str(known[at].id)))
    return [(known[at].id, round(float(chance[at]), 4)) for at in order]


def measures(space: Space) -> tuple[Floats, Floats, Floats, Floats]:
    """Compare the first row with the others: all, matter, place, and the lesser share
    that places have of both.
    """
    whole, parts = space.whole, space.parts
    head = slice(0, whole.indptr[1])
    mine = whole.indices[head]
    if not len(mine) or whole.shape[0] < 2:
        nothing = np.zeros(max(whole.shape[0] - 1, 0))
        return nothing, nothing, nothing, nothing
    # Columns of a row are sorted: each is looked up among those of the first row.
    at = np.minimum(np.searchsorted(mine, whole.indices), len(mine) - 1)
    both = mine[at] == whole.indices
    row = np.repeat(np.arange(whole.shape[0]), np.diff(whole.indptr))
    named = space.place[whole.indices]
    count = whole.shape[0]
    products = [
        np.bincount(row, weight, count)[1:].astype(np.float64)
        for weight in (
            both * whole.data * whole.data[head][at],
            both * ~named * parts.data * parts.data[head][at],
            both * named * parts.data * parts.data[head][at],
        )
    ]
    square = named * whole.data.astype(np.float64) ** 2
    share = np.bincount(row, square, count).astype(np.float64)
    return products[0], products[1], products[2], np.minimum(share[0], share[1:])


def _nearness(asked: Case, known: Sequence[Case]) -> Floats:
    """Weigh how near in time and by the village given."""
    apart = np.abs(days([one.time for one in known]) - days([asked.time]))
    odds = APART * np.log1p(np.nan_to_num(apart, nan=NO_TIME))
    for at, one in enumerate(known):
        if one.village and asked.village:
            odds[at] += SAME_VILLAGE if one.village == asked.village else OTHER_VILLAGE
    return odds
