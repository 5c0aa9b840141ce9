"""What topics say on the pages of others."""

from typing import Any

from luoshi.cases.models import Case
from luoshi.commitments.models import Kind
from luoshi.core.actors import Staff
from luoshi.core.slots import Part
from luoshi.topics import rules
from luoshi.topics.queries import page_of, rows_of, topic_behind, topic_of


def beside_case(staff: Staff, case: Case) -> Part | None:
    """Say in which topic a case stands, or which complaints are behind a commitment."""
    if not rules.may_see(staff):
        return None
    shown: dict[str, Any]
    if case.commitment.kind == Kind.TOPIC:
        topic = topic_behind(case.commitment)
        shown = {"page": page_of(staff, topic)} if topic else {}
    else:
        topic = topic_of(case)
        shown = {"row": rows_of(staff, [topic])[0]} if topic else {}
    return Part("topics/_beside_case.html", shown) if shown else None
