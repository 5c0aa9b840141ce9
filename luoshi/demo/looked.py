"""What the demo town told people and looked at again, as staff and sweep left it."""

import random
from datetime import datetime, timedelta

from django.db.models import F

from luoshi.commitments.actions import ask_support, look_at_sample
from luoshi.commitments.models import Commitment, Ending, Sample, State
from luoshi.core.clock import at
from luoshi.core.models import Notice, Organisation, Person
from luoshi.core.staff import staff_of_person

FAILED = 3


def look_again(chance: random.Random, inspector: Person, end: datetime) -> None:
    """Look at two of three samples, through the real action; a few are not right."""
    actor = staff_of_person(inspector)
    drawn = list(Sample.objects.select_related("commitment").order_by("pk"))
    drawn.sort(key=lambda one: one.commitment.ending == Ending.SOLVED)
    wrong = {one.pk for one in drawn[:2]}
    with at(end - timedelta(hours=3)) as clock:
        for sample in drawn[: len(drawn) * 2 // 3]:
            clock.tick(timedelta(minutes=chance.randrange(2, 5)))
            right = sample.pk not in wrong
            words = "照片和现场一样。" if right else "到现场看了，还没修好。"
            look_at_sample(sample.pk, right=right, words=words, actor=actor)


def ask_for_help(asked_of: Organisation, end: datetime) -> None:
    """Let two owners ask for help that nobody gave in time."""
    since = end - timedelta(days=6)
    rows = Commitment.objects.filter(
        state__in=[State.TAKEN, State.IN_HAND],
        assigned_at__lt=since - timedelta(days=1),
    ).exclude(owner_organisation=asked_of)
    for one in rows.select_related("owner").order_by("-pk")[:2]:
        with at(since):
            ask_support(
                one.pk,
                organisation_id=asked_of.pk,
                asked="请派人一起到现场看一下。",
                workdays=2,
                actor=staff_of_person(one.owner),
            )


def send_notices(end: datetime) -> None:
    """Leave the notices as a running server would: sent, put away, three failed."""
    rows = Notice.objects.filter(created_at__lt=end - timedelta(minutes=30))
    rows.update(state="sent", sent_at=F("created_at") + timedelta(seconds=20))
    old = rows.filter(channel="inbox", created_at__lt=end - timedelta(days=2))
    old.update(read_at=F("created_at") + timedelta(hours=5))
    newest = rows.filter(channel="sms").order_by("-pk").values_list("pk", flat=True)
    Notice.objects.filter(pk__in=list(newest[:FAILED])).update(
        state="failed",
        sent_at=None,
        attempts=8,
        last_error="TimeoutError: the gateway did not answer",
    )
