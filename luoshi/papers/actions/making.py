"""Making a paper with its number, cancelling it, letting the answer be seen."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from luoshi.commitments.actions.base import person_of, required
from luoshi.commitments.models import Commitment
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.files import drop_files
from luoshi.core.models import Town
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.papers import rules
from luoshi.papers.models import Paper, PaperTemplate
from luoshi.papers.numbering import take_number

MOST_WHY = 300


@dataclass(frozen=True)
class Made:
    """What a paper is made of: what stands in it, whose words, and for whom."""

    kind: str
    fields: dict[str, str]
    case_id: int
    addressee_id: int | None = None
    form_token: str | None = None


@transaction.atomic(savepoint=False)
def make_within(commitment: Commitment, made: Made, *, actor: Staff) -> Paper:
    """Make a paper of a locked matter; its number comes last, so that few wait."""
    if not rules.may_make(actor, commitment, made.kind):
        raise NotAllowed("commitments.not_yours")
    town, year = Town.objects.get(pk=commitment.town_id), today().year
    template = PaperTemplate.objects.filter(kind=made.kind, retired_at=None).first()
    number = take_number(town, made.kind, year)
    paper = Paper.objects.create(
        town=town,
        commitment=commitment,
        kind=made.kind,
        year=year,
        sequence=number.sequence,
        number=number.shown,
        template=template,
        content=json.dumps(made.fields, ensure_ascii=False),
        case_id=made.case_id,
        addressee_id=made.addressee_id,
        form_token=made.form_token,
        made_at=now(),
        made_by=person_of(actor),
    )
    record(commitment, f"papers.made_{made.kind}", actor=actor, paper=paper.number)
    return paper


def lock_paper(paper_id: int) -> Paper:
    """Return a paper under a row lock."""
    paper = Paper.objects.select_for_update().filter(pk=paper_id).first()
    if paper is None:
        raise NotAllowed("commitments.not_yours")
    return paper


@transaction.atomic(durable=True)
def cancel_paper(paper_id: int, *, reason: str, actor: Staff) -> Paper:
    """Say that a paper does not hold; its number is never given again."""
    paper = lock_paper(paper_id)
    if paper.cancelled_at is not None:
        raise Refusal("papers.cancelled_already", paper=paper.number)
    if not rules.may_cancel(actor, paper):
        raise NotAllowed("commitments.not_yours")
    reason = required(reason, "commitments.reason_missing")[:MOST_WHY]
    paper.cancelled_at, paper.cancelled_by = now(), actor.person
    paper.cancelled_why = reason
    # Whom it answers sees it no more.
    paper.released_at = paper.released_by = None
    paper.save(
        update_fields=[
            *("cancelled_at", "cancelled_by", "cancelled_why"),
            *("released_at", "released_by"),
        ]
    )
    record(
        paper.commitment,
        "papers.cancelled",
        actor=actor,
        words=reason,
        paper=paper.number,
    )
    return paper


@transaction.atomic(savepoint=False)
def release_within(paper: Paper, *, actor: Staff) -> Paper:
    """Let whom a locked answer is for see its scan."""
    if paper.cancelled_at is not None:
        raise Refusal("papers.cancelled_already", paper=paper.number)
    if paper.released_at is not None:
        raise Refusal("papers.released_already", paper=paper.number)
    if not paper.scans.exists():
        raise Refusal("papers.no_scan_yet", paper=paper.number)
    if not rules.may_release(actor, paper):
        raise NotAllowed("commitments.not_yours")
    paper.released_at, paper.released_by = now(), actor.person
    paper.save(update_fields=["released_at", "released_by"])
    record(paper.commitment, "papers.released", actor=actor, paper=paper.number)
    return paper


def empty_within(papers: Iterable[Paper]) -> int:
    """Erase what stands in papers and their scans; numbers and days stay."""
    count = 0
    for paper in papers:
        for scan in paper.scans.all():
            drop_files(scan)
        paper.content, paper.cancelled_why = "", ""
        paper.save(update_fields=["content", "cancelled_why"])
        count += 1
    return count
