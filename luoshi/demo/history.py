"""The year behind the demo town, written in bulk.

Only here are rows made without their actions: three thousand cases would take minutes
through them. What the actions would have left is left: hops, evidence, reviews,
verdicts, search terms and the trail. The last weeks go through the real actions.
"""

import os
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from luoshi.cases.actions.intake import make_voice, subject_of
from luoshi.cases.models import Case, Reporter
from luoshi.commitments.actions import dispatch_desk
from luoshi.commitments.models import (
    Category,
    Commitment,
    Ending,
    Evidence,
    Hop,
    Kind,
    Review,
    State,
    Verdict,
)
from luoshi.commitments.terms import count_due, term_of
from luoshi.core.clock import at
from luoshi.core.models import (
    Person,
    SearchRow,
    Tenure,
    Town,
    TrailContent,
    TrailEntry,
    Village,
)
from luoshi.core.numbers import next_number
from luoshi.core.search import terms_text
from luoshi.core.search.index import write_terms
from luoshi.core.trail import content_for, digest_of_words
from luoshi.demo.names import DONE, STORIES, WHERE

BATCH = 500
# How the matters of the year ended, in parts of a hundred.
ENDINGS = {
    Ending.SOLVED: 77,
    Ending.PARTLY: 11,
    Ending.NO_VERDICT: 6,
    Ending.DESTINATION: 5,
    Ending.NOT_SOLVED: 1,
}
SATISFIED = {Ending.SOLVED: "satisfied", Ending.PARTLY: "neutral"}
SAID = {Ending.SOLVED: "solved", Ending.PARTLY: "partly", Ending.NOT_SOLVED: "not"}


# Code, time, who, data, words of a trail entry.
Told = tuple[str, datetime, Person | None, dict[str, Any], str]


@dataclass
class Cast:
    """Who and what a case can be made of."""

    town: Town
    staff: dict[str, Person]
    categories: dict[str, Category]
    villages: list[Village]
    desk: Tenure


@dataclass
class Life:
    """One case of the past, with all its rows."""

    commitment: Commitment
    case: Case
    reporters: list[Reporter]
    times: list[datetime]
    handler: Person
    trail: list[Told] = field(default_factory=list)


def tell(chance: random.Random, cast: Cast) -> tuple[Category, str, Village]:
    """Return what somebody says: the category, the words, the village."""
    name = chance.choice(list(STORIES))
    text = f"{chance.choice(WHERE)}，{chance.choice(STORIES[name])}。"
    return cast.categories[name], text, chance.choice(cast.villages)


def write_history(
    chance: random.Random, cast: Cast, starts: Iterable[datetime], now: datetime
) -> None:
    """Write closed cases that began at the given moments."""
    pending: list[datetime] = list(starts)
    for first in range(0, len(pending), BATCH):
        _write_batch(chance, cast, pending[first : first + BATCH], now)


@transaction.atomic(durable=True)
def _write_batch(
    chance: random.Random, cast: Cast, starts: list[datetime], now: datetime
) -> None:
    number = next_number(cast.town.pk, "case", len(starts))
    lives = [
        _life(chance, cast, start, number + place, now)
        for place, start in enumerate(starts)
    ]
    Commitment.objects.bulk_create([life.commitment for life in lives])
    for life in lives:
        life.case.commitment = life.commitment
    Case.objects.bulk_create([life.case for life in lives])
    for life in lives:
        for reporter in life.reporters:
            reporter.case = life.case
    Reporter.objects.bulk_create([one for life in lives for one in life.reporters])
    _write_steps(chance, cast, lives)
    _write_search(cast.town, lives)
    _write_trail(cast.town, lives)


def _life(
    chance: random.Random, cast: Cast, start: datetime, number: int, now: datetime
) -> Life:
    category, text, village = tell(chance, cast)
    office = category.organisation
    assert office is not None
    handler = cast.staff[office.name]
    hours = [1, 6, 30, chance.choice([30, 60, 90, 200]), 12, 40]
    times, moment = [start], start
    for most in hours:
        moment += timedelta(minutes=chance.randrange(20, most * 60))
        times.append(min(moment, now))
    ending = chance.choices(list(ENDINGS), list(ENDINGS.values()))[0]
    term = term_of(cast.town, category, urgent=False)
    due = count_due(cast.town, start, term)
    title, shown = subject_of(text), f"{cast.town.prefix}-{number}"
    commitment = Commitment(
        town=cast.town,
        kind=Kind.CASE,
        number=shown,
        title=title,
        village=village,
        category=category,
        state=State.CLOSED,
        owner_organisation=office,
        owner=handler,
        done_by=handler,
        accepted_by=cast.staff["inspector"],
        started_at=start,
        counted_from=start,
        term_amount=term.amount,
        term_unit=term.unit,
        yellow_at=due.yellow_at,
        due_at=due.due_at,
        assigned_at=times[1],
        submitted_at=times[4],
        accepted_at=times[5],
        closed_at=times[6],
        ending=ending,
        satisfied=SATISFIED.get(ending, "not") if ending in SAID else "",
        ending_words="县供电公司，95598" if ending == Ending.DESTINATION else "",
    )
    case = Case(
        town=cast.town,
        number=shown,
        subject=title,
        text=text,
        village=village,
        channel=chance.choice(["web", "web", "phone", "counter"]),
        received_at=start,
    )
    voices = chance.choices([1, 2, 3, 7], [80, 12, 6, 2])[0]
    with at(start):
        reporters = [_voice(chance, cast.town) for _voice_number in range(voices)]
    life = Life(commitment, case, reporters, times, handler)
    life.trail = _trail_of(chance, cast, life, ending)
    return life


