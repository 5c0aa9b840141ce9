"""Several matters at once: each is an action and a transaction of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luoshi.cases.models import Case
from luoshi.cases.queries import cases_visible_to
from luoshi.commitments import actions
from luoshi.commitments.models import Category, Commitment
from luoshi.core.actors import Staff
from luoshi.core.models import Organisation
from luoshi.core.refusals import Refusal

# Two pages of the inbox; more is a view, not a choice.
MOST = 100


@dataclass(frozen=True)
class Chosen:
    """The matters that somebody ticked and may see, and the numbers not found."""

    cases: list[Case]
    missing: list[str]


@dataclass(frozen=True)
class Outcome:
    """What came of one matter; `why` is empty where it was done."""

    number: str
    title: str
    why: str = ""


def chosen_by(staff: Staff, numbers: Iterable[str]) -> Chosen:
    """Return the ticked matters in the order in which they stood on the page."""
    wanted = list(dict.fromkeys(numbers))
    rows = (
        cases_visible_to(staff)
        .filter(number__in=wanted[:MOST])
        .select_related("village", "commitment__category__organisation")
        .select_related("commitment__owner_organisation", "commitment__owner")
    )
    found = {case.number: case for case in rows}
    cases = [found[number] for number in wanted if number in found]
    return Chosen(cases, [number for number in wanted if number not in found])


def outcomes(chosen: Chosen, act: Callable[[Commitment], Any]) -> list[Outcome]:
    """Do something to each matter; what is refused keeps the others from nothing."""
    found = [_outcome(case, act) for case in chosen.cases]
    gone = _("It is not there, or you may not see it.")
    return found + [Outcome(number, "", gone) for number in chosen.missing]


def _outcome(case: Case, act: Callable[[Commitment], Any]) -> Outcome:
    try:
        act(case.commitment)
    except Refusal as refusal:
        return Outcome(case.number, case.subject, refusal.sentence)
    return Outcome(case.number, case.subject)


def dispatch_each(
    chosen: Chosen,
    *,
    organisation: Organisation | None,
    category: Category | None,
    words: str,
    actor: Staff,
) -> list[Outcome]:
    """Dispatch each, to its category's own office where none is named for all."""

    def act(commitment: Commitment) -> None:
        about = category or commitment.category
        if about is None:
            raise Refusal("cases.category_not_said")
        office = organisation or about.organisation
        if office is None:
            raise Refusal("cases.office_not_said", category=about.name)
        actions.dispatch_commitment(
            commitment.pk,
            organisation_id=office.pk,
            category_id=about.pk,
            urgent=commitment.urgent,
            words=words,
            actor=actor,
        )

    return outcomes(chosen, act)


def merge_each(chosen: Chosen, *, head: Case, actor: Staff) -> list[Outcome]:
    """Do all the others together with one of them."""
    others = [case for case in chosen.cases if case.pk != head.pk]

    def act(commitment: Commitment) -> None:
        actions.merge_commitments(
            commitment.pk, head_id=head.commitment_id, actor=actor
        )

    return outcomes(Chosen(others, chosen.missing), act)


def sort_each(chosen: Chosen, *, category: Category, actor: Staff) -> list[Outcome]:
    """Put each into a category."""

    def act(commitment: Commitment) -> None:
        actions.put_in_category(commitment.pk, category_id=category.pk, actor=actor)

    return outcomes(chosen, act)
