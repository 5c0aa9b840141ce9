"""Learns weights for labels, and how far its own confidence can be believed."""

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from luoshi.engines.routing.solver import separate

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
# Chosen on folds within the training part; the figures hardly move around them.
COST, TILT, SMOOTHING = 4.0, 0.5, 1.0
SURE = 0.98
# A label's class is judged sure only on at least this many messages.
LEAST_SURE = 20


def learn_weights(rows: sparse.csr_matrix, labels: Integers, classes: int) -> Floats:
    """Return the weights (columns and one constant, classes)."""
    signs = np.where(np.arange(classes) == labels[:, None], 1, -1).astype(np.float32)
    constant = np.ones((rows.shape[0], 1), np.float32)
    scale = np.vstack([_telling(rows, signs), np.ones((1, classes), np.float32)])
    x = sparse.hstack([rows, constant], format="csr", dtype=np.float32)
    return separate(x, signs, scale, cost=COST)


def _telling(rows: sparse.csr_matrix, signs: Floats) -> Floats:
    """Return how much each column tells a class from the rest (Wang and Manning 2012).

    The absolute log-ratio of its share in the class and outside, to the power TILT,
    about one on average.
    """
    there = rows.copy()
    there.data = np.ones_like(there.data)
    inside = there.T @ (signs > 0).astype(np.float32) + SMOOTHING
    outside = there.T @ (signs < 0).astype(np.float32) + SMOOTHING
    ratio = np.abs(np.log(inside / inside.sum(0)) - np.log(outside / outside.sum(0)))
    return ((ratio / np.maximum(ratio.mean(0), 1e-6)) ** TILT).astype(np.float32)


def score(rows: sparse.csr_matrix, weights: Floats) -> Floats:
    """Return the score of each class for each row."""
    return rows @ weights[:-1] + weights[-1]


def score_unseen(
    rows: sparse.csr_matrix, labels: Integers, classes: int, folds: Integers
) -> Floats:
    """Return scores for each row by weights that have not seen its fold."""
    found = np.zeros((rows.shape[0], classes), np.float32)
    for fold in np.unique(folds):
        away, here = folds != fold, folds == fold
        weights = learn_weights(rows[away], labels[away], classes)
        found[here] = score(rows[here], weights)
    return found


@dataclass(frozen=True)
class Trust:
    """P(first label is right) = 1 / (1 + exp(-(at + by_lead * lead + by_top * top))).

    `lead` is the distance of the best score to the second. The rest is
    shared among the other labels by exp(spread * score). `sure_from` is the confidence
    from which 98 % of the messages kept back were right, or None.
    """

    at: float = 0.0
    by_lead: float = 1.0
    by_top: float = 0.0
    spread: float = 2.0
    sure_from: float | None = None

    def of(self, scores: Floats) -> Floats:
        """Return the confidence of every label; each row adds up to one."""
        best = scores.argmax(1)
        rows = np.arange(len(scores))
        first = _logistic(
            _signs_of_trust(scores) @ (self.at, self.by_lead, self.by_top)
        )
        rest = np.exp(self.spread * (scores - scores.max(1, keepdims=True)))
        rest[rows, best] = 0
        shares = rest / np.maximum(rest.sum(1, keepdims=True), 1e-30)
        # The first label stays first, however little it is believed.
        first = np.maximum(first, shares.max(1) / (1 + shares.max(1)))
        found = shares * (1 - first)[:, None]
        found[rows, best] = first
        return found.astype(np.float32)

    def told(self) -> dict[str, float | None]:
        """Return the numbers for a file."""
        return asdict(self)


def _logistic(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))


def _signs_of_trust(scores: Floats) -> npt.NDArray[np.float64]:
    two = -np.partition(-scores.astype(np.float64), 1, axis=1)[:, :2]
    return np.stack([np.ones(len(two)), two[:, 0] - two[:, 1], two[:, 0]], 1)


def learn_trust(scores: Floats, labels: Integers) -> Trust:
    """Fit the confidence to scores of rows not seen, and the limit of the sure ones."""
    signs, right = _signs_of_trust(scores), scores.argmax(1) == labels
    # Slopes are drawn to (1, 0) a little, so that a handful of rows cannot tilt them.
    start = np.array([0.0, 1.0, 0.0])
    pull = np.diag([0.01, 1.0, 1.0])
    found = start.copy()
    for _step in range(30):
        share = _logistic(signs @ found)
        slope = signs.T @ (share - right) + pull @ (found - start)
        bend = (signs * (share * (1 - share))[:, None]).T @ signs + pull
        found = found - np.linalg.solve(bend, slope)
    if found[1] < 0:
        # A longer lead cannot make a label less likely: so few rows say nothing.
        found = np.array([np.log((right.sum() + 1) / ((~right).sum() + 1)), 0.0, 0.0])
    trust = Trust(*(float(number) for number in found))
    confidence = trust.of(scores).max(1)
    return Trust(
        trust.at, trust.by_lead, trust.by_top, trust.spread, _sure(confidence, right)
    )


def _sure(confidence: Floats, right: npt.NDArray[np.bool_]) -> float | None:
    """Return the lowest confidence from which 98 % are right, if there is one."""
    order = np.argsort(-confidence, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    last = np.flatnonzero(
        (share >= SURE) & (np.arange(1, len(order) + 1) >= LEAST_SURE)
    )
    return float(confidence[order[last[-1]]]) if len(last) else None
