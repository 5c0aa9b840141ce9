"""One export at a time in each worker, so that pages always find a free thread."""

import threading
import weakref

from luoshi.core.refusals import Refusal

_TURN = threading.BoundedSemaphore(1)


class Turn:
    """A turn taken; given back once, at the latest when nobody holds it any more."""

    def __init__(self) -> None:
        if not _TURN.acquire(blocking=False):
            raise Refusal("cases.export_busy")
        self._give_back = weakref.finalize(self, _TURN.release)

    def give_back(self) -> None:
        """Let the next one begin."""
        self._give_back()
