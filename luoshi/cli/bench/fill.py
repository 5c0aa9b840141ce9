"""Fills a demo town with cases by the database's own bulk load, over ten years.

Run as a process of its own: `python -m luoshi.cli.bench.fill ROWS SEED [FILE]`.
The rows are as the actions write them, but the chain's seals hold no true digests: the
scheduler would seal millions of entries while the pages are measured.
"""

import csv
import os
import random
import sys
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from luoshi.core.clock import now

YEARS, BATCH = 10, 5000
# Of a hundred: still open, then how the closed ones ended.
OPEN_SHARE, MOST_OPEN = 0.03, 3000
ENDINGS = ["solved"] * 62 + ["partly"] * 14 + ["not_solved"] * 6
ENDINGS += ["no_verdict"] * 12 + ["destination"] * 6
SATISFIED = {"solved": "satisfied", "partly": "neutral", "not_solved": "not"}
SAID = {"solved": "solved", "partly": "partly", "not_solved": "not"}


class Table:
    """Puts rows of a model into its table; what is not said has the model's default."""

    def __init__(self, model: Any, connection: Any, **same: Any) -> None:
        fields = model._meta.concrete_fields
        example = model(**same)
        self.connection, self.table = connection, model._meta.db_table
        self.columns = [field.column for field in fields]
        self.place = {column: at for at, column in enumerate(self.columns)}
        self.base = [
            field.get_db_prep_save(getattr(example, field.attname), connection)
            for field in fields
        ]

    def row(self, **told: Any) -> list[Any]:
        """Return a row with what is said of it, by column."""
        row = self.base.copy()
        for column, value in told.items():
            row[self.place[column]] = value
        return row

    def put(self, rows: list[list[Any]]) -> None:
        """Load rows."""
        put(self.connection, self.table, self.columns, rows)


def put(
    connection: Any, table: str, columns: list[str], rows: Iterable[list[Any]]
) -> None:
    """Load rows in the quickest way that a database has."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join("?" * len(columns))
            connection.connection.executemany(
                f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows
            )
            return
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)


def texts_of(file: str) -> list[str]:
    """Return texts: of a CSV's longest column, or made-up ones."""
    if file and Path(file).exists():
        with Path(file).open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.reader(opened))[1:]
        return [max(row, key=len).replace(" ", "")[:400] for row in rows if row]
    from luoshi.demo.names import STORIES, WHERE

    stories = [text for texts in STORIES.values() for text in texts]
    return [f"{where}{story}" for story in stories for where in WHERE]


