"""Making a matter's papers, and telling whom an answer is for that it can be seen."""

from django.db import transaction

from luoshi.cases.actions.talk import show_contact_within, tell_reporter
from luoshi.cases.limits import MOST_TEXT
from luoshi.cases.models import Case
from luoshi.cases.on_paper import addressee_of, fields_for, whom_to_answer
from luoshi.commitments.actions.base import lock_commitment, required
from luoshi.commitments.models import Commitment
from luoshi.core.actors import Staff
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.papers.actions import Made, make_within, release_within
from luoshi.papers.actions.making import lock_paper
from luoshi.papers.models import Kind, Paper
from luoshi.papers.queries import paper_of_form
from luoshi.papers.rules import may_read


@transaction.atomic(durable=True)
def make_paper(
    case_id: int,
    *,
    kind: str,
    words: str,
    actor: Staff,
    addressee_id: int | None = None,
    form_token: str | None = None,
) -> Paper:
    """Make a paper of a case: what is known stands in it, and these words.

    A form token twice is one paper.
    """
    case = Case.objects.get(pk=case_id)
    case.commitment = lock_commitment(case.commitment_id)
    if form_token and (before := paper_of_form(actor, form_token)):
        return before
    if kind != Kind.ASSIGNMENT:
        words = required(words, "commitments.words_missing")
    if len(words) > MOST_TEXT:
        raise Refusal("cases.too_long", most=MOST_TEXT, count=len(words))
    whom = _whom(case.commitment, addressee_id) if kind == Kind.ANSWER else None
    stands = fields_for(case, kind, words.strip(), actor)
    made = Made(kind, stands, case.pk, whom, form_token or None)
    return make_within(case.commitment, made, actor=actor)


def _whom(commitment: Commitment, addressee_id: int | None) -> int:
    """Return whom an answer is for: the one chosen, or the first who asked."""
    people = [one.pk for one in whom_to_answer(commitment)]
    if addressee_id is None and people:
        return people[0]
    if addressee_id not in people:
        raise Refusal("papers.addressee_unknown")
    return addressee_id


@transaction.atomic(durable=True)
def name_for_print(paper_id: int, *, actor: Staff) -> str:
    """Open the name of whom an answer is for, and write down who looked."""
    paper = lock_paper(paper_id)
    reporter = addressee_of(paper)
    if reporter is None or not may_read(actor, paper):
        raise NotAllowed("commitments.not_yours")
    return show_contact_within(reporter, actor=actor).name


@transaction.atomic(durable=True)
def release_answer(paper_id: int, *, actor: Staff) -> Paper:
    """Let whom an answer is for see its scan by their code, and tell them so."""
    paper = release_within(lock_paper(paper_id), actor=actor)
    if reporter := addressee_of(paper):
        tell_reporter(reporter, "cases.answer_on_paper")
    return paper
