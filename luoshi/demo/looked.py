"""What the demo town told people and looked at again, as staff and sweep left it."""

import random
from datetime import datetime, timedelta

from django.db.models import F

from luoshi.commitments.actions import look_at_sample
from luoshi.commitments.models import Sample, State
from luoshi.core.clock import at
from luoshi.core.models import Notice, Person
from luoshi.core.staff import staff_of_person

FAILED = 3


def look_again(chance: random.Random, inspector: Person, end: datetime) -> None:
    """Look at two of three samples, through the real action; a few are not right."""
    actor = staff_of_person(inspector)
    drawn = list(Sample.objects.select_related("commitment").order_by("pk"))
    open_ones = [one for one in drawn if one.commitment.state == State.AWAITING]
    wrong = {one.pk for one in open_ones[:2]}
    with at(end - timedelta(hours=3)) as clock:
        for sample in drawn[: len(drawn) * 2 // 3]:
            clock.tick(timedelta(minutes=chance.randrange(2, 5)))
            right = sample.pk not in wrong
            words = "照片和现场一样。" if right else "到现场看了，还没修好。"
            look_at_sample(sample.pk, right=right, words=words, actor=actor)


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