def fill(rows: int, seed: int, file: str) -> None:
    """Add so many cases to the only town."""
    from django.db import connection, transaction
    from django_scopes import scope

    from luoshi.core.models import Town

    town = Town.objects.get()
    with scope(town=town), transaction.atomic():
        filler = Filler(town, connection, random.Random(seed), texts_of(file))
        for first in range(0, rows, BATCH):
            filler.batch(min(BATCH, rows - first), first, rows)
        filler.set_sequences()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class Filler:
    """Makes rows of every table for one batch of cases at a time."""

    def __init__(
        self, town: Any, connection: Any, chance: random.Random, texts: list[str]
    ) -> None:
        from luoshi.cases.models import Case, Publication, Reporter
        from luoshi.commitments.models import Category, Commitment, Hop, Verdict
        from luoshi.core.models import (
            Organisation,
            Person,
            SearchRow,
            TrailEntry,
            TrailSeal,
            Village,
        )
        from luoshi.core.search import terms_text

        self.town, self.connection, self.chance = town, connection, chance
        self.lite = connection.vendor == "sqlite"
        self.texts = [(text, terms_text(text[:40], text)) for text in texts]
        self.villages = list(Village.objects.values_list("pk", flat=True))
        self.categories = list(
            Category.objects.exclude(organisation=None).values_list(
                "pk", "organisation_id"
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
        same = {"town_id": town.pk}
        self.tables = {
            model: Table(model, connection, **same)
            for model in (
                *(Case, Publication, Reporter, Commitment, Hop, Verdict),
                *(SearchRow, TrailEntry, TrailSeal),
            )
        }
        self.models = (
            *(Commitment, Case, Reporter, Hop, Verdict, Publication, SearchRow),
            TrailEntry,
            TrailSeal,
        )
        last = TrailSeal.objects.order_by("-sequence").first()
        self.sequence = last.sequence if last else 0
        self.next = {model: self._highest(model) + 1 for model in self.models}

    def _highest(self, model: Any) -> int:
        newest = model._base_manager.order_by("-pk").values_list("pk", flat=True)
        return newest.first() or 0

    def _id(self, model: Any) -> int:
        self.next[model] += 1
        return self.next[model] - 1

    def _at(self, moment: datetime) -> Any:
        return moment.strftime("%Y-%m-%d %H:%M:%S.%f") if self.lite else moment

    def batch(self, count: int, first: int, rows: int) -> None:
        """Make and load one batch."""
        found: dict[Any, list[list[Any]]] = {model: [] for model in self.models}
        terms: list[list[Any]] = []
        for number in range(first, first + count):
            self._case(number, rows, found, terms)
        for model in self.models:
            self.tables[model].put(found[model])
        column = "rowid" if self.lite else "id"
        if self.lite:
            put(self.connection, "core_searchterms", [column, "terms"], terms)
            return
        with self.connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO core_searchterms(id, terms) VALUES "
                "(%s, array_to_tsvector(string_to_array(%s, ' ')))",
                terms,
            )

    def _case(
        self,
        number: int,
        rows: int,
        found: dict[Any, list[list[Any]]],
        terms: list[list[Any]],
    ) -> None:
        commitment, case, reporter, hop, verdict, publication, _rows, trail, seal = (
            self.models
        )
        chance = self.chance
        # More each year: as many in the last year as a town's line has now.
        age = timedelta(days=YEARS * 365) * (1 - (number / rows) ** 0.8)
        start = now() - age - timedelta(seconds=chance.randrange(60))
        live = rows - number <= min(MOST_OPEN, rows * OPEN_SHARE)
        text, words = chance.choice(self.texts)
        village = chance.choice(self.villages)
        category, office = chance.choice(self.categories)
        owner = self.owners[office]
        ending = "" if live else chance.choice(ENDINGS)
        due = start + timedelta(days=chance.randrange(4, 12))
        done = start + timedelta(days=chance.randrange(1, 14))
        state = chance.choice(["assigned", "taken", "in_hand", "submitted", "awaiting"])
        public = chance.random() < 0.3
        shown = f"{self.town.prefix}-{10_000_000 + number}"
        one, own = self._id(commitment), self._id(case)
        found[commitment].append(
            self.tables[commitment].row(
                id=one,
                kind="case",
                number=shown,
                title=text[:40],
                village_id=village,
                category_id=category,
                visibility="public" if public else "internal",
                state=state if live else "closed",
                owner_organisation_id=office,
                owner_id=owner,
                started_at=self._at(start),
                counted_from=self._at(start),
                term_amount=7,
                term_unit="workdays",
                yellow_at=self._at(due - timedelta(days=1)),
                due_at=self._at(due),
                assigned_at=self._at(start + timedelta(hours=2)),
                submitted_at=None if live else self._at(done),
                closed_at=None if live else self._at(done + timedelta(days=2)),
                ending=ending,
                satisfied=SATISFIED.get(ending, ""),
            )
        )
        found[case].append(
            self.tables[case].row(
                id=own,
                commitment_id=one,
                number=shown,
                subject=text[:40],
                text=text,
                village_id=village,
                channel="web",
                received_at=self._at(start),
            )
        )
        uid = uuid.UUID(int=chance.getrandbits(128), version=4)
        judge = self._id(reporter)
        found[reporter].append(
            self.tables[reporter].row(
                id=judge,
                case_id=own,
                uid=uid.hex if self.lite else uid,
                code_hash=uid.hex,
                joined_at=self._at(start),
            )
        )
        hands = [(self.desk_office, self.desk, 0, 2), (office, owner, 2, 0)]
        for where, who, since, until in hands:
            ends = start + timedelta(hours=until) if until else done
            found[hop].append(
                self.tables[hop].row(
                    id=self._id(hop),
                    commitment_id=one,
                    organisation_id=where,
                    person_id=who,
                    since=self._at(start + timedelta(hours=since)),
                    until=None if live and not until else self._at(ends),
                )
            )
        if ending in SAID:
            found[verdict].append(
                self.tables[verdict].row(
                    id=self._id(verdict),
                    commitment_id=one,
                    judge_id=judge,
                    solved=SAID[ending],
                    satisfied=SATISFIED[ending],
                    channel="web",
                    at=self._at(done + timedelta(days=2)),
                )
            )
        self._search(found, terms, "case", own, "internal", start, words)
        if public:
            told = self._id(publication)
            found[publication].append(
                self.tables[publication].row(
                    id=told,
                    commitment_id=one,
                    title=text[:40],
                    words=text[:200],
                    checked_by_id=self.desk,
                    released_at=self._at(done),
                )
            )
            self._search(found, terms, "ledger", told, "public", start, words)
        for code in ("cases.received", "commitments.taken", "commitments.submitted"):
            entry, self.sequence = self._id(trail), self.sequence + 1
            found[seal].append(
                self.tables[seal].row(
                    id=self._id(seal),
                    sequence=self.sequence,
                    entry_id=entry,
                    previous="0" * 64,
                    digest="0" * 64,
                )
            )
            found[trail].append(
                self.tables[trail].row(
                    id=entry,
                    code=code,
                    subject_kind="commitments.commitment",
                    subject_id=one,
                    at=self._at(start),
                    actor_kind="staff",
                    person_id=owner,
                    data="{}",
                )
            )

    def _search(
        self,
        found: dict[Any, list[list[Any]]],
        terms: list[list[Any]],
        kind: str,
        pk: int,
        seen: str,
        at: datetime,
        words: str,
    ) -> None:
        from luoshi.core.models import SearchRow
        from luoshi.core.search.index import tags_of

        row = SearchRow(town_id=self.town.pk, kind=kind, object_id=pk, at=at)
        index = self._id(SearchRow)
        found[SearchRow].append(
            self.tables[SearchRow].row(
                id=index, kind=kind, object_id=pk, visibility=seen, at=self._at(at)
            )
        )
        terms.append([index, f"{words} {' '.join(tags_of(row))}"])

    def set_sequences(self) -> None:
        """Let the database number on from the last row."""
        if self.lite:
            return
        with self.connection.cursor() as cursor:
            for model in self.models:
                table = model._meta.db_table
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), "
                    f'(SELECT max(id) FROM "{table}"))'
                )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.conf.settings")
    import django

    django.setup()
    fill(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
