"""Lists that the demo's dispatcher took out, one of which broke off."""

from datetime import datetime, timedelta

from luoshi.cases.exporting import Order, of_inbox, stream_of
from luoshi.commitments.queries import Filters
from luoshi.core.clock import at
from luoshi.core.models import Person
from luoshi.core.staff import staff_of_person

# View, its words, kind of file, with contacts, hours ago, whether it broke off.
TAKEN = [
    ("awaiting", "等评价 · 全镇", "xlsx", True, 50, False),
    ("late", "已超期 · 全镇", "xlsx", False, 26, False),
    ("closed", "办结 · 全镇", "csv", False, 3, True),
]


def take_lists_out(dispatcher: Person, end: datetime) -> None:
    """Take some lists out through the real export; the bytes go nowhere."""
    staff = staff_of_person(dispatcher)
    for view, told, form, contacts, hours, breaks in TAKEN:
        listed = of_inbox(staff, whose="town", view=view, filters=Filters(), told=told)
        with at(end - timedelta(hours=hours)):
            parts = stream_of(Order(staff, listed, form, contacts))
            for _part in zip(parts, range(2 if breaks else 1_000_000), strict=False):
                pass
            parts.close()
