"""What the layers above do and say here: on each change, and about categories."""

from collections.abc import Callable

from luoshi.commitments.models import Commitment
from luoshi.core.models import Town

Hook = Callable[[Commitment], None]
About = Callable[[Town], list[str]]
_CHANGED: list[Hook] = []
_ABOUT_CATEGORIES: list[About] = []


def register_changed(hook: Hook) -> None:
    """Call a function after each opening and each move of a commitment."""
    _CHANGED.append(hook)


def tell_changed(commitment: Commitment) -> None:
    """Tell everybody; `commitment.counted_before` still says how it was."""
    for hook in _CHANGED:
        hook(commitment)
    commitment.remember()


def register_about_categories(about: About) -> None:
    """Let a layer above say something on the page of categories."""
    _ABOUT_CATEGORIES.append(about)


def told_about_categories(town: Town) -> list[str]:
    """Return the sentences of every layer for the page of categories."""
    return [sentence for about in _ABOUT_CATEGORIES for sentence in about(town)]
