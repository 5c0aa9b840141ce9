"""What the engine reads: every voice of the town's cases, and what people arranged.

A voice is one person's word of a case; further voices have the case's words, so that
people are counted and not messages. Keys of persons are compared in memory and kept
nowhere.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import QuerySet

from luoshi.cases.models import Case, Reporter
from luoshi.commitments.models import Kind
from luoshi.core.clock import now
from luoshi.core.models import Town
from luoshi.core.villages import current_villages
from luoshi.engines import similarity as engine
from luoshi.topics.models import Apart

# A rise is measured against five earlier years; above so many cases the newest do.
WINDOW = timedelta(days=6 * 365)
MOST_CASES = 200_000
# The case comes first in the id of each of its voices.
Voice = tuple[int, int]
Pair = tuple[Hashable, Hashable]


def case_of(voice: Hashable) -> int:
    """Return the case of a voice."""
    return cast(Voice, voice)[0]


@dataclass
class Window:
    """The voices of a window, and which cases a person put together or apart."""

    voices: list[engine.Case] = field(default_factory=list)
    together: list[Pair] = field(default_factory=list)
    apart: list[Pair] = field(default_factory=list)
    matters: int = 0


def cases_to_group(town: Town) -> QuerySet[Case]:
    """Return what residents told in words of their own; never what is sealed."""
    return (
        Case.objects.filter(
            town=town,
            held=False,
            commitment__kind=Kind.CASE,
            commitment__parent=None,
        )
        .exclude(text="")
        .order_by("-received_at", "-pk")
    )


def villages_of(window: Window) -> dict[int, str]:
    """Return the village of each case, by its id."""
    return {case_of(voice.id): voice.village for voice in window.voices}


def read_window(town: Town) -> Window:
    """Read the newest cases of six years."""
    newest = cases_to_group(town).filter(received_at__gt=now() - WINDOW)
    return read_cases(newest[:MOST_CASES])


def read_cases(cases: QuerySet[Case]) -> Window:
    """Read these cases with all who told them."""
    rows = list(
        cases.values_list(
            *("pk", "commitment_id", "village_id", "subject", "text", "received_at"),
            "membership__topic__number",
        )
    )
    current = current_villages()
    window = Window(matters=len(rows))
    voices = _voices_of([row[0] for row in rows])
    under: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for pk, head, village, subject, text, at, topic in rows:
        first = engine.Case(
            id=(pk, 0),
            text=text,
            subject="" if text.startswith(subject.rstrip("…")) else subject,
            time=at,
            village=str(current.get(village, "")),
            topic=topic,
        )
        told = [
            replace(first, id=(pk, place), person=person, time=joined)
            for place, (person, joined) in enumerate(voices.get(pk, []))
        ]
        window.voices += told or [first]
        window.together += [((pk, 0), one.id) for one in told[1:]]
        under[head].append((pk, topic))
    _read_arranged(window, rows, under)
    return window


def _voices_of(ids: list[int]) -> dict[int, list[tuple[str, datetime]]]:
    """Return who told each case: an opaque key of the person, and when."""
    found: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for first in range(0, len(ids), 5000):
        rows = Reporter.objects.filter(case__in=ids[first : first + 5000])
        for case, phone, speaker, pk, at in rows.order_by("pk").values_list(
            "case_id", "phone_hash", "first_id", "pk", "joined_at"
        ):
            found[case].append((phone or f"voice {speaker or pk}", at))
    return found


def _read_arranged(
    window: Window, rows: list[Any], under: dict[int, list[tuple[int, int | None]]]
) -> None:
    """Read what people said: done under one head, or taken out of a topic."""
    here = {row[0] for row in rows}
    of_topic: dict[int, int] = {}
    for row in rows:
        if row[-1] is not None:
            of_topic.setdefault(row[-1], row[0])
    out = set()
    for case, number in Apart.objects.values_list("case_id", "topic__number"):
        if case in here and number in of_topic:
            window.apart.append(((case, 0), (of_topic[number], 0)))
            out.add(case)
    for told in under.values():
        window.together += _under_one_head(
            (pk, topic) for pk, topic in told if pk not in out
        )


def _under_one_head(told: Iterable[tuple[int, int | None]]) -> Iterable[Pair]:
    """Tie cases done under one head; two topics stay two, for a person made them so."""
    ranked = sorted(told, key=lambda one: (one[1] is None, one[0]))
    for pk, topic in ranked[1:]:
        if topic is None:
            yield ((ranked[0][0], 0), (pk, 0))
