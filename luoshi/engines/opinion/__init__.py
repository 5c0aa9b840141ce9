"""Who reacts alike to statements, what each group stands for, and what all share.

`fit` makes the map, `fit_as_polis` the one that Polis would make of the same votes,
`Tally.moved` follows single votes between two maps. Pure computation: nothing is kept,
nothing is written. docs/decisions/opinion-map.md has each formula with its source.
"""

from luoshi.engines.opinion.clusters import adjusted_rand
from luoshi.engines.opinion.exchange import (
    Export,
    Wording,
    read_export,
    vote_rows,
    wide_rows,
)
from luoshi.engines.opinion.maps import Group, OpinionMap, Places, Settings, fit
from luoshi.engines.opinion.polis import fit_as_polis
from luoshi.engines.opinion.statements import Dividing, Shared, Stance
from luoshi.engines.opinion.unusual import Alike, Pattern, find_alike
from luoshi.engines.opinion.votes import (
    AGREE,
    DISAGREE,
    UNSURE,
    OpinionError,
    Tally,
    Votes,
    read_votes,
)

__all__ = [
    "AGREE",
    "DISAGREE",
    "UNSURE",
    "Alike",
    "Dividing",
    "Export",
    "Group",
    "OpinionError",
    "OpinionMap",
    "Pattern",
    "Places",
    "Settings",
    "Shared",
    "Stance",
    "Tally",
    "Votes",
    "Wording",
    "adjusted_rand",
    "find_alike",
    "fit",
    "fit_as_polis",
    "read_export",
    "read_votes",
    "vote_rows",
    "wide_rows",
]
