"""What must be kept, whatever erases it: layers above say so."""

from collections.abc import Callable, Iterable

from luoshi.commitments.models import Commitment

# Returns the numbers under which matters are kept; empty where none is.
Keeper = Callable[[Iterable[Commitment]], list[str]]
_KEEPERS: list[Keeper] = []


def register_keeper(keeper: Keeper) -> None:
    """Let a layer above keep matters from being erased."""
    _KEEPERS.append(keeper)


def kept_as(*commitments: Commitment) -> list[str]:
    """Return under which numbers any of these is kept; ask it before each erasing."""
    return [number for keeper in _KEEPERS for number in keeper(commitments)]
