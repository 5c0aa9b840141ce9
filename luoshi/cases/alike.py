"""Which open matters are probably the same as one being told, or as one at the desk.

The village's newest and what the search finds by the rarest words are candidates; the
engine says how likely each is the same matter. Nothing is kept between two look-ups
but how common words are in the town (`common`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from luoshi.cases.common import common_of
from luoshi.cases.models import Case
from luoshi.commitments.models import Commitment, State
from luoshi.commitments.models.commitment import OPEN_STATES
from luoshi.commitments.queries.partial import OPEN_INDEX
from luoshi.core.clock import now
from luoshi.core.gazetteer import town_gazetteer
from luoshi.core.models import Town, Village
from luoshi.core.search import Words, find_likely
from luoshi.core.villages import family_of
from luoshi.engines import similarity
from luoshi.engines.similarity import PROBABLY

# So many are compared, so many of them the village's newest; so many hits of the search
# are asked whether they are still open.
MOST, NEWEST, FOUND = 200, 50, 600
# Below this somebody who reads the list would shake the head; nobody reads on for long.
WORTH_SHOWING, MOST_SHOWN = 0.3, 20
# What the engine reads of a case: no whole row is made of what is then not shown.
TOLD = (
    *("pk", "text", "place", "subject", "received_at"),
    *("village", "village__head"),
)


@dataclass(frozen=True)
class Alike:
    """An open case, how likely it is the same matter, and how many told it."""

    case: Case
    score: float
    people: int = 0
    # Told of two villages: the same words mean two lamps.
    elsewhere: bool = False

    @property
    def probably(self) -> bool:
        """Tell whether to say "probably the same": nine of ten such pairs were."""
        return self.score >= PROBABLY and not self.elsewhere

    @property
    def public_title(self) -> str:
        """Return what anybody may read of it; empty where there is nothing."""
        return public_title_of(self.case)


def public_title_of(case: Case) -> str:
    """Return the published title, or kind and place; the words are of who told them."""
    published = getattr(case.commitment, "publication", None)
    if published is not None and published.withdrawn_at is None:
        return str(published.title)
    category = case.commitment.category
    if category is None:
        return ""
    return " · ".join([category.name, *([str(case.village)] if case.village else [])])


def heads_open(rows: QuerySet[Case] | None = None) -> QuerySet[Case]:
    """Return the cases that can take another in: open, looked at, no part."""
    rows = Case.objects.all() if rows is None else rows
    return rows.filter(held=False, commitment__parent=None).exclude(
        commitment__state=State.CLOSED
    )


def alike_open(
    asked: similarity.Case,
    town: Town,
    rows: QuerySet[Case],
    family: list[int] | None = None,
) -> list[Alike]:
    """Return those of some open cases that are like a text, the likeliest first.

    `family` are the ids of the text's village and its former ones, where known.
    """
    if family is None:
        family = family_of(int(asked.village)) if asked.village else []
    words = Words(town, f"{asked.subject} {asked.text}", "case")
    likely = find_likely(words, most=FOUND)
    newest = _newest(family)
    # One question for both: it is asked while somebody waits.
    either = Q(pk__in=likely) | Q(commitment__in=newest)
    seen = dict(rows.filter(either).values_list("pk", "commitment"))
    ids = [pk for pk, commitment in seen.items() if commitment in set(newest)]
    ids += [pk for pk in likely if pk in seen]
    asked_of = rows.filter(pk__in=list(dict.fromkeys(ids))[:MOST])
    told = {row[0]: _told(*row) for row in asked_of.values_list(*TOLD)}
    scored = similarity.similar(
        asked, [*told.values()], weights=common_of(town), gazetteer=town_gazetteer()
    )
    worth = [(int(str(pk)), score) for pk, score in scored if score >= WORTH_SHOWING]
    worth = worth[:MOST_SHOWN]
    shown = (
        rows.filter(pk__in=[pk for pk, _score in worth])
        .select_related(
            "village__head",
            "commitment__category",
            "commitment__publication",
            "commitment__owner_organisation",
        )
        .annotate(people=Count("reporters"))
    )
    known = {case.pk: case for case in shown}
    return [
        _alike(known[pk], score, asked, told[pk].village)
        for pk, score in worth
        if pk in known
    ]


def _alike(case: Any, score: float, asked: similarity.Case, village: str) -> Alike:
    elsewhere = bool(asked.village and village and asked.village != village)
    return Alike(case, score, case.people, elsewhere)


def _newest(family: list[int]) -> list[int]:
    """Return the newest commitments of a village, which may say it in other words."""
    if not family:
        return []
    # Beginning with the cases, a database looks through all of the village's years;
    # with the ids left as a question inside, it does so again.
    here = Commitment.objects.filter(
        OPEN_INDEX, state__in=OPEN_STATES, parent=None, village__in=family
    )
    return list(here.order_by("-started_at").values_list("pk", flat=True)[:NEWEST])


def _told(
    pk: int,
    text: str,
    place: str,
    subject: str,
    received_at: datetime,
    village: int | None,
    head: int | None,
) -> similarity.Case:
    """Return a case as the engine reads it; a former village is what it is part of."""
    return similarity.Case(
        pk,
        f"{text} {place}",
        "" if text.startswith(subject) else subject,
        received_at,
        "" if village is None else str(head or village),
    )


def told_of(case: Case) -> similarity.Case:
    """Return a case as the engine reads it."""
    village = case.village
    head = None if village is None else village.head_id
    return _told(
        *(case.pk, case.text, case.place, case.subject, case.received_at),
        *(case.village_id, head),
    )


def alike_while_telling(
    town: Town, text: str, village: Village | None, most: int = 3
) -> list[Alike]:
    """Return open matters of the village like what somebody is telling, by titles that
    anybody may read.
    """
    if village is None or not text.strip():
        return []
    asked = similarity.Case(None, text, time=now(), village=str(village.pk))
    family = family_of(village.pk)
    rows = heads_open().filter(town=town, village__in=family)
    found = [one for one in alike_open(asked, town, rows, family) if one.public_title]
    return found[:most]


def alike_at_desk(case: Case, rows: QuerySet[Case], most: int = 3) -> list[Alike]:
    """Return open matters like a case, of those that somebody may see."""
    others = heads_open(rows).exclude(commitment=case.commitment_id)
    others = others.filter(commitment__kind=case.commitment.kind)
    return alike_open(told_of(case), case.commitment.town, others)[:most]
