"""What the demo town published, through the real actions, and what neighbours say."""

import random
from datetime import datetime, timedelta

from luoshi.cases.actions import Public, publish_matter, signal_broken
from luoshi.cases.models import Case
from luoshi.cases.publishing import masked
from luoshi.commitments.models import State
from luoshi.core.clock import at
from luoshi.core.models import Person
from luoshi.core.staff import staff_of_person
from luoshi.demo.names import PROMISES

PUBLISHED, SIGNALS = 40, 3


def publish_some(chance: random.Random, releaser: Person, end: datetime) -> None:
    """Publish some of the last weeks' matters; at a few a neighbour speaks up."""
    cases = list(
        Case.objects.filter(commitment__number__gt="")
        .exclude(commitment__state__in=[State.RECEIVED, State.ASSIGNED])
        .exclude(commitment__ending="history")
        .select_related("commitment__category", "village")
        .order_by("-pk")[: PUBLISHED * 2]
    )
    actor = staff_of_person(releaser)
    with at(end - timedelta(hours=1)):
        for case in sorted(chance.sample(cases, PUBLISHED), key=lambda one: one.pk):
            title = f"{case.village}：{PROMISES[str(case.commitment.category)]}"
            public = Public(title, masked(case.text), checked=True, looked=True)
            publish_matter(case.pk, public=public, actor=actor)
        for case in chance.sample(cases, SIGNALS * 4):
            case.commitment.refresh_from_db()
            if case.commitment.visibility == "public":
                signal_broken(case.commitment_id, words="我家门口这边也还没好。")
