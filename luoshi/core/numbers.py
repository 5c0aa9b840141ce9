"""Running numbers of a town: no two things get the same one."""

from django.db import connection

from luoshi.core.models import Counter


def next_number(town_id: int, name: str, count: int = 1) -> int:
    """Give out `count` numbers and return the first; inside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("A number is given out in the transaction that uses it.")
    last = _take(town_id, name, count)
    if last is None:
        Counter.objects.get_or_create(town_id=town_id, name=name)
        last = _take(town_id, name, count)
    assert last is not None
    return last - count + 1


def _take(town_id: int, name: str, count: int) -> int | None:
    """Move a counter on and return where it stands; None if there is none yet."""
    # Both databases return the row that they changed: one statement, no race.
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_counter SET last = last + %s "
            "WHERE town_id = %s AND name = %s RETURNING last",
            [count, town_id, name],
        )
        row = cursor.fetchone()
    return row[0] if row else None
