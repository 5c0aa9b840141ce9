"""What a step of the work is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from luoshi.cases.forms import staff as forms


@dataclass(frozen=True)
class Step:
    """A step's form, its action, and the step whose permission it needs."""

    form: type[forms.StepForm]
    action: Callable[..., Any]
    permit: str
    button: Promise
    say: Promise | str = ""
