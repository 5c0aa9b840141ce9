"""The base of every row that belongs to a town."""

from typing import TYPE_CHECKING

from django.db import models
from django_scopes import ScopedManager

from luoshi.core.models.towns import Town


class TownModel(models.Model):
    """A row of one town; a query outside a town's scope raises `ScopeError`."""

    town = models.ForeignKey(Town, models.PROTECT, related_name="+")

    if TYPE_CHECKING:
        objects = models.Manager()
    else:
        objects = ScopedManager(town="town")

    class Meta:
        abstract = True
