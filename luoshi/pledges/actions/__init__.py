"""Every change of what the town owes in public."""

from luoshi.pledges.actions.proposals import (
    Asked,
    receive_proposal,
    release_answer,
    withdraw_answer,
)

__all__ = ["Asked", "receive_proposal", "release_answer", "withdraw_answer"]
