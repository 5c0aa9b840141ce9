"""What consultations say on the pages of cases and topics."""

from luoshi.cases.models import Case
from luoshi.consultations import rules
from luoshi.consultations.queries import consultations_of, consultations_of_topic
from luoshi.core.actors import Staff
from luoshi.core.slots import Part
from luoshi.topics.models import Topic

TEMPLATE = "consultations/_beside.html"


def beside_case(staff: Staff, case: Case) -> Part | None:
    """Name the consultation that a matter answers, came of or led to."""
    found = consultations_of(staff, case.commitment_id)
    return Part(TEMPLATE, found) if found else None


def beside_topic(staff: Staff, topic: Topic) -> Part | None:
    """Name the consultations that ask about a topic, and let another begin."""
    found = consultations_of_topic(staff, topic.pk)
    may_begin = rules.may_prepare(staff)
    if not found and not may_begin:
        return None
    shown = {"found": found, "topic": topic, "may_begin": may_begin}
    return Part("consultations/_beside_topic.html", shown)
