"""The search index's rows; `core.search` keeps the database's own index beside them."""

from django.db import models

from luoshi.core.models.base import TownModel


class SearchRow(TownModel):
    """One thing that can be found; its terms lie in the database's own index."""

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    visibility = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], name="searchrow_one_an_object"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
