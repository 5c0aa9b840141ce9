"""The only door through which a topic enters a view."""

from collections.abc import Callable

from django.http import Http404

from luoshi.core.actors import Staff
from luoshi.topics.models import Topic
from luoshi.topics.queries import topics_visible_to


def open_topic(staff: Staff, number: int, to: Callable[[Staff], bool]) -> Topic:
    """Return a topic, or the one into which it went, else 404."""
    rows = topics_visible_to(staff).select_related("village", "town")
    topic = rows.filter(number=number).first()
    while topic is not None and topic.merged_into_id:
        topic = rows.get(pk=topic.merged_into_id)
    if topic is None or not to(staff):
        raise Http404
    return topic
