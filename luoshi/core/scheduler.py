"""Tasks that run by themselves, in one process, one after the other."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections

from luoshi.core.clock import now

logger = logging.getLogger(__name__)


@dataclass
class Task:
    """Something to run every so often."""

    name: str
    every: timedelta
    run: Callable[[], object]
    last: datetime | None = None


_TASKS: dict[str, Task] = {}


def register_task(name: str, every: timedelta, run: Callable[[], object]) -> None:
    """Make a task known; the same name twice is a mistake."""
    if name in _TASKS:
        raise ValueError(f"The task {name} is registered twice.")
    _TASKS[name] = Task(name, every, run)


def run_due() -> list[str]:
    """Run each task whose time has come; a failing one stops none of the others."""
    ran = []
    for task in _TASKS.values():
        if task.last is not None and now() - task.last < task.every:
            continue
        task.last = now()
        try:
            task.run()
        except Exception:
            logger.exception("The task %s failed; it is tried again later.", task.name)
        ran.append(task.name)
    return ran


def run_scheduler(stop: threading.Event, pause: float = 1.0) -> None:
    """Run due tasks until told to stop; `pause` in seconds."""
    while not stop.is_set():
        close_old_connections()
        run_due()
        stop.wait(pause)
