"""How a kind of commitment hangs on its domain: registered, typed, no imports up."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from luoshi.commitments.models import Commitment
from luoshi.core.worktime import Span


class Judge(StrEnum):
    """Who says whether it is solved."""

    REPORTERS = "reporters"
    USERS = "users"
    REQUESTER = "requester"
    NONE = "none"


@dataclass(frozen=True)
class Adapter:
    """What the spine asks of a domain about its kind."""

    kind: str
    judge: Judge
    url: Callable[[Commitment], str]
    judge_ids: Callable[[Commitment], list[int]]
    # Runs in the same transaction when the state changes; gets the move's name.
    on_moved: Callable[[Commitment, str], None]
    # How long it may take where a rule of its own says so, not its category.
    term: Callable[[Commitment], Span] | None = None
    # Whether the town asks the judges itself; nobody is asked twice.
    asks: Callable[[Commitment], bool] = lambda commitment: True


_ADAPTERS: dict[str, Adapter] = {}


def register_adapter(adapter: Adapter) -> None:
    """Make a kind known; the same kind twice is a mistake."""
    if adapter.kind in _ADAPTERS:
        raise ValueError(f"The kind {adapter.kind} has an adapter already.")
    _ADAPTERS[adapter.kind] = adapter


def adapter_of(commitment: Commitment) -> Adapter:
    """Return the adapter of a commitment's kind."""
    return _ADAPTERS[commitment.kind]


def judge_of(commitment: Commitment) -> Judge:
    """Return who judges it; of a part nobody does, for the whole is judged."""
    return Judge.NONE if commitment.parent_id else adapter_of(commitment).judge