def _voice(chance: random.Random, town: Town) -> Reporter:
    phone = f"139{chance.randrange(10**8):08d}"
    name = chance.choice("王李张刘陈杨赵黄周吴徐孙") + chance.choice(
        "军兰明燕波娟伟㐂𠮷"
    )
    return make_voice(town.pk, name=name, phone=phone, answer="sms")[0]


def _trail_of(
    chance: random.Random, cast: Cast, life: Life, ending: Ending
) -> list[Told]:
    """Return what the actions would have written: code, time, who, data, words."""
    times, handler = life.times, life.handler
    desk, inspector = cast.desk.person, cast.staff["inspector"]
    office = life.commitment.owner_organisation.name
    to = {"office": office, "person": handler.name}
    trail: list[Told] = [
        ("cases.received", times[0], None, {"channel": life.case.channel}, ""),
    ]
    if ending == Ending.DESTINATION:
        words = life.commitment.ending_words
        return [*trail, ("commitments.passed_on", times[1], desk, {}, words)]
    done = chance.choice(DONE)
    trail += [
        ("commitments.dispatched", times[1], desk, to, ""),
        ("commitments.taken", times[2], handler, {}, ""),
        ("commitments.progress", times[3], handler, {}, "到现场看过了。"),
        ("commitments.submitted", times[4], handler, {}, done),
        ("commitments.accepted", times[5], inspector, {}, ""),
    ]
    if ending in SAID:
        told = {"solved": SAID[ending], "satisfied": SATISFIED.get(ending, "not")}
        trail.append(("commitments.judged", times[6], None, told, ""))
    trail.append(("commitments.closed", times[6], None, {"ending": ending}, ""))
    return trail


def _write_steps(chance: random.Random, cast: Cast, lives: list[Life]) -> None:
    """Write hops, evidence, reviews and verdicts."""
    hops, evidence, reviews, verdicts = [], [], [], []
    for life in lives:
        common: dict[str, Any] = {"town": cast.town, "commitment": life.commitment}
        times, desk = life.times, cast.desk
        organisation = life.commitment.owner_organisation
        hops.append(
            Hop(
                **common,
                organisation=desk.post.organisation,
                person=desk.person,
                since=times[0],
                until=times[1],
            )
        )
        hops.append(
            Hop(
                **common,
                organisation=organisation,
                person=life.handler,
                since=times[1],
                until=times[6],
            )
        )
        words = [one[4] for one in life.trail if one[0] == "commitments.submitted"]
        if not words:
            continue
        evidence.append(
            Evidence(**common, words=words[0], by=life.handler, at=times[4])
        )
        reviews.append(
            Review(**common, by=cast.staff["inspector"], at=times[5], accepted=True)
        )
        ending = Ending(life.commitment.ending)
        if ending in SAID:
            verdicts.append(
                Verdict(
                    **common,
                    judge_id=life.reporters[0].pk,
                    solved=SAID[ending],
                    satisfied=SATISFIED.get(ending, "not"),
                    channel="web",
                    at=times[6],
                )
            )
    Hop.objects.bulk_create(hops)
    Evidence.objects.bulk_create(evidence)
    Review.objects.bulk_create(reviews)
    Verdict.objects.bulk_create(verdicts)


def _write_search(town: Town, lives: list[Life]) -> None:
    rows = SearchRow.objects.bulk_create(
        [
            SearchRow(
                town=town,
                kind="case",
                object_id=life.case.pk,
                visibility=life.case.visibility,
                at=life.case.received_at,
            )
            for life in lives
        ]
    )
    write_terms(
        [
            (
                row,
                terms_text(f"{life.case.subject}\n{life.case.number}", life.case.text),
            )
            for row, life in zip(rows, lives, strict=True)
        ]
    )


def _write_trail(town: Town, lives: list[Life]) -> None:
    """Write entries in the order of time, and the words that some of them have."""
    entries, told = [], []
    for life in lives:
        for code, moment, person, data, words in life.trail:
            salt = os.urandom(16) if words else b""
            entries.append(
                TrailEntry(
                    town=town,
                    code=code,
                    subject_kind="commitments.commitment",
                    subject_id=life.commitment.pk,
                    at=moment,
                    actor_kind="staff" if person else "resident",
                    person=person,
                    data=data,
                    content_digest=digest_of_words(salt, words) if words else "",
                )
            )
            told.append((salt, words))
    pairs = sorted(zip(entries, told, strict=True), key=lambda pair: pair[0].at)
    made = TrailEntry.objects.bulk_create([entry for entry, _told in pairs])
    TrailContent.objects.bulk_create(
        content_for(entry, salt, words)
        for entry, (_entry, (salt, words)) in zip(made, pairs, strict=True)
        if words
    )


def cast_of(town: Town, staff: dict[str, Person]) -> Cast:
    """Return who and what the town's cases are made of."""
    categories = Category.objects.select_related("organisation")
    return Cast(
        town,
        staff,
        {category.name: category for category in categories},
        list(Village.objects.all()),
        dispatch_desk(town),
    )
