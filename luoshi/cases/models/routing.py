"""What was learnt for the dispatch desk, and how good it was."""

from django.db import models

from luoshi.core.models import TownModel


class RoutingRun(TownModel):
    """One night's learning; the newest says which files are in use."""

    at = models.DateTimeField()
    # Decisions that were learnt from.
    decisions = models.PositiveIntegerField()
    # What the desk sent off in the month before with a proposal, and as proposed.
    proposed = models.PositiveIntegerField(default=0)
    as_proposed = models.PositiveIntegerField(default=0)
    # For each kind of router: its file and digest, since when it is in use, of how many
    # it was learnt, and of how many held back it was right.
    routers = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["town", "-at"], name="routingrun_newest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.decisions}"
