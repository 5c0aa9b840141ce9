"""How good suggestions are, against labels that people gave."""

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

BINS = 15


@dataclass(frozen=True)
class Report:
    """Figures over messages that the router had not seen."""

    messages: int
    accuracy: float
    macro_f1: float
    share_prefilled: float
    precision_of_prefilled: float | None
    calibration_error: float

    def told(self) -> dict[str, float | int | None]:
        """Return the numbers for a file."""
        return asdict(self)


def measure(
    confidences: npt.NDArray[np.float32],
    labels: npt.NDArray[np.int64],
    sure_from: float | npt.NDArray[np.float64] | None,
) -> Report:
    """Return the figures; a label of -1 is one that the router does not know.

    `sure_from` may differ from message to message, if several routers were asked.
    """
    best, top = confidences.argmax(1), confidences.max(1)
    right = best == labels
    sure = top >= (np.inf if sure_from is None else sure_from)
    return Report(
        messages=len(labels),
        accuracy=float(right.mean()),
        macro_f1=macro_f1(best, labels),
        share_prefilled=float(sure.mean()),
        precision_of_prefilled=float(right[sure].mean()) if sure.any() else None,
        calibration_error=calibration_error(top, right),
    )


def macro_f1(best: npt.NDArray[np.int64], labels: npt.NDArray[np.int64]) -> float:
    """Return the mean over labels of 2 * both / (given + proposed)."""
    scores = []
    for label in np.union1d(best, labels):
        both = ((best == label) & (labels == label)).sum()
        scores.append(2 * both / ((best == label).sum() + (labels == label).sum()))
    return float(np.mean(scores))


def calibration_error(
    top: npt.NDArray[np.float32], right: npt.NDArray[np.bool_]
) -> float:
    """Return the expected calibration error over 15 equal bins (Guo et al. 2017)."""
    bins = np.minimum((top * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, right.astype(float) - top, BINS)
    return float(np.abs(gaps).sum() / max(1, len(top)))
