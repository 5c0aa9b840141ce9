"""Who above wants to hear that a commitment changed, in the same transaction."""

from collections.abc import Callable

from luoshi.commitments.models import Commitment

Hook = Callable[[Commitment], None]
_CHANGED: list[Hook] = []


def register_changed(hook: Hook) -> None:
    """Call a function after each opening and each move of a commitment."""
    _CHANGED.append(hook)


def tell_changed(commitment: Commitment) -> None:
    """Tell everybody; `commitment.counted_before` still says how it was."""
    for hook in _CHANGED:
        hook(commitment)
    commitment.remember()
