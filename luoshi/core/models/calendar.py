"""Days on which a town's calendar differs from the state's."""

from django.db import models

from luoshi.core.models.base import TownModel


class DayOverride(TownModel):
    """A day that this town works or rests, whatever the state's calendar says."""

    day = models.DateField()
    is_workday = models.BooleanField()
    reason = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "day"], name="dayoverride_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return str(self.day)
