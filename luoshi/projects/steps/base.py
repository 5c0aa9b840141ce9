"""One step that somebody takes on a page: who may, what is asked, what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.utils.functional import Promise

from luoshi.core.actors import Staff
from luoshi.projects.forms.proposals import NothingForm

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Step(Generic[Thing]):
    """A step on a project or a vote; only who may and only where it fits sees it."""

    label: Promise | str
    rule: Callable[[Staff, Thing], bool]
    # In which states of the thing the page offers it; the action decides.
    states: tuple[str, ...]
    act: Callable[[Thing, Any, Staff], Any]
    form: type[forms.Form] = NothingForm
    # What the form is filled in with, and what else it is made with.
    start: Callable[[Thing], dict[str, Any]] = lambda thing: {}
    more: Callable[[Thing, Staff], dict[str, Any]] = lambda thing, staff: {}
    hint: Promise | str = ""
    # The one that most people came for.
    main: bool = False


def fits(step: Step[Any], thing: Any, staff: Staff) -> bool:
    """Tell whether a person can take this step now."""
    return thing.state in step.states and step.rule(staff, thing)
