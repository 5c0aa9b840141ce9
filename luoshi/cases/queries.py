"""Every read of cases that is more than a look-up."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from luoshi.cases.actions.callbacks import asked_there
from luoshi.cases.alike import Alike, alike_at_desk
from luoshi.cases.lines import (
    Line,
    joined_lines,
    note_lines,
    reply_lines,
    trail_lines,
    verdict_lines,
)
from luoshi.cases.models import Case, Publication, Reporter
from luoshi.cases.recordings import is_own_voice
from luoshi.cases.sealed_queries import without_sealed
from luoshi.cases.tellings import FOR_RESIDENTS, sentence_for
from luoshi.cases.there_queries import cases_with_number_there
from luoshi.cases.voices import Other, judging, others_of, people_under
from luoshi.commitments.models import (
    Approval,
    Commitment,
    Evidence,
    Merge,
    State,
    Verdict,
)
from luoshi.commitments.models.commitment import Visibility
from luoshi.commitments.models.verdicts import OPINIONS
from luoshi.commitments.queries import (
    Light,
    Part,
    commitments_visible_to,
    light_of,
    parts_of,
)
from luoshi.commitments.rules import may_be_withdrawn
from luoshi.core.actors import Staff
from luoshi.core.files import files_of
from luoshi.core.models import StoredFile, TrailEntry, Village
from luoshi.core.search import HIT, Words, find_titles_first
from luoshi.core.trail import entries_of


@dataclass(frozen=True)
class Tracking:
    """What a reporter sees of a case."""

    case: Case
    commitment: Commitment
    light: Light
    sentence: str
    lines: list[Line]
    evidence: list[tuple[Evidence, list[StoredFile]]]
    told_photos: list[StoredFile]
    may_judge: bool
    may_withdraw: bool
    judged: Verdict | None
    # The main system that asks for the verdict, so that the town does not.
    asked_by: str
    parts: list[Part]
    others: list[Other]
    # Somebody filled it in for the person who judges.
    helped: bool

    @property
    def opinion(self) -> str:
        """Return what a deputy said of the answer, in words."""
        return str(dict(OPINIONS)[self.judged.solved]) if self.judged else ""


@dataclass(frozen=True)
class Story:
    """What staff see of a case."""

    case: Case
    commitment: Commitment
    light: Light
    reporters: list[Reporter]
    lines: list[Line]
    evidence: list[tuple[Evidence, list[StoredFile]]]
    told_photos: list[StoredFile]

    @property
    def helped(self) -> bool:
        """Tell whether somebody filled it in for one of those who asked."""
        return any(one.helper is not None for one in self.reporters)


def cases_visible_to(staff: Staff) -> QuerySet[Case]:
    """Return the cases whose commitment a member of staff may see."""
    # Asked of each row: a list of all that is visible would be built first.
    mine = commitments_visible_to(staff).filter(pk=OuterRef("commitment_id"))
    return Case.objects.filter(Exists(mine))


def search_cases(staff: Staff, words: str, most: int = 50) -> list[Case]:
    """Return visible cases with all the words: in the title first, then the newest."""
    ids = search_ids(staff, words, most)
    rows = (
        Case.objects.filter(pk__in=ids)
        .select_related("village", "commitment__town", "commitment__owner")
        .prefetch_related("orders__system")
    )
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in ids if pk in found]


def search_ids(staff: Staff, words: str, most: int) -> list[int]:
    """Return the ids of visible cases: of a number elsewhere, or with all the words."""
    found = find_titles_first(
        Words(staff.town, words, "case"),
        visibility=("internal", "public"),
        most=most,
        seen=cases_visible_to(staff).filter(pk=HIT),
    )
    there = cases_with_number_there(staff.town, words)
    seen = cases_visible_to(staff).filter(pk__in=there) if there else []
    return [*(one.pk for one in seen if one.pk not in found), *found][:most]


def villages_of() -> QuerySet[Village]:
    """Return the town's villages of today in their order."""
    return Village.objects.filter(ended_on=None)


def open_case_to_join(number: str) -> Case:
    """Return an open case that may take another voice, else 404."""
    case = (
        Case.objects.filter(number=number, held=False, commitment__parent=None)
        .exclude(commitment__state=State.CLOSED)
        .exclude(visibility=Visibility.SEALED)
        .first()
    )
    if case is None:
        raise Http404
    return case


def evidence_of(
    commitment: Commitment, *, signed: bool = False
) -> list[tuple[Evidence, list[StoredFile]]]:
    """Return what was handed in, newest first, with its photos; or only what left."""
    rows = commitment.evidence.select_related("by").order_by("-pk")
    if signed:
        held = Approval.objects.exclude(outcome=Approval.Outcome.AGREED)
        rows = rows.exclude(approvals__in=held)
    return [(row, files_of(row)) for row in rows]


