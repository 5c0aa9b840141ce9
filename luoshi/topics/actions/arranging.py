"""What people arrange of topics: the machine never undoes it."""

from collections.abc import Iterable

from django.db import transaction

from luoshi.cases.queries import cases_visible_to
from luoshi.core.actors import Actor, Staff
from luoshi.core.clock import now
from luoshi.core.numbers import next_number
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record
from luoshi.topics.actions.facts import tell_anew_within
from luoshi.topics.models import Apart, Membership, Topic, Undertaking
from luoshi.topics.reading import cases_to_group
from luoshi.topics.rules import check_arranger

LONGEST_NAME = 60


@transaction.atomic(durable=True)
def rename_topic(topic_id: int, *, name: str, actor: Actor) -> Topic:
    """Give a topic a name of the town's own; an empty one gives its own words back."""
    check_arranger(actor)
    topic = lock_topic(topic_id)
    topic.name = _name(name)
    topic.save(update_fields=["name"])
    record(topic, "topics.renamed", actor=actor, words=topic.name)
    return topic


@transaction.atomic(durable=True)
def split_topic(
    topic_id: int, *, case_ids: Iterable[int], name: str, actor: Actor
) -> Topic:
    """Make a topic of its own of some cases; the two never join again by themselves."""
    staff = check_arranger(actor)
    topic = lock_topic(topic_id)
    rows = _chosen(topic, case_ids, staff)
    if len(rows) < 2:
        raise Refusal("topics.split_two")
    if topic.memberships.count() == len(rows):
        raise Refusal("topics.split_all")
    other = Topic.objects.create(
        town=topic.town,
        number=next_number(topic.town_id, "topic"),
        name=_name(name),
        told_at=now(),
    )
    Membership.objects.filter(pk__in=[row.pk for row in rows]).update(topic=other)
    Apart.objects.bulk_create(
        Apart(town=topic.town, case_id=row.case_id, topic=topic) for row in rows
    )
    _touch(topic, other)
    record(topic, "topics.split", actor=actor, count=len(rows), number=other.number)
    record(other, "topics.split_off", actor=actor, number=topic.number)
    return other


@transaction.atomic(durable=True)
def take_out(topic_id: int, *, case_ids: Iterable[int], actor: Actor) -> Topic:
    """Say that cases do not belong to a topic; no night puts them back."""
    staff = check_arranger(actor)
    topic = lock_topic(topic_id)
    rows = _chosen(topic, case_ids, staff)
    if not rows:
        raise Refusal("topics.none_chosen")
    Apart.objects.bulk_create(
        Apart(town=topic.town, case_id=row.case_id, topic=topic) for row in rows
    )
    Membership.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _touch(topic)
    numbers = [row.case.number for row in rows]
    record(topic, "topics.taken_out", actor=actor, numbers="、".join(numbers))
    return topic


@transaction.atomic(durable=True)
def put_in(topic_id: int, *, number: str, actor: Actor) -> Topic:
    """Say that a case belongs to a topic, from wherever it stands."""
    staff = check_arranger(actor)
    topic = lock_topic(topic_id)
    seen = cases_visible_to(staff).filter(number=number.strip().upper()).first()
    if seen is None:
        raise Refusal("topics.no_such_number")
    case = cases_to_group(topic.town).filter(pk=seen.pk).first()
    if case is None:
        raise Refusal("topics.not_of_a_topic", number=seen.number)
    row = Membership.objects.filter(case=case).select_related("topic").first()
    if row is not None and row.topic_id == topic.pk:
        raise Refusal("topics.there_already", number=case.number)
    Apart.objects.filter(case=case, topic=topic).delete()
    if row is None:
        Membership.objects.create(town=topic.town, case=case, topic=topic)
        _touch(topic)
    else:
        former = lock_topic(row.topic_id)
        Membership.objects.filter(pk=row.pk).update(topic=topic)
        Apart.objects.get_or_create(town=topic.town, case=case, topic=former)
        _touch(topic, former)
    record(topic, "topics.put_in", actor=actor, number=case.number)
    return topic


@transaction.atomic(durable=True)
def merge_topics(topic_id: int, *, number: int, actor: Actor) -> Topic:
    """Let a topic go into another; the old number leads there."""
    check_arranger(actor)
    into = Topic.objects.filter(number=number, merged_into=None).first()
    if into is None:
        raise Refusal("topics.no_such_topic", number=number)
    if into.pk == topic_id:
        raise Refusal("topics.into_itself")
    # In the order of their ids: two merges at once cannot lock crosswise.
    locked = {pk: lock_topic(pk) for pk in sorted((topic_id, into.pk))}
    topic, into = locked[topic_id], locked[into.pk]
    # Who was kept out of one is not kept out of what both are now: a person said so.
    Apart.objects.filter(topic=into, case__membership__topic=topic).delete()
    Apart.objects.filter(topic=topic, case__membership__topic=into).delete()
    known = Apart.objects.filter(topic=into).values("case")
    Apart.objects.filter(topic=topic, case__in=known).delete()
    Apart.objects.filter(topic=topic).update(topic=into)
    topic.memberships.update(topic=into)
    Undertaking.objects.filter(topic=topic).update(topic=into)
    topic.merged_into, topic.title, topic.name, topic.place = into, "", "", ""
    topic.matters = topic.people = 0
    topic.save(
        update_fields=["merged_into", "title", "name", "place", "matters", "people"]
    )
    _touch(into)
    record(topic, "topics.merged", actor=actor, number=into.number)
    record(into, "topics.took_in", actor=actor, number=topic.number)
    return into


def lock_topic(topic_id: int) -> Topic:
    """Return a topic under a lock; refuse one that went into another."""
    rows = Topic.objects.select_for_update(of=("self",)).select_related("town")
    topic = rows.get(pk=topic_id)
    if topic.merged_into_id:
        into = Topic.objects.get(pk=topic.merged_into_id)
        raise Refusal("topics.went_into", number=into.number)
    return topic


def _chosen(topic: Topic, case_ids: Iterable[int], staff: Staff) -> list[Membership]:
    """Return the rows of chosen cases; refuse what somebody moved meanwhile."""
    wanted = set(case_ids)
    seen = cases_visible_to(staff).filter(pk__in=wanted)
    rows = topic.memberships.filter(case__in=seen).select_related("case")
    found = list(rows.order_by("pk"))
    if len(found) < len(wanted):
        raise Refusal("topics.moved_meanwhile")
    return found


def _touch(*topics: Topic) -> None:
    """Say when a person changed what belongs to topics, and count them anew."""
    for topic in topics:
        topic.changed_at = now()
        topic.save(update_fields=["changed_at"])
        tell_anew_within(topic)


def _name(name: str) -> str:
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise Refusal("topics.name_long", most=LONGEST_NAME)
    return name
