"""The steps on a project's page and on a vote's, each written down once."""

from luoshi.projects.steps.base import Step, fits
from luoshi.projects.steps.building import BUILDING_STEPS
from luoshi.projects.steps.projects import PROPOSAL_STEPS
from luoshi.projects.steps.votes import VOTE_STEPS

PROJECT_STEPS = PROPOSAL_STEPS | BUILDING_STEPS

__all__ = ["PROJECT_STEPS", "VOTE_STEPS", "Step", "fits"]
