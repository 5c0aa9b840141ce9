"""The steps on a project's page and on a vote's, each written down once."""

from luoshi.projects.steps.base import Step, fits
from luoshi.projects.steps.projects import PROJECT_STEPS

__all__ = ["PROJECT_STEPS", "Step", "fits"]
