"""How long things are kept: by category, with its source, and for one matter."""

from datetime import date

from django.db import transaction

from luoshi.archive.models import Entry, Term, TermChoice, TermRule
from luoshi.archive.rules import check_archivist
from luoshi.commitments.models import Category, Commitment
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record


@transaction.atomic(durable=True)
def set_term_rule(
    *,
    category_id: int | None,
    term: Term,
    source: str,
    in_force_since: date,
    actor: Staff,
) -> TermRule:
    """Say how long matters of a category are kept, and which table says so."""
    check_archivist(actor)
    if not source.strip():
        raise Refusal("archive.source_missing")
    category = Category.objects.get(pk=category_id) if category_id else None
    rule, _made = TermRule.objects.update_or_create(
        town=actor.town,
        category=category,
        defaults={
            "term": term,
            "source": source.strip(),
            "in_force_since": in_force_since,
        },
    )
    record(rule, "archive.term_ruled", actor=actor, term=term, source=source.strip())
    return rule


@transaction.atomic(durable=True)
def choose_term(
    commitment_id: int, *, term: Term, reason: str, actor: Staff
) -> TermChoice:
    """Keep one matter for another term than its category's, with the reason."""
    check_archivist(actor)
    if not reason.strip():
        raise Refusal("archive.reason_missing")
    commitment = Commitment.objects.select_for_update().get(pk=commitment_id)
    if Entry.objects.filter(commitment=commitment, let_go_at=None).exists():
        raise Refusal("archive.archived_already")
    choice, _made = TermChoice.objects.update_or_create(
        commitment=commitment,
        defaults={
            "town": actor.town,
            "term": term,
            "reason": reason.strip(),
            "by": actor.person,
            "at": now(),
        },
    )
    record(
        commitment, "archive.term_chosen", actor=actor, words=reason.strip(), term=term
    )
    return choice
