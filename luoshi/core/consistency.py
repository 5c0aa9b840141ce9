"""No row may point to a row of another town."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import F, ForeignKey
from django_scopes import scopes_disabled


@dataclass(frozen=True)
class Crossing:
    """A row that points to another town's row."""

    model: str
    field: str
    pk: int


def has_town(model: type[models.Model]) -> bool:
    """Tell whether the rows of a model belong to a town."""
    return any(
        field.name == "town" and field.is_relation for field in model._meta.get_fields()
    )


def town_links() -> Iterator[tuple[type[models.Model], str]]:
    """Yield each key from a model of towns' rows to another one, many-to-many too."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            target = field.related_model
            if (
                isinstance(field, ForeignKey)
                and has_town(model)
                and isinstance(target, type)
                and has_town(target)
            ):
                yield model, field.name
        yield from _link_tables(model)


def _link_tables(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Yield a link table once, by its first key: both its ends must agree."""
    if not model._meta.auto_created:
        return
    ends = [
        field for field in model._meta.get_fields() if isinstance(field, ForeignKey)
    ]
    if len(ends) == 2 and all(has_town(end.related_model) for end in ends):
        yield model, ends[0].name


def rows_across_towns() -> list[Crossing]:
    """Return every row that points to a row of another town; none, if all is well."""
    found = []
    with scopes_disabled():
        for model, name in town_links():
            own = "town" if has_town(model) else f"{_other_end(model, name)}__town"
            rows = model._base_manager.exclude(**{f"{name}__isnull": True})
            crossing = rows.exclude(**{f"{name}__town": F(own)})
            found += [
                Crossing(model._meta.label, name, pk)
                for pk in crossing.values_list("pk", flat=True)[:100]
            ]
    return found


def _other_end(model: type[models.Model], name: str) -> str:
    [other] = [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.name != name
    ]
    return other
