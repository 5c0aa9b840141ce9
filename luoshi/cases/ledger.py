"""Reads of the public ledger: only what was published, and only its public text."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.safestring import SafeString

from luoshi.cases.figures.conditions import STARTED, matters
from luoshi.cases.models import Publication, Signal
from luoshi.cases.queries import Line
from luoshi.cases.sealed_queries import without_sealed
from luoshi.cases.tellings import FOR_EVERYBODY
from luoshi.commitments.models import Commitment, Ending, State
from luoshi.commitments.models.commitment import (
    LIVE_STATES,
    OPEN_STATES,
    UNSOLVED_BY_LAW,
    Visibility,
)
from luoshi.commitments.queries import Light, light_of
from luoshi.commitments.queries.partial import (
    CLOSED_INDEX,
    OPEN_INDEX,
    PUBLIC_INDEX,
)
from luoshi.core.clock import now
from luoshi.core.files import files_of
from luoshi.core.models import StoredFile, Town, Village
from luoshi.core.search import Words, excerpt_beside, find_titles_first, highlight
from luoshi.core.trail import entries_of, sentence_of
from luoshi.core.villages import former_by_head, of_village, village_now

ROWS = 30
MOST_FOUND = 500
RECENT, YEAR = timedelta(days=30), timedelta(days=365)
READY_TO_PUBLISH = (State.TAKEN, State.IN_HAND, State.AWAITING, State.CLOSED)


@dataclass(frozen=True)
class Filters:
    """What the reader narrows to; empty narrows nothing."""

    village: int | None = None
    category: int | None = None
    light: str = ""
    words: str = ""


@dataclass(frozen=True)
class Entry:
    """One published matter as a row; `words` are those that it was found by."""

    commitment: Commitment
    light: Light
    words: str = ""

    @property
    def title(self) -> SafeString:
        """Return the title, with what was looked for marked."""
        return highlight(self.commitment.publication.title, self.words)

    @property
    def excerpt(self) -> SafeString:
        """Return where the text has what was looked for, if the title has not."""
        told = self.commitment.publication
        return excerpt_beside(told.title, told.words, self.words)

    @property
    def verdict(self) -> str:
        """Return the verdict in the residents' words; empty where there is none."""
        judged = (Ending.SOLVED, Ending.PARTLY, Ending.NOT_SOLVED)
        done = self.commitment.ending in judged
        return str(self.commitment.get_ending_display()) if done else ""


@dataclass(frozen=True)
class Page:
    """One page; `older` is the key of the next, or empty: of a search its place."""

    entries: list[Entry] = field(default_factory=list)
    older: str = ""


def lights(at: datetime) -> dict[str, Q]:
    """Return what each light holds."""
    running = Q(state__in=LIVE_STATES, paused=False)
    return {
        "late": running & Q(due_at__lt=at),
        "soon": running & Q(due_at__gte=at, yellow_at__lte=at),
        "ok": running & Q(yellow_at__gt=at),
        "paused": Q(state__in=LIVE_STATES, paused=True),
        "waiting": Q(state=State.AWAITING),
        "promise": Q(state=State.OPEN_PROMISE),
        "closed": Q(state=State.CLOSED),
    }


def published(town: Town, *, still_open: bool = False) -> QuerySet[Commitment]:
    """Return the published matters of a town: the only door to the public pages.

    What is still open is little beside all that was ever published: asked for alone, it
    is found among what is open, not by reading ten years of the ledger.
    """
    known = OPEN_INDEX if still_open else PUBLIC_INDEX
    rows = Commitment.objects.filter(known, town=town, visibility=Visibility.PUBLIC)
    return rows.filter(state__in=OPEN_STATES) if still_open else rows


