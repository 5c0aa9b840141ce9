"""Conditions written out, so that SQLite recognises its partial indexes.

SQLite takes a partial index only if the query holds the index's own condition with the
same constants; bound parameters hide them. These repeat what a queryset says already.
"""

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL


def written_out(sql: str) -> RawSQL:
    """Return a condition as it stands in the index, without bound values."""
    return RawSQL(sql, [], output_field=BooleanField())
