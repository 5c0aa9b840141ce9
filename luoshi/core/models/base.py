"""The base of every row that belongs to a town."""

from typing import TYPE_CHECKING

from django.db import models
from django_scopes import ScopedManager

from luoshi.core.models.towns import Town


def index_where_told(field: str, name: str) -> models.Index:
    """Index a key that most rows leave empty, of those rows alone that have it.

    A plain index holds a million empty keys. SQLite then thinks that every key is as
    common as the empty one, and looks anywhere but here. The key itself says
    `db_index=False`.
    """
    told = models.Q(**{f"{field}__isnull": False})
    return models.Index(fields=[field], condition=told, name=name)


class TownModel(models.Model):
    """A row of one town; a query outside a town's scope raises `ScopeError`."""

    town = models.ForeignKey(Town, models.PROTECT, related_name="+")

    if TYPE_CHECKING:
        objects = models.Manager()
    else:
        objects = ScopedManager(town="town")

    class Meta:
        abstract = True
