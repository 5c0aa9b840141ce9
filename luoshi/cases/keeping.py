"""What must be kept, and what has to be forgotten: layers above say so."""

from collections.abc import Callable, Iterable

from luoshi.cases.models import Case
from luoshi.commitments.models import Commitment

# Returns the numbers under which matters are kept; empty where none is.
Keeper = Callable[[Iterable[Commitment]], list[str]]
# Forgets what it took out of a case's words, in the erasing's transaction.
Forgetter = Callable[[Case], None]
_KEEPERS: list[Keeper] = []
_FORGETTERS: list[Forgetter] = []


def register_keeper(keeper: Keeper) -> None:
    """Let a layer above keep matters from being erased."""
    _KEEPERS.append(keeper)


def kept_as(*commitments: Commitment) -> list[str]:
    """Return under which numbers any of these is kept; ask it before each erasing."""
    return [number for keeper in _KEEPERS for number in keeper(commitments)]


def register_forgetter(forgetter: Forgetter) -> None:
    """Let a layer above forget a case when its words are erased."""
    _FORGETTERS.append(forgetter)


def forget_within(case: Case) -> None:
    """Let every layer above forget a case whose words are gone."""
    for forgetter in _FORGETTERS:
        forgetter(case)
