"""What the system will not do, each with a code, parameters and a way out.

Refusal                 the rule says no (409)
├── Conflict            somebody else changed it first (409, shows both versions)
└── NotAllowed          this person may not (403)

`core.middleware.RefusalMiddleware` turns each into a page, a part or JSON.
"""

from typing import Any

from django.utils.functional import Promise

_SENTENCES: dict[str, Promise | str] = {}


def register_refusals(sentences: dict[str, Promise | str]) -> None:
    """Give each refusal code its sentence; a code twice is a mistake."""
    for code, sentence in sentences.items():
        if code in _SENTENCES:
            raise ValueError(f"The refusal {code} is registered twice.")
        _SENTENCES[code] = sentence


class Refusal(Exception):
    """A rule says no."""

    status = 409

    def __init__(self, code: str, **parameters: Any) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters

    @property
    def sentence(self) -> str:
        """Say in the reader's language what is refused and what to do."""
        return str(_SENTENCES[self.code]) % self.parameters


class Conflict(Refusal):
    """Somebody else changed it first."""


class NotAllowed(Refusal):
    """This person may not."""

    status = 403
