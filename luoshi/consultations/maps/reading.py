"""What a map is made from: the last reactions to what people react to."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

import numpy as np
from django.db.models import F, Q, QuerySet

from luoshi.consultations.models import Consultation, MapKept, Reaction, Statement
from luoshi.core.clock import now
from luoshi.core.models import Town
from luoshi.engines.opinion import Pattern, Votes, read_votes

# While people react a map is made anew at most so often.
EVERY = timedelta(seconds=30)
# A process that is silent for so long was ended.
SILENT = timedelta(minutes=6)
CHUNK = 5000
State = Consultation.State


def reactions_of(consultation: Consultation) -> QuerySet[Reaction]:
    """Return the reactions to what is shown; what was said anew has its own."""
    return Reaction.objects.filter(
        statement__consultation=consultation,
        statement__state=Statement.State.PUBLISHED,
    )


def votes_of(consultation: Consultation) -> Votes:
    """Read a consultation's reactions: voters and statements by their keys."""
    rows = reactions_of(consultation).values_list("voter_id", "statement_id", "value")
    table = np.array(list(rows.iterator(CHUNK)), np.int64).reshape(-1, 3)
    return read_votes(table[:, 0], table[:, 1], table[:, 2])


def patterns_of(consultation: Consultation) -> list[Pattern]:
    """Return what each set of answers says, where it came from, and when the last."""
    rows = reactions_of(consultation).values_list(
        "voter_id", "voter__channel", "statement_id", "value", "at"
    )
    said: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    last: dict[tuple[int, str], float] = {}
    for voter, channel, statement, value, at in rows.iterator(CHUNK):
        key = (voter, channel)
        said[key].append((statement, value))
        last[key] = max(last.get(key, 0.0), at.timestamp())
    return [
        Pattern(channel, last[voter, channel], frozenset(answers))
        for (voter, channel), answers in sorted(said.items())
    ]


def fingerprint_of(rows: Iterable[tuple[int, ...]]) -> str:
    """Return what changes when a tally moves; rows are (statement, tallies, moves)."""
    return hashlib.sha256(repr(sorted(rows)).encode()).hexdigest()


def fingerprints(consultations: QuerySet[Consultation]) -> dict[int, str]:
    """Return the fingerprint of each of these, in one query."""
    found: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    rows = Statement.objects.filter(
        consultation__in=consultations, state=Statement.State.PUBLISHED
    ).values_list("consultation_id", "pk", "agree", "disagree", "unsure", "moves")
    for consultation, *told in rows:
        found[consultation].append(tuple(told))
    return {pk: fingerprint_of(rows) for pk, rows in found.items()}


def maps_due(town: Town) -> list[int]:
    """Return the consultations whose map is to be made anew, by their keys.

    Until the decision is public its tallies decide, at most every 30 seconds: answers
    that are withdrawn after the last day go from the map too. Then it stays.
    """
    at = now()
    free = Q(map_kept=None) | Q(map_kept__making=False)
    free |= Q(map_kept__begun_at__lt=at - SILENT)
    rested = Q(map_kept=None) | Q(map_kept__begun_at=None)
    rested |= Q(map_kept__begun_at__lte=at - EVERY)
    ready = Consultation.objects.filter(town=town).filter(free).filter(rested)
    ended = ready.exclude(state__in=(State.DRAFT, State.OPEN)).exclude(opens_at=None)
    unmade = Q(map_kept=None) | Q(map_kept__made_at=None)
    late = unmade | Q(map_kept__made_at__lt=F("closed_at"))
    due = set(ended.filter(late).values_list("pk", flat=True))
    running = ready.filter(state__in=(State.OPEN, State.CLOSED))
    known = dict(
        MapKept.objects.filter(town=town).values_list("consultation", "fingerprint")
    )
    due |= {pk for pk, told in fingerprints(running).items() if known.get(pk) != told}
    return sorted(due)
