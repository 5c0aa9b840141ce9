"""The opinion map that is kept of a consultation, and where one was brought from."""

from django.db import models
from django.db.models import Q

from luoshi.consultations.models.consultation import Consultation
from luoshi.core.models import TownModel


class MapKept(TownModel):
    """What was last computed of a consultation's reactions; made anew at any time."""

    consultation = models.OneToOneField(
        Consultation, models.CASCADE, related_name="map_kept"
    )
    # Of all tallies that it was made from: another one means that people reacted.
    fingerprint = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    # While a process is at it.
    making = models.BooleanField(default=False)
    made_at = models.DateTimeField(null=True, blank=True)
    # `consultations.maps.kept`: what pages read, and where each set of answers stands.
    told = models.JSONField(default=dict, blank=True)
    standing = models.JSONField(default=list, blank=True)
    # `consultations.maps.picture`.
    dots = models.JSONField(default=list, blank=True)
    # Answers alike beyond chance: said to staff, nothing is deleted.
    alike = models.JSONField(default=list, blank=True)
    # `consultations.maps.weighing`: shares weighed to who lives there.
    weighed = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mapkept_begun_before_made",
                condition=Q(begun_at__isnull=False)
                | Q(making=False, made_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.consultation_id)


class Brought(TownModel):
    """That a consultation was asked elsewhere, and brought in from a file."""

    consultation = models.OneToOneField(
        Consultation, models.CASCADE, related_name="brought"
    )
    at = models.DateTimeField()
    # What its files call it, so that the same one is not brought twice.
    topic = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "digest"], name="brought_once")
        ]

    def __str__(self) -> str:
        return self.topic
