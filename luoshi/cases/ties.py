"""What somebody tells of, where a layer above knows it: a facility, by its plate."""

from collections.abc import Callable

from luoshi.cases.models import Case

# Ties a case to what has this code; nothing where that is there no more.
Tie = Callable[[Case, str], None]
_TIES: dict[str, Tie] = {}


def register_tie(name: str, tie: Tie) -> None:
    """Let a layer above tie a case to what it is about, in the case's transaction."""
    _TIES[name] = tie


def tie_within(case: Case, told: str) -> None:
    """Tie a case to what was told of: "asset:CODE"."""
    name, _colon, code = told.partition(":")
    if name in _TIES:
        _TIES[name](case, code)
