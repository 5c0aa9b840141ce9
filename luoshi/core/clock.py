"""The only clock. Tests and the demo set it; nothing else asks for the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Frozen:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def tick(self, step: timedelta) -> None:
        """Move the clock on."""
        self.moment += step


_frozen: ContextVar[Frozen | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """Return the present moment in UTC."""
    frozen = _frozen.get()
    return frozen.moment if frozen else datetime.now(UTC)


def today() -> date:
    """Return the present day in China."""
    return now().astimezone(SHANGHAI).date()


def moment_of(text: str | datetime) -> datetime:
    """Read a moment; one without a zone is meant in China."""
    moment = datetime.fromisoformat(text) if isinstance(text, str) else text
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    return moment.astimezone(UTC)


@contextmanager
def at(text: str | datetime) -> Iterator[Frozen]:
    """Let the clock stand at a moment, for tests and for making the demo."""
    frozen = Frozen(moment_of(text))
    token = _frozen.set(frozen)
    try:
        yield frozen
    finally:
        _frozen.reset(token)
