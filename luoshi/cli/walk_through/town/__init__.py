"""The town as it really works: one part after the other, each through the pages."""

from collections.abc import Callable

from luoshi.cli.walk_through.town.approval import play_approval
from luoshi.cli.walk_through.town.handover import play_handover
from luoshi.cli.walk_through.town.night_order import play_night_order
from luoshi.cli.walk_through.town.nights import play_nights
from luoshi.cli.walk_through.town.orders import play_orders
from luoshi.cli.walk_through.town.sealed import play_sealed
from luoshi.cli.walk_through.walk import Walk

PARTS: tuple[Callable[[Walk], None], ...] = (
    play_orders,
    play_nights,
    play_night_order,
    play_approval,
    play_sealed,
    # The last: after it the village's first account is shut.
    play_handover,
)


class TownWalk(Walk):
    """Plays the parts in their order."""

    def play(self) -> None:
        """Play them all."""
        for part in PARTS:
            part(self)
