"""Learning at night, one town after the other, each in a process of its own."""

import fcntl
import subprocess
import sys
from datetime import date

from luoshi.cases.actions.retraining import use_routers
from luoshi.cases.common import learn_common
from luoshi.cases.models import RoutingRun
from luoshi.cases.suggest.shelf import clear_shelf, folder_of, newest_run
from luoshi.cases.suggest.training import learn_anew
from luoshi.core.actors import Actor
from luoshi.core.clock import SHANGHAI, now, today
from luoshi.core.models import Town

# When few people wait for the machine.
FIRST_HOUR, LAST_HOUR = 1, 5


def retrain(town: Town, *, actor: Actor) -> RoutingRun | None:
    """Learn and put into use; None where another does it, or there is nothing yet."""
    with (folder_of(town) / "learning.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return None
        learn_common(town)
        decisions, routers = learn_anew(town)
        if not routers and newest_run() is None:
            return None
        run = use_routers(town, decisions=decisions, routers=routers, actor=actor)
        clear_shelf(town, run)
        return run


class Nights:
    """Which towns were begun this night, and the process that learns now."""

    def __init__(self) -> None:
        self.begun: dict[int, date] = {}
        self.child: subprocess.Popen[bytes] | None = None

    def town_due(self) -> Town | None:
        """Return a town that was not begun this night; none by day."""
        if not FIRST_HOUR <= now().astimezone(SHANGHAI).hour < LAST_HOUR:
            return None
        towns = Town.objects.order_by("pk")
        return next((one for one in towns if self.begun.get(one.pk) != today()), None)

    def go_on(self) -> None:
        """Begin the next town once the one before has ended."""
        if self.child is not None and self.child.poll() is None:
            return
        town = self.town_due()
        if town is not None:
            self.begun[town.pk] = today()
            self.child = start_retraining(town)


def start_retraining(town: Town) -> subprocess.Popen[bytes]:
    """Begin in a process that ends itself after a while; ended, it leaves no trace."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "luoshi.cli.main", "retrain", "--by-night"),
            *("--town", town.code),
        ],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
