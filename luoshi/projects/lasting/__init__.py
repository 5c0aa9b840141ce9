"""What lasts and what only shows: of one project, and of a year's list."""

from luoshi.projects.lasting.rounds import RoundSight, round_of
from luoshi.projects.lasting.sights import Sight, figure_of, labels_released, sight_of

__all__ = [
    "RoundSight",
    "Sight",
    "figure_of",
    "labels_released",
    "round_of",
    "sight_of",
]
