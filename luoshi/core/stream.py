"""Answers given part by part, after the request's own scope and language ended."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager

from django.utils.translation import get_language, override
from django_scopes import scope

from luoshi.core.models import Town


class TownStream(Iterator[bytes]):
    """Makes each part in the town and the language in which it was asked for.

    The server calls `close` whether the reader took everything, went away, or the
    making failed; `at_end` is called then, once.
    """

    def __init__(
        self,
        parts: Generator[bytes, None, None],
        *,
        town: Town,
        at_end: Callable[[], object] | None = None,
    ) -> None:
        self._parts, self._town, self._at_end = parts, town, at_end
        self._language = get_language() or "zh-hans"

    @contextmanager
    def _inside(self) -> Iterator[None]:
        with scope(town=self._town), override(self._language):
            yield

    def __next__(self) -> bytes:
        """Make the next part."""
        with self._inside():
            return next(self._parts)

    def close(self) -> None:
        """End the making, so that it can write down how far it came."""
        try:
            with self._inside():
                self._parts.close()
        finally:
            at_end, self._at_end = self._at_end, None
            if at_end is not None:
                at_end()
