"""Emergency mode (汛期 and others): a time in which ordinary clocks stand still."""

from django.db import models

from luoshi.core.models import Person, TownModel


class Emergency(TownModel):
    """One emergency: who declared it, when and why; the pauses point to it."""

    name = models.CharField(max_length=60)
    reason = models.CharField(max_length=500)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # When every clock that stands was stopped; the scheduler goes on till then.
    spread_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_reason = models.CharField(max_length=500, blank=True)
    # When every clock runs again.
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            # Till it is settled, so that two never hold the same clock.
            models.UniqueConstraint(
                fields=["town"],
                condition=models.Q(settled_at__isnull=True),
                name="emergency_one_at_a_time",
            ),
            models.CheckConstraint(
                name="emergency_in_order",
                condition=models.Q(ended_at__isnull=True)
                | models.Q(ended_at__gte=models.F("started_at")),
            ),
            models.CheckConstraint(
                name="emergency_settled_after_its_end",
                condition=models.Q(settled_at__isnull=True)
                | models.Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name
