"""Lists given out as files, part by part."""

from luoshi.cases.exporting.lists import (
    Listed,
    of_chosen,
    of_figure,
    of_inbox,
    of_search,
)
from luoshi.cases.exporting.parts import Order, stream_of
from luoshi.cases.exporting.past import Past, past_exports

__all__ = [
    "Listed",
    "Order",
    "Past",
    "of_chosen",
    "of_figure",
    "of_inbox",
    "of_search",
    "past_exports",
    "stream_of",
]
