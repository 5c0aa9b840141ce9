"""Linear classes against the rest, with squared hinge loss, solved for all at once.

For each class k with signs y in {-1, 1}:
    min over w of  |w|^2 / 2 + cost * sum_i max(0, 1 - y_i f_i)^2,  f = X (scale_k * w)
by Newton steps whose systems are solved by conjugate gradients (Keerthi and DeCoste
2005; Lin, Weng and Keerthi 2008). X is walked once for all classes.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float32]
NEWTON_STEPS, GRADIENT_STEPS, HALVINGS = 12, 12, 8
CLOSE_ENOUGH = 0.01


@dataclass
class _Problem:
    """One matrix, all classes: what a Newton step asks of them."""

    x: sparse.csr_matrix
    xt: sparse.csr_matrix
    scale: Floats
    signs: Floats
    cost: float

    def scores(self, w: Floats) -> Floats:
        return self.x @ (self.scale * w)

    def losses(self, w: Floats, scores: Floats) -> Floats:
        hinge = np.maximum(0, 1 - self.signs * scores)
        return 0.5 * (w**2).sum(0) + self.cost * (hinge**2).sum(0)

    def slope(self, w: Floats, scores: Floats) -> tuple[Floats, Floats]:
        active = (self.signs * scores < 1).astype(np.float32)
        wrong = active * (scores - self.signs)
        return w + 2 * self.cost * self.scale * (self.xt @ wrong), active

    def bend(self, d: Floats, active: Floats) -> Floats:
        return d + 2 * self.cost * self.scale * (self.xt @ (active * self.scores(d)))


def separate(
    x: sparse.csr_matrix, signs: Floats, scale: Floats, *, cost: float
) -> Floats:
    """Return the weights (columns of x, classes), scale folded in."""
    problem = _Problem(x, x.T.tocsr(), scale, signs, cost)
    w = np.zeros_like(scale)
    scores = np.zeros_like(signs)
    first = None
    for _step in range(NEWTON_STEPS):
        slope, active = problem.slope(w, scores)
        steep = np.sqrt((slope**2).sum(0))
        first = steep if first is None else first
        moving = steep > CLOSE_ENOUGH * np.maximum(first, 1e-12)
        if not moving.any():
            break
        way = _solve(problem, -slope * moving, active)
        w, scores = _walk(problem, w, scores, way)
    return scale * w


def _solve(problem: _Problem, goal: Floats, active: Floats) -> Floats:
    """Conjugate gradients for every class side by side."""
    found, left = np.zeros_like(goal), goal.copy()
    way, size = left.copy(), (left**2).sum(0)
    enough = 0.01 * size
    for _step in range(GRADIENT_STEPS):
        going = size > enough
        if not going.any():
            break
        bent = problem.bend(way, active)
        stride = np.where(going, size / np.maximum((way * bent).sum(0), 1e-30), 0)
        found += stride.astype(np.float32) * way
        left -= stride.astype(np.float32) * bent
        new = (left**2).sum(0)
        kept = np.where(going, new / np.maximum(size, 1e-30), 0).astype(np.float32)
        way = left + kept * way
        size = new
    return found


def _walk(
    problem: _Problem, w: Floats, scores: Floats, way: Floats
) -> tuple[Floats, Floats]:
    """Step, halving the stride of each class until its loss falls."""
    ahead, now = problem.scores(way), problem.losses(w, scores)
    stride = np.ones(w.shape[1], np.float32)
    for _try in range(HALVINGS):
        worse = problem.losses(w + stride * way, scores + stride * ahead) > now
        if not worse.any():
            break
        stride = np.where(worse, stride / 2, stride).astype(np.float32)
    else:
        stride = np.where(worse, 0, stride).astype(np.float32)
    return w + stride * way, scores + stride * ahead
