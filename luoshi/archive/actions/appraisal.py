"""When a term is over somebody looks: keep it longer, or let it go (鉴定)."""

from django.db import transaction

from luoshi.archive.models import Appraisal, Entry, Term
from luoshi.archive.rules import check_archivist
from luoshi.archive.terms import due_on
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record


@transaction.atomic(durable=True)
def appraise_entry(
    entry_id: int, *, keep: Term | None, reason: str, actor: Staff
) -> Appraisal:
    """Keep a file for another term, counted from this year; None lets it go."""
    check_archivist(actor)
    if not reason.strip():
        raise Refusal("archive.reason_missing")
    entry = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("commitment")
        .get(pk=entry_id)
    )
    if entry.let_go_at is not None or entry.left_out:
        raise Refusal("archive.appraised_already")
    if entry.due_on is None or entry.due_on > today():
        raise Refusal("archive.not_due_yet", number=entry.number)
    outcome = Appraisal.Outcome.LET_GO if keep is None else Appraisal.Outcome.KEEP
    if keep is None:
        entry.let_go_at = now()
        entry.save(update_fields=["let_go_at"])
    else:
        # The number stays as it was given, whatever it says of the term.
        entry.due_on = due_on(keep, today().year - 1)
        entry.kept_for_good = keep == Term.PERMANENT
        entry.save(update_fields=["due_on", "kept_for_good"])
    appraisal = Appraisal.objects.create(
        town=actor.town,
        entry=entry,
        outcome=outcome,
        reason=reason.strip(),
        by=actor.person,
        at=now(),
    )
    record(
        entry.commitment,
        f"archive.{outcome.value}",
        actor=actor,
        words=reason.strip(),
        number=entry.number,
        until=entry.due_on,
    )
    return appraisal
