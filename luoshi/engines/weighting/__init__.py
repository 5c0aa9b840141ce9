"""Who answered, against who lives there: weights, margins, who is not heard.

`rake` weighs answers to the population's margins, `shares` counts them raw and
weighed, `gaps` names the groups from which fewer answered than live there. Pure
computation: no names, nothing kept. Each formula and its source is in
docs/decisions/representativeness.md.
"""

from luoshi.engines.weighting.heard import Gap, covered, gaps
from luoshi.engines.weighting.raking import (
    UNSAID,
    WeightingError,
    Weights,
    effective_size,
    rake,
)
from luoshi.engines.weighting.shares import Share, interval, shares

__all__ = [
    "UNSAID",
    "Gap",
    "Share",
    "WeightingError",
    "Weights",
    "covered",
    "effective_size",
    "gaps",
    "interval",
    "rake",
    "shares",
]
