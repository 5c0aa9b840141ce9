"""Acting before the next complaint (未诉先办): a topic becomes a commitment."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from luoshi.cases.actions import Own, open_own_within
from luoshi.cases.models import Case
from luoshi.commitments.actions.base import receiver_in, required, tell
from luoshi.commitments.models import Kind, State
from luoshi.core.actors import Actor, Staff
from luoshi.core.clock import now
from luoshi.core.models import Organisation
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.topics import rules
from luoshi.topics.actions.arranging import lock_topic
from luoshi.topics.models import Undertaking


@dataclass(frozen=True)
class Wanted:
    """What is to be done about a topic, by which office, until when."""

    title: str
    words: str
    organisation: Organisation
    until: date | None


@transaction.atomic(durable=True)
def act_before(topic_id: int, wanted: Wanted, *, actor: Actor) -> Undertaking:
    """Open a commitment for the problem itself; the complaints keep their own."""
    if not isinstance(actor, Staff) or not rules.may_act(actor):
        raise NotAllowed("commitments.not_yours")
    topic = lock_topic(topic_id)
    running = topic.undertakings.exclude(commitment__state=State.CLOSED)
    if (known := running.select_related("commitment").first()) is not None:
        raise Refusal("topics.acted_already", number=known.commitment.number)
    own = Own(
        kind=Kind.TOPIC,
        channel=Case.Channel.TOPIC,
        title=required(wanted.title, "topics.title_missing")[:120],
        words=wanted.words,
        organisation=wanted.organisation,
        person=receiver_in(wanted.organisation),
        until=wanted.until,
        village=topic.village,
    )
    commitment = open_own_within(own, actor=actor)
    undertaking = Undertaking.objects.create(
        town=topic.town, topic=topic, commitment=commitment, by=actor.person, at=now()
    )
    record(topic, "topics.acted_on", actor=actor, number=commitment.number)
    record(commitment, "topics.act_opened", actor=actor, number=topic.number)
    tell(commitment, "topics.given_to_you", commitment.owner, actor=actor)
    return undertaking
