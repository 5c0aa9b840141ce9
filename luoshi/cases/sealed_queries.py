"""Reads of what is sealed: for those who keep it, for who told it, and as a count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from luoshi.cases.helpers import helper_of
from luoshi.cases.keepers import ROLES, keepers_of
from luoshi.cases.models import Case, Note, Reply, Reporter, SealedMatter, SealedWord
from luoshi.commitments.actions.base import tenures_with
from luoshi.commitments.models import Commitment, Evidence, Merge, Verdict
from luoshi.core.actors import Staff
from luoshi.core.clock import SHANGHAI
from luoshi.core.models import Organisation, StoredFile, TrailEntry
from luoshi.core.secrets import unseal
from luoshi.papers.fields import words_in
from luoshi.papers.models import PaperScan

# How many of the newest are listed.
MOST = 200
# Titles made from the words below them, and what files are called.
NAMES_ONLY = {
    ("commitments.commitment", "title"),
    ("cases.case", "subject"),
    ("core.storedfile", "shown_name"),
}
# A paper's words stand among the fields of its template.
ON_PAPER = ("papers.paper", "content")


@dataclass(frozen=True)
class Said:
    """One word under seal, in clear."""

    at: datetime
    who: str
    text: str


@dataclass(frozen=True)
class Day:
    """What an administrator learns: that something was sealed, and on which day."""

    day: date
    sealed: int


@dataclass(frozen=True)
class ForReporter:
    """What the person who told it reads of it: who has it, and how to go on."""

    matter: SealedMatter
    number: str
    offices: list[Organisation]


def kept_by(staff: Staff) -> QuerySet[SealedMatter]:
    """Return what is sealed and this person keeps: the only door to it."""
    kinds = [kind for kind in ROLES if _keeps(staff, kind)]
    rows = SealedMatter.objects.filter(town=staff.town, opened_at=None, kind__in=kinds)
    return rows.select_related("commitment", "sealed_by")


def _keeps(staff: Staff, kind: SealedMatter.Kind) -> bool:
    # The role first: most people have none, and then nobody is looked up.
    return staff.has(ROLES[kind]) and staff.person in keepers_of(kind)


def waiting_sealed(staff: Staff) -> QuerySet[SealedMatter]:
    """Return what this person keeps and nobody dealt with yet."""
    return kept_by(staff).filter(done_at=None)


def sealed_list(staff: Staff) -> list[SealedMatter]:
    """Return what this person keeps: what waits first, then the newest."""
    rows = kept_by(staff).order_by("done_at", "-pk")
    return sorted(rows[:MOST], key=lambda one: one.done_at is not None)


def family_of(head_id: int) -> list[int]:
    """Return the ids of a head, of what is done together with it, and of all parts."""
    ids, fresh = [head_id], [head_id]
    while fresh:
        merged = Merge.objects.filter(head__in=fresh, undone_at=None)
        fresh = list(merged.order_by("pk").values_list("merged_id", flat=True))
        ids += fresh
    parts = Commitment.with_sealed.filter(parent__in=ids).order_by("pk")
    return [*ids, *parts.values_list("pk", flat=True)]


def cases_under(matter: SealedMatter) -> QuerySet[Case]:
    """Return the cases under a seal, those done together with it and its parts too."""
    family = family_of(matter.commitment_id)
    return Case.with_sealed.filter(commitment__in=family).order_by("pk")


def reporters_under(matter: SealedMatter) -> list[Reporter]:
    """Return who told what is under a seal."""
    rows = Reporter.objects.filter(case__in=cases_under(matter))
    return list(rows.select_related("case__commitment").order_by("pk"))


def files_under(matter: SealedMatter) -> list[StoredFile]:
    """Return every file under a seal."""
    cases = cases_under(matter)
    heads = list(cases.values_list("commitment_id", flat=True))
    told = {"case__in": cases.values("pk")}
    handed_in = Evidence.objects.filter(commitment__in=heads).values("pk")
    owners = {
        "cases.case": cases.values("pk"),
        "cases.reply": Reply.objects.filter(**told).values("pk"),
        "cases.note": Note.objects.filter(**told).values("pk"),
        "cases.reporter": Reporter.objects.filter(**told).values("pk"),
        "commitments.verdict": Verdict.objects.filter(commitment__in=heads).values(
            "pk"
        ),
        "commitments.evidence": handed_in,
        "commitments.commitment": heads,
        "papers.paperscan": PaperScan.objects.filter(
            paper__commitment__in=family_of(matter.commitment_id)
        ).values("pk"),
    }
    mine = Q(pk=None)
    for kind, ids in owners.items():
        mine |= Q(owner_kind=kind, owner_id__in=ids)
    return list(StoredFile.objects.filter(mine, sealed=True).order_by("pk"))


def file_for_keepers(staff: Staff, file: StoredFile) -> bool:
    """Tell whether a file lies under a seal that this person keeps."""
    return any(file in files_under(matter) for matter in kept_by(staff))


def said_under(matter: SealedMatter) -> list[Said]:
    """Return what was said since it was sealed, the oldest first."""
    rows = SealedWord.objects.filter(matter=matter).select_related("person")
    return [
        Said(
            row.at,
            row.person.name if row.person else "",
            unseal(row.text, town_id=row.town_id, place=row.place),
        )
        for row in rows.order_by("pk")
    ]


def sealed_days() -> list[Day]:
    """Return how many were sealed on each day, opened ones too; nothing else."""
    rows = (
        SealedMatter.objects.annotate(day=TruncDate("sealed_at", tzinfo=SHANGHAI))
        .values("day")
        .annotate(sealed=Count("pk"))
        .order_by("-day")
    )
    return [Day(row["day"], row["sealed"]) for row in rows[:MOST]]


def nobody_keeps() -> list[str]:
    """Return the names of the kinds that nobody is named for."""
    return [str(kind.label) for kind in ROLES if not keepers_of(kind)]


def sealed_for(reporter: Reporter) -> ForReporter | None:
    """Return what a reporter reads of a matter that is sealed; None if it is not."""
    case = reporter.case
    if not case.is_sealed:
        return None
    matter = SealedMatter.objects.filter(
        commitment=case.commitment_id, opened_at=None
    ).first()
    if matter is None:
        return None
    keepers = {one.pk for one in keepers_of(matter.kind)}
    posts = tenures_with(ROLES[SealedMatter.Kind(matter.kind)])
    offices = {
        one.post.organisation_id: one.post.organisation
        for one in posts
        if one.person_id in keepers
    }
    return ForReporter(matter, case.number, list(offices.values()))


def without_sealed(entries: Iterable[TrailEntry]) -> list[TrailEntry]:
    """Leave out what names a matter that is sealed now."""
    rows = list(entries)
    named = {row.data.get(name) for row in rows for name in ("number", "head")}
    named.discard(None)
    if not named:
        return rows
    sealed = set(
        Case.with_sealed.filter(visibility="sealed", number__in=named).values_list(
            "number", flat=True
        )
    )
    return [row for row in rows if sealed.isdisjoint(map(str, row.data.values()))]


@dataclass(frozen=True)
class Inside:
    """All that is under a seal, in clear, for those who keep it."""

    told: list[Said]
    said: list[Said]
    contacts: list[str]
    files: list[StoredFile]


def inside(matter: SealedMatter, words: Iterable[tuple[str, int, str, Any]]) -> Inside:
    """Put an opened vault into reading order: what was told first, each text once."""
    texts = [
        (text, pk)
        for label, pk, field, held in words
        if (label, field) not in NAMES_ONLY
        for text in _texts_in(words_in(held) if (label, field) == ON_PAPER else held)
    ]
    at = matter.commitment.started_at
    return Inside(
        [Said(at, "", text) for text, _pk in dict(texts).items()],
        said_under(matter),
        [contact for voice in reporters_under(matter) if (contact := _reach(voice))],
        files_under(matter),
    )


def _texts_in(held: Any) -> list[str]:
    """Return the texts of a field; a plan holds several."""
    return (
        [text for text in held.values() if text] if isinstance(held, dict) else [held]
    )


def _reach(voice: Reporter) -> str:
    """Return how to reach who told it, and who filled it in; empty without either."""
    opened = [
        unseal(value, town_id=voice.town_id, place=voice.place_of(field))
        for field, value in (("name", voice.name), ("phone", voice.phone))
        if value
    ]
    helper = helper_of(voice)
    told = [" ".join(opened), str(helper) if helper else ""]
    return " · ".join(part for part in told if part)