def with_names(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Read the rows that an entry names, but the town."""
    # Without the town: with it SQLite begins there and sorts everything.
    return rows.select_related(
        "village", "category", "owner", "owner_organisation", "publication"
    )


def _narrowed(town: Town, filters: Filters) -> QuerySet[Commitment]:
    known = lights(now())
    open_light = filters.light in known and filters.light != "closed"
    rows = published(town, still_open=open_light)
    if filters.village:
        rows = rows.filter(of_village(filters.village))
    if filters.category:
        rows = rows.filter(category=filters.category)
    if filters.light in known:
        rows = rows.filter(known[filters.light])
    return rows


def _found_page(town: Town, filters: Filters, after: str) -> Page:
    """Return one page of what has the words, in the search's own order."""
    hits = find_titles_first(
        Words(town, filters.words, "ledger"), visibility=("public",), most=MOST_FOUND
    )
    shown = dict(
        _narrowed(town, filters)
        .filter(publication__in=hits)
        .values_list("publication", "pk")
    )
    ids = [shown[hit] for hit in hits if hit in shown]
    first = int(after) if after.isdecimal() and len(after) < 5 else 0
    on_page = ids[first : first + ROWS]
    found = {one.pk: one for one in with_names(published(town).filter(pk__in=on_page))}
    older = f"{first + ROWS}" if len(ids) > first + ROWS else ""
    # A matter can be taken off in this very moment.
    rows = [found[pk] for pk in on_page if pk in found]
    for one in rows:
        one.town = town
    return Page([_entry(one, filters.words) for one in rows], older)


def ledger_page(town: Town, filters: Filters, after: str = "") -> Page:
    """Return one page, the newest first word first; of a search, its titles first."""
    if filters.words:
        return _found_page(town, filters, after)
    rows = _narrowed(town, filters)
    key = _read_key(after)
    if key:
        # The first condition alone is what an index can begin at.
        rows = rows.filter(started_at__lte=key[0]).filter(
            Q(started_at__lt=key[0]) | Q(pk__lt=key[1])
        )
    found = list(with_names(rows).order_by("-started_at", "-pk")[: ROWS + 1])
    for one in found:
        one.town = town
    last = found[ROWS - 1] if len(found) > ROWS else None
    older = f"{last.started_at.isoformat()}~{last.pk}" if last else ""
    return Page([_entry(one) for one in found[:ROWS]], older)


def _read_key(after: str) -> tuple[datetime, int] | None:
    try:
        moment, pk = after.split("~")
        return datetime.fromisoformat(moment), int(pk)
    except ValueError:
        return None


def _entry(commitment: Commitment, words: str = "") -> Entry:
    return Entry(commitment, light_of(commitment), words)


@dataclass(frozen=True)
class Matter:
    """One published matter with its steps, without anybody's words."""

    entry: Entry
    publication: Publication
    photos: list[StoredFile]
    lines: list[Line]


def open_published(town: Town, number: str) -> Commitment:
    """Return a published matter; hidden and missing look alike."""
    found = with_names(published(town)).filter(number=number).first()
    if found is None:
        raise Http404
    found.town = town
    return found


def matter_of(commitment: Commitment) -> Matter:
    """Return what everybody may read of a matter, newest step first."""
    lines = [
        Line(entry.at, sentence_of(entry))
        for entry in without_sealed(entries_of(commitment))
        if entry.code in FOR_EVERYBODY
    ]
    publication = commitment.publication
    return Matter(
        _entry(commitment),
        publication,
        files_of(publication),
        sorted(lines, key=lambda line: line.at, reverse=True),
    )


@dataclass(frozen=True)
class Asked:
    """What came of all that a village asked for in a year; the parts add up."""

    doing: int
    promised: int
    done: int
    # Of those done: what was passed to who is responsible.
    passed_on: int
    # Closed lawfully without being done.
    not_done: int

    @property
    def total(self) -> int:
        """Return how much was asked for."""
        return self.doing + self.promised + self.done + self.not_done


@dataclass(frozen=True)
class VillagePage:
    """What a village asked for, what is being done, and what was done."""

    village: Village
    # What became part of it, with its matters.
    former: list[Village]
    asked: Asked
    doing: list[Entry]
    done: list[Entry]
    promised: list[Entry]
    private_doing: int
    private_done: int


def village_page(town: Town, village_id: int, most: int = 10) -> VillagePage:
    """Return a village's page; what is not published only as a count."""
    village = village_now(village_id)
    if village is None:
        raise Http404
    family = of_village(village.pk)
    still_open = published(town, still_open=True).filter(family)
    parts = [
        still_open.filter(state__in=[*LIVE_STATES, State.AWAITING]),
        published(town).filter(family, state=State.CLOSED),
        still_open.filter(state=State.OPEN_PROMISE),
    ]
    lists = []
    for part in parts:
        newest = with_names(part).order_by("-started_at", "-pk")[:most]
        for one in newest:
            one.town = town
        lists.append([_entry(one) for one in newest])
    private = Commitment.objects.filter(
        family, town=town, visibility=Visibility.INTERNAL, parent=None
    )
    doing = private.filter(OPEN_INDEX, state__in=[*LIVE_STATES, State.AWAITING])
    closed = private.filter(
        CLOSED_INDEX, state=State.CLOSED, closed_at__gte=now() - RECENT
    )
    closed = closed.exclude(ending__in=[Ending.MERGED, Ending.HISTORY])
    return VillagePage(
        village,
        former_by_head().get(village.pk, []),
        _asked(family),
        lists[0],
        lists[1],
        lists[2],
        private_doing=doing.count(),
        private_done=closed.count(),
    )


def _asked(family: Q) -> Asked:
    """Count what came in over a year, each matter once, by where it stands now."""
    rows = (
        matters()
        .filter(STARTED["received"], family, started_at__gte=now() - YEAR)
        .values("state", "ending")
        .annotate(n=Count("pk"))
    )
    counts: Counter[str] = Counter()
    for row in rows:
        closed = row["state"] == State.CLOSED
        promised = row["state"] == State.OPEN_PROMISE
        ended = "not_done" if row["ending"] in UNSOLVED_BY_LAW else "done"
        counts[ended if closed else "promised" if promised else "doing"] += row["n"]
        if closed and row["ending"] == Ending.DESTINATION:
            counts["passed_on"] += row["n"]
    return Asked(
        *(counts["doing"], counts["promised"], counts["done"]),
        *(counts["passed_on"], counts["not_done"]),
    )


def to_release(town: Town, after: int = 0, most: int = 30) -> list[Commitment]:
    """Return matters that nobody decided to publish or not, the newest first."""
    rows = Commitment.objects.filter(
        town=town,
        visibility=Visibility.INTERNAL,
        parent=None,
    )
    decided = Publication.objects.filter(commitment=OuterRef("pk"))
    # By what is left out: an index of states would give all that is closed first.
    not_ready = [state for state in State if state not in READY_TO_PUBLISH]
    rows = rows.exclude(ending__in=[Ending.MERGED, Ending.HISTORY])
    rows = rows.exclude(state__in=not_ready).exclude(Exists(decided))
    if after:
        rows = rows.filter(pk__lt=after)
    # Without the town: with it SQLite begins there and sorts everything.
    found = list(rows.select_related("village", "category").order_by("-pk")[:most])
    for one in found:
        one.town = town
    return found


def signals_of(commitment: Commitment) -> list[Signal]:
    """Return what neighbours said of a matter, the newest first."""
    return list(commitment.signals.order_by("-pk")[:20])
