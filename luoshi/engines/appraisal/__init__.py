"""Whether a thing is worth building, and whether it lasts or only shows.

`appraise` sets discounted benefits to residents against building and upkeep; `rank`
says which one assumption would turn the order; `profile` and `compare` hold the facts
that tell lasting from showy; `follow` keeps an industry that needs years of patience.
Money is whole fen, everything between is a fraction. docs/appraisal.md has an example
by hand.
"""

from luoshi.engines.appraisal.figures import Appraisal, Year, appraise
from luoshi.engines.appraisal.industry import (
    Returns,
    Standing,
    Venture,
    VentureYear,
    Word,
    follow,
    returns,
)
from luoshi.engines.appraisal.lists import (
    YEARS_BACK,
    Balance,
    Change,
    Comparison,
    balance,
    compare,
)
from luoshi.engines.appraisal.plans import AppraisalError, Method, Plan, Span
from luoshi.engines.appraisal.profiles import Facts, Marks, Profile, profile
from luoshi.engines.appraisal.ranking import Flip, Ranking, rank
from luoshi.engines.appraisal.reference import HOUR, REFERENCES, Reference
from luoshi.engines.appraisal.swings import Ranges, Swing, ranges

__all__ = [
    "HOUR",
    "REFERENCES",
    "YEARS_BACK",
    "Appraisal",
    "AppraisalError",
    "Balance",
    "Change",
    "Comparison",
    "Facts",
    "Flip",
    "Marks",
    "Method",
    "Plan",
    "Profile",
    "Ranges",
    "Ranking",
    "Reference",
    "Returns",
    "Span",
    "Standing",
    "Swing",
    "Venture",
    "VentureYear",
    "Word",
    "Year",
    "appraise",
    "balance",
    "compare",
    "follow",
    "profile",
    "ranges",
    "rank",
    "returns",
]
