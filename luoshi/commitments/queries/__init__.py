"""Every read of commitments that is more than a look-up."""

from luoshi.commitments.queries.approvals import (
    Asked,
    categories_in_use,
    path_rules,
    word_waited_for,
    words_asked_of,
)
from luoshi.commitments.queries.deputies import (
    deputies_shown_to,
    people_away,
    people_here,
)
from luoshi.commitments.queries.duties import Whose, whose_duty
from luoshi.commitments.queries.inbox import (
    Filters,
    Page,
    ids_of,
    inbox_count,
    inbox_counts,
    inbox_ids,
    inbox_page,
)
from luoshi.commitments.queries.parts import Part, parts_of, parts_to_accept
from luoshi.commitments.queries.show import (
    HopLine,
    Light,
    explain_due,
    hops_of,
    light_of,
    next_steps,
    supports_asked_of,
)
from luoshi.commitments.queries.visible import commitments_visible_to, visible_among

__all__ = [
    "Asked",
    "Filters",
    "HopLine",
    "Light",
    "Page",
    "Part",
    "Whose",
    "categories_in_use",
    "commitments_visible_to",
    "deputies_shown_to",
    "explain_due",
    "hops_of",
    "ids_of",
    "inbox_count",
    "inbox_counts",
    "inbox_ids",
    "inbox_page",
    "light_of",
    "next_steps",
    "parts_of",
    "parts_to_accept",
    "path_rules",
    "people_away",
    "people_here",
    "supports_asked_of",
    "visible_among",
    "whose_duty",
    "word_waited_for",
    "words_asked_of",
]
