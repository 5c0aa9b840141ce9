"""What the town owes its deputies in public."""

from luoshi.pledges.models.proposals import Proposal

__all__ = ["Proposal"]
