"""What stands on a matter's papers, taken from its record, and who may see them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import override

from luoshi.cases.models import Case, Reporter
from luoshi.cases.queries import cases_visible_to, evidence_of
from luoshi.cases.rules import may_see_contact
from luoshi.cases.voices import people_under, voices_of_people
from luoshi.commitments.models import Commitment
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.files import files_of
from luoshi.core.models import StoredFile, TrailEntry
from luoshi.core.trail import entries_of, words_of
from luoshi.papers import fields
from luoshi.papers.models import Kind, Paper, PaperScan
from luoshi.papers.numbering import words_of as words_of_town
from luoshi.papers.queries import papers_visible_to, waiting_for
from luoshi.ui.wording import day_of

DISPATCHED = ("commitments.dispatched", "commitments.dispatched_here")


@dataclass(frozen=True)
class Answered:
    """An answer on paper that whoever it is for may see."""

    paper: Paper
    files: list[StoredFile]


def fields_for(case: Case, kind: str, words: str, actor: Staff) -> dict[str, str]:
    """Return what stands in a template's fields, in Chinese whoever makes it.

    Whom it answers is no part of it: a name is put in as it is printed.
    """
    commitment, trail = case.commitment, entries_of(case.commitment)
    office = commitment.owner_organisation
    places = filter(None, (case.village, case.group, case.place))
    with override("zh-hans"):
        stands = {
            fields.ISSUER: words_of_town(case.town)["issuer"],
            fields.DAY: _day(now()),
            fields.CASE_NUMBER: case.number,
            fields.TITLE: case.subject,
            fields.TEXT: case.text,
            fields.PLACE: " ".join(map(str, places)),
            fields.CATEGORY: str(commitment.category or ""),
            fields.CHANNEL: case.get_channel_display(),
            fields.RECEIVED: _day(case.received_at),
            fields.OFFICE: office.name,
            fields.OWNER: commitment.owner.name,
            fields.DUE: _day(commitment.due_at),
            fields.PROPOSAL: _said(trail, "commitments.word_propose"),
            fields.INSTRUCTION: _said(trail, "commitments.word_instruct"),
            fields.MAKER: actor.person.name,
            fields.PHONE: case.town.phone,
        }
    stands[fields.ANSWER if kind == Kind.ANSWER else fields.WORDS] = words
    known = fields.names_of(kind)
    return {name: text for name, text in stands.items() if name in known}


def _day(value: datetime) -> str:
    on = day_of(value)
    return f"{on.year}年{on.month}月{on.day}日"


def _said(trail: list[TrailEntry], code: str) -> str:
    """Return the newest words of a step, given in person or for somebody."""
    said = (words_of(one) for one in trail if one.code in (code, f"{code}_for"))
    return next(said, "")


def words_to_begin(case: Case, kind: str) -> str:
    """Return what was said already, so that nobody types it again."""
    if kind == Kind.ASSIGNMENT:
        trail = entries_of(case.commitment)
        return next((words_of(one) for one in trail if one.code in DISPATCHED), "")
    if kind == Kind.ANSWER:
        handed_in = evidence_of(case.commitment, signed=True)
        return handed_in[0][0].words if handed_in else ""
    return ""


def whom_to_answer(commitment: Commitment) -> list[Reporter]:
    """Return one voice of each person who asked, the first one first."""
    return people_under(commitment)


def addressee_of(paper: Paper) -> Reporter | None:
    """Return whom a paper answers; nobody where it is an order."""
    if paper.addressee_id is None:
        return None
    voices = Reporter.objects.select_related("case__commitment")
    return voices.filter(pk=paper.addressee_id).first()


def answers_for(reporter: Reporter) -> list[Answered]:
    """Return the answers on paper that this person may see in this matter."""
    voices = voices_of_people([reporter.speaker]).values("pk")
    case = reporter.case
    rows = Paper.objects.filter(
        Q(commitment=case.commitment_id) | Q(case_id=case.pk),
        addressee_id__in=voices,
        released_at__isnull=False,
        cancelled_at=None,
    )
    return [
        Answered(paper, [file for scan in _pages(paper) for file in files_of(scan)])
        for paper in rows.order_by("-pk")
    ]


def _pages(paper: Paper) -> list[PaperScan]:
    return list(paper.scans.order_by("pk"))


def may_see_scan(staff: Staff | None, reporter_id: int, file: StoredFile) -> bool:
    """Staff who see the matter, who files it, and whom a released answer is for."""
    scan = PaperScan.objects.filter(pk=file.owner_id).first()
    if scan is None:
        return False
    if staff is not None:
        filed = PaperScan.objects.filter(paper__in=papers_visible_to(staff))
        return (filed | waiting_for(staff)).filter(pk=scan.pk).exists()
    reporter = Reporter.objects.select_related("case").filter(pk=reporter_id).first()
    return reporter is not None and any(
        file in answered.files for answered in answers_for(reporter)
    )


def case_of(staff: Staff, paper: Paper) -> Case | None:
    """Return the case of which a paper was made, as far as this person sees it."""
    return cases_visible_to(staff).filter(pk=paper.case_id).first()


def may_print_name(staff: Staff, paper: Paper) -> bool:
    """Whoever may see how to reach a person prints the name of whom it answers."""
    reporter = addressee_of(paper)
    return (
        paper.may_be_printed
        and reporter is not None
        and may_see_contact(staff, reporter.case)
    )
