"""The town's categories as a router reads them, and the way back to their rows."""

from dataclasses import dataclass

from luoshi.commitments.models import Category
from luoshi.engines.routing import Entry
from luoshi.engines.routing.catalogue import Path


@dataclass(frozen=True)
class Catalogue:
    """Categories in use by their path from the top, and words that hint at them."""

    entries: tuple[Entry, ...]
    rows: dict[Path, Category]

    def path_of(self, category_id: int | None) -> Path:
        """Return the path of a category in use; empty for any other."""
        paths = (path for path, row in self.rows.items() if row.pk == category_id)
        return next(paths, ())


def catalogue_of_town() -> Catalogue:
    """Read the categories in use."""
    every = {
        row.pk: row for row in Category.objects.select_related("organisation", "duty")
    }
    rows = {_path(row, every): row for row in every.values() if row.retired_at is None}
    entries = tuple(Entry(path, _hints(row)) for path, row in rows.items())
    return Catalogue(entries, rows)


def _path(row: Category, every: dict[int, Category]) -> Path:
    path: Path = (row.name,)
    while row.parent_id is not None:
        row = every[row.parent_id]
        path = (row.name, *path)
    return path


def _hints(row: Category) -> str:
    """Return words of the category and of the line of duties that it names."""
    words = [*row.keywords]
    if row.duty is not None:
        words += [row.duty.title, *row.duty.keywords]
    return " ".join(words)
