"""What makes the desk quicker: views that a person keeps, and replies to begin from."""

from django.db import models

from luoshi.core.models import Organisation, Person, TownModel


class SavedView(TownModel):
    """A view of the inbox under a name, kept by one person."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=30)
    # The address's query, as the filter bar writes it.
    query = models.CharField(max_length=300)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"], name="savedview_name_unique"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ReplyTemplate(TownModel):
    """A reply to begin from; empty organisation means every office."""

    title = models.CharField(max_length=60)
    text = models.TextField()
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "title"],
                condition=models.Q(retired_at__isnull=True),
                name="replytemplate_title_unique",
            )
        ]

    def __str__(self) -> str:
        return self.title


class MonthFigures(TownModel):
    """The counts of one past month, kept so that a million rows are counted once.

    `data` is empty until somebody asks. Who changes a matter of that month moves
    `version` on and empties `data` in the same transaction.
    """

    month = models.DateField()
    version = models.PositiveIntegerField(default=1)
    data = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "month"], name="monthfigures_once")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