def tracking_of(reporter: Reporter) -> Tracking:
    """Return what a reporter sees: every step, newest first."""
    case = Case.objects.select_related(
        "village",
        "commitment__town",
        "commitment__owner",
        "commitment__owner_organisation",
        "commitment__category",
    ).get(pk=reporter.case_id)
    commitment = case.commitment
    mine = commitment.verdicts.filter(
        judge_id=judging(reporter, commitment.pk).pk, round=commitment.reopened
    )
    lines = trail_lines(commitment, _told(commitment), FOR_RESIDENTS)
    if case.number != commitment.number:
        # What happened before it was done together with another.
        own = Commitment.objects.get(town=case.town_id, number=case.number)
        lines += trail_lines(own, _told(own), FOR_RESIDENTS)
    lines += reply_lines([case], reporter)
    lines += verdict_lines(commitment, judging(reporter, commitment.pk).pk)
    order = asked_there(case)
    asked_by = order.system.name if order else ""
    judged = mine.order_by("-pk").first()
    return Tracking(
        case,
        commitment,
        light_of(commitment),
        sentence_for(commitment),
        sorted(lines, key=lambda line: line.at, reverse=True),
        evidence_of(commitment, signed=True),
        _told_files(case, reporter),
        commitment.state == State.AWAITING
        and not commitment.with_leader
        and not asked_by,
        may_be_withdrawn(commitment),
        judged,
        asked_by,
        [part for part in parts_of(commitment) if not part.dropped],
        others_of(reporter),
        reporter.helper is not None,
    )


def _told_files(case: Case, reporter: Reporter) -> list[StoredFile]:
    """Return what was told with a case, and what this person told joining it.

    Photos are everybody's who told it, a recording is one person's voice.
    """
    audio = StoredFile.Kind.AUDIO
    shared = [
        file
        for file in files_of(case)
        if file.kind != audio or is_own_voice(reporter, file)
    ]
    return [*shared, *files_of(reporter)]


@dataclass(frozen=True)
class Voice:
    """One of several cases under a head, in its own words."""

    case: Case
    photos: list[StoredFile]


def voices_of(case: Case) -> list[Voice]:
    """Return each case under the same head; none where it stands alone."""
    cases = list(case.commitment.cases.order_by("received_at", "pk"))
    return [Voice(one, files_of(one)) for one in cases] if len(cases) > 1 else []


def possible_heads(staff: Staff, case: Case, words: str, most: int = 10) -> list[Alike]:
    """Return open matters with which a case could be done together, likeliest first."""
    seen = cases_visible_to(staff)
    if not words:
        return alike_at_desk(case, seen, most)
    number = Case.objects.filter(number=words.upper())
    found = list(number) or search_cases(staff, words, 50)
    rows = (
        seen.filter(pk__in=[one.pk for one in found], commitment__parent=None)
        .exclude(commitment=case.commitment_id)
        .exclude(commitment__state=State.CLOSED)
        .select_related("village", "commitment__owner_organisation")
    )
    return [Alike(one, 0.0) for one in rows.order_by("received_at", "pk")[:most]]


def merge_to_undo(case: Case) -> int:
    """Return the id of the merge that put a case under its head, else 404."""
    merges = Merge.objects.filter(
        merged__number=case.number, merged__town=case.town_id, undone_at=None
    )
    merge = merges.first()
    if merge is None:
        raise Http404
    return merge.pk


def split_off(staff: Staff, case: Case) -> list[Case]:
    """Return what was split off a case, as far as this person sees it."""
    rows = cases_visible_to(staff).filter(split_from=case)
    return list(rows.select_related("commitment").order_by("pk"))


def publication_of(case: Case) -> Publication | None:
    """Return the public text of a case's matter, also one that was taken off."""
    return Publication.objects.filter(commitment=case.commitment_id).first()


def _told(commitment: Commitment) -> list[TrailEntry]:
    told = [entry for entry in entries_of(commitment) if entry.code in FOR_RESIDENTS]
    return without_sealed(told)


def story_of(case: Case) -> Story:
    """Return the whole story for staff: trail, replies and notes, newest first."""
    commitment = case.commitment
    lines = trail_lines(commitment, without_sealed(entries_of(commitment)))
    voices = list(commitment.cases.order_by("received_at", "pk"))
    lines += [
        *reply_lines(voices),
        *joined_lines(voices),
        *verdict_lines(commitment),
        *note_lines(voices),
    ]
    # What a reply or note says stands there; the trail's line about it is left out.
    return Story(
        case,
        commitment,
        light_of(commitment),
        people_under(commitment),
        sorted(lines, key=lambda line: line.at, reverse=True),
        evidence_of(commitment),
        files_of(case),
    )
