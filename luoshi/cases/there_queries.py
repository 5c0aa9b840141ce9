"""Reads of where else matters live: their main systems and numbers there."""

from collections.abc import Iterable

from django.db.models import F

from luoshi.cases.models import MainSystem, Order
from luoshi.cases.orders.read import MOST, tidy_number
from luoshi.commitments.models import Commitment
from luoshi.core.models import Town


def cases_with_number_there(town: Town, words: str) -> list[int]:
    """Return the cases with this number in another system, seen or not."""
    number = tidy_number(words)
    if not 0 < len(number) <= MOST["number"]:
        return []
    # Named, so that the index of numbers is used.
    systems = list(MainSystem.objects.filter(town=town).values_list("pk", flat=True))
    rows = Order.objects.filter(town=town, system__in=systems, number=number)
    return list(rows.values_list("case_id", flat=True)) if systems else []


def theres_of(commitments: Iterable[Commitment]) -> dict[int, list[Order]]:
    """Return of some matters where else they live, with one query."""
    found: dict[int, list[Order]] = {}
    rows = Order.objects.filter(case__commitment__in=[one.pk for one in commitments])
    rows = rows.select_related("system").only("number", "system__name", "case")
    for order in rows.annotate(matter=F("case__commitment_id")).order_by("pk"):
        found.setdefault(order.matter, []).append(order)
    return found
