"""Makes cases over ten years as the actions leave them, batch by batch.

Each row is what the actions write. Only the chain's seals hold no true digests: the
scheduler would seal millions of entries while the pages are measured.
"""

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from luoshi.cases.models import Case, Publication, Reporter
from luoshi.cli.bench.filling.load import Table, is_lite, load_terms
from luoshi.cli.bench.filling.words import Words
from luoshi.commitments.models import Category, Commitment, Hop, Verdict
from luoshi.core.clock import now
from luoshi.core.models import (
    Notice,
    Organisation,
    Person,
    SearchRow,
    Town,
    TrailEntry,
    TrailSeal,
    Village,
)
from luoshi.core.search.index import tags_of

YEARS = 10
# Of a hundred: still open; how the closed ones ended; how the open ones stand.
OPEN_SHARE, MOST_OPEN = 0.03, 3000
PUBLIC_SHARE, NO_VILLAGE_SHARE, THIRD_HAND_SHARE = 0.3, 0.04, 0.08
UNREAD = 2000
ENDINGS = {
    **{"solved": 60, "partly": 14, "not_solved": 6, "no_verdict": 10},
    **{"destination": 6, "accepted": 3, "history": 1},
}
STATES = {"received": 2, "assigned": 10, "taken": 25, "in_hand": 40} | {
    **{"submitted": 8, "awaiting": 12, "open_promise": 3},
}
SAID = {
    "solved": ("solved", "satisfied"),
    "partly": ("partly", "neutral"),
    "not_solved": ("not", "not"),
}
TRAIL = ("cases.received", "commitments.taken", "commitments.submitted")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Filler:
    """Makes and loads one batch of cases at a time."""

    def __init__(self, town: Town, rows: int, chance: random.Random, file: str) -> None:
        self.town, self.rows, self.chance = town, rows, chance
        self.lite, self.at, self.sequence = is_lite(), now(), 0
        self.null = None if self.lite else "\\N"
        self.words = Words(chance, file)
        self.villages = _by_rank(Village.objects.values_list("pk", flat=True))
        self.categories = _by_rank(
            Category.objects.exclude(organisation=None).values_list(
                "pk", "name", "organisation_id"
            )
        )
        self.owners = {
            office: Person.objects.filter(tenures__post__organisation=office)
            .values_list("pk", flat=True)
            .first()
            for office in Organisation.objects.values_list("pk", flat=True)
        }
        desk = Person.objects.get(account__username="dispatcher")
        self.desk, self.desk_office = desk.pk, desk.tenures.get().post.organisation_id
        last = TrailSeal.objects.order_by("-sequence").first()
        self.sequence = last.sequence if last else 0
        self.terms: list[tuple[int, str]] = []
        self._tables()

    def _tables(self) -> None:
        same: dict[str, Any] = {"town_id": self.town.pk}
        self.commitments = Table(
            Commitment,
            "id number title village_id category_id visibility state "
            "owner_organisation_id owner_id started_at counted_from yellow_at due_at "
            "assigned_at submitted_at closed_at ending satisfied ending_words",
            **same,
            **{"kind": "case", "term_amount": 7, "term_unit": "workdays"},
        )
        self.cases = Table(
            Case,
            "id commitment_id number subject text village_id received_at",
            **same,
            channel="web",
        )
        self.reporters = Table(Reporter, "id case_id uid code_hash joined_at", **same)
        self.hops = Table(
            Hop, "id commitment_id organisation_id person_id since until", **same
        )
        self.verdicts = Table(
            Verdict,
            "id commitment_id judge_id solved satisfied at",
            **same,
            channel="web",
        )
        self.publications = Table(
            Publication,
            "id commitment_id title words released_at",
            **same,
            checked_by_id=self.desk,
        )
        self.found = Table(SearchRow, "id kind object_id visibility at", **same)
        subject = {"subject_kind": "commitments.commitment"}
        self.trail = Table(
            TrailEntry,
            "id code subject_id at person_id",
            **same,
            **subject,
            actor_kind="staff",
        )
        digests = {"previous": "0" * 64, "digest": "0" * 64}
        self.seals = Table(TrailSeal, "id sequence entry_id", **same, **digests)
        self.notices = Table(
            Notice,
            "id message_id code person_id subject_id data not_before created_at "
            "sent_at read_at",
            **same,
            **subject,
            **{"channel": "inbox", "state": "sent"},
        )
        self.tables = [
            *(self.commitments, self.cases, self.reporters, self.hops, self.verdicts),
            *(self.publications, self.found, self.trail, self.seals, self.notices),
        ]

    @property
    def names(self) -> list[str]:
        """Return the names of the tables."""
        return [table.name for table in self.tables]

    def when(self, moment: datetime) -> str:
        """Write a moment as the database takes it."""
        if self.lite:
            return moment.replace(tzinfo=None).isoformat(" ")
        return moment.isoformat()

    def batch(self, first: int, count: int) -> None:
        """Make and load one batch."""
        chance = self.chance
        ids, weights = self.villages
        villages = chance.choices(ids, cum_weights=weights, k=count)
        kinds, weights = self.categories
        categories = chance.choices(kinds, cum_weights=weights, k=count)
        endings = chance.choices([*ENDINGS], [*ENDINGS.values()], k=count)
        texts = self.words.draw([name for _pk, name, _office in categories])
        told = zip(villages, categories, endings, texts, strict=True)
        for number, (village, category, ending, text) in enumerate(told, first):
            self._case(number, village, category, ending, text)
        for table in self.tables:
            table.load()
        load_terms(self.terms)
        self.terms = []

    def _case(
        self,
        number: int,
        village: int | None,
        category: tuple[int, str, int],
        ending: str,
        told: tuple[str, str, str],
    ) -> None:
        """Make the rows of one case."""
        title, text, terms = told
        chance, null, when = self.chance, self.null, self.when
        # More each year: as many in the last year as a town's line has now.
        age = timedelta(days=YEARS * 365) * (1 - (number / self.rows) ** 0.8)
        start = (self.at - age - timedelta(seconds=chance.randrange(60))).astimezone(
            UTC
        )
        live = self.rows - number <= min(MOST_OPEN, self.rows * OPEN_SHARE)
        if chance.random() < NO_VILLAGE_SHARE:
            village = null  # type: ignore[assignment]
        due = start + DAY * chance.randrange(4, 12)
        # Most are done in a few days, some take months.
        done = min(start + DAY * chance.lognormvariate(1.4, 0.8), self.at - HOUR)
        done = max(done, start + 3 * HOUR)
        closed = done + 2 * DAY * chance.random()
        state = chance.choices([*STATES], [*STATES.values()])[0] if live else "closed"
        if live:
            ending = ""
        public = chance.random() < PUBLIC_SHARE and state != "received"
        received = state == "received"
        office = self.desk_office if received else category[2]
        owner = self.desk if received else self.owners[category[2]]
        shown, one = f"{self.town.prefix}-{10_000_000 + number}", self.commitments.new()
        ended = null if live else when(closed)
        began = when(start)
        self.commitments.rows.append(
            (
                *(one, shown, title, village, category[0]),
                *("public" if public else "internal", state, office, owner),
                *(began, began, when(due - DAY), when(due)),
                null if received else when(start + 2 * HOUR),
                *(null if live else when(done), ended, ending),
                SAID.get(ending, ("", ""))[1],
                "等明年的资金" if state == "open_promise" else "",
            )
        )
        own = self.cases.new()
        self.cases.rows.append((own, one, shown, title, text, village, began))
        judge, uid = self.reporters.new(), f"{chance.getrandbits(128):032x}"
        self.reporters.rows.append((judge, own, uid, uid, began))
        self._hands(one, office, owner, start, None if live else done)
        if ending in SAID:
            self.verdicts.rows.append(
                (self.verdicts.new(), one, judge, *SAID[ending], ended)
            )
        self._search("case", own, "internal", start, terms)
        if public:
            page = self.publications.new()
            self.publications.rows.append(
                (page, one, title, text[:200], when(start + DAY))
            )
            self._search("ledger", page, "public", start, terms)
        self._trail(one, owner, began)
        self._notices(number, one, shown, owner, began)

    def _hands(
        self, one: int, office: int, owner: Any, start: datetime, done: datetime | None
    ) -> None:
        """Make the hops: the desk, sometimes another office, then the owner."""
        until = self.null if done is None else self.when(done)
        hops: list[tuple[int, Any, datetime]] = []
        hops.append((self.desk_office, self.desk, start))
        if owner != self.desk:
            if self.chance.random() < THIRD_HAND_SHARE:
                other = self.chance.choice(self.categories[0])[2]
                hops.append((other, self.owners[other], start + 2 * HOUR))
            hops.append((office, owner, start + 3 * HOUR))
        ends = [*(self.when(hop[2]) for hop in hops[1:]), until]
        for (where, who, since), end in zip(hops, ends, strict=True):
            self.hops.rows.append(
                (self.hops.new(), one, where, who, self.when(since), end)
            )

    def _search(self, kind: str, pk: int, seen: str, at: datetime, terms: str) -> None:
        index = self.found.new()
        self.found.rows.append((index, kind, pk, seen, self.when(at)))
        row = SearchRow(town_id=self.town.pk, kind=kind, object_id=pk, at=at)
        self.terms.append((index, f"{terms} {' '.join(tags_of(row))}"))

    def _trail(self, one: int, owner: Any, at: str) -> None:
        for code in TRAIL:
            entry = self.trail.new()
            self.sequence += 1
            self.trail.rows.append((entry, code, one, at, owner))
            self.seals.rows.append((self.seals.new(), self.sequence, entry))

    def _notices(self, number: int, one: int, shown: str, owner: Any, at: str) -> None:
        """Tell the desk and the owner; only of the newest something is unread."""
        unread = self.rows - number <= UNREAD and self.chance.random() < 0.05
        read = self.null if unread else at
        data = f'{{"number": "{shown}", "title": "{shown}"}}'
        for code, who in (
            ("commitments.to_accept", self.desk),
            ("commitments.given_to_you", owner),
        ):
            uid = f"{self.chance.getrandbits(128):032x}"
            self.notices.rows.append(
                (self.notices.new(), uid, code, who, one, data, at, at, at, read)
            )


def _by_rank(rows: Iterable[Any]) -> tuple[list[Any], list[float]]:
    """Return rows with weights added up: the first is met most, the last rarely."""
    found = list(rows)
    return found, list(accumulate(1 / (rank + 2) for rank in range(len(found))))
