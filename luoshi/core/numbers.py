"""Running numbers of a town: no two things get the same one."""

from django.db import connection
from django.db.models import F

from luoshi.core.models import Counter


def next_number(town_id: int, name: str, count: int = 1) -> int:
    """Give out `count` numbers and return the first; inside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("A number is given out in the transaction that uses it.")
    mine = Counter.objects.filter(town_id=town_id, name=name)
    if not mine.update(last=F("last") + count):
        Counter.objects.get_or_create(town_id=town_id, name=name)
        mine.update(last=F("last") + count)
    return mine.values_list("last", flat=True).get() - count + 1
