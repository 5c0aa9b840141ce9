"""Lists that the staff pages choose from."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.forms import HiddenInput

from luoshi.cases.models import Case, Reporter
from luoshi.cases.voices import people_under
from luoshi.commitments.models import Approval, Category, Commitment, State
from luoshi.commitments.queries import Whose, whose_duty
from luoshi.commitments.queries.duties import all_categories
from luoshi.core.actors import Staff
from luoshi.core.models import Organisation, Person, Village


def offices() -> QuerySet[Organisation]:
    """Return the offices that can be given something."""
    return Organisation.objects.filter(closed_at=None).exclude(kind="outside")


def categories() -> QuerySet[Category]:
    """Return the categories in use."""
    return Category.objects.filter(retired_at=None).select_related(
        "organisation", "duty"
    )


def villages() -> QuerySet[Village]:
    """Return the town's villages of today."""
    return Village.objects.filter(ended_on=None)


def colleagues(commitment: Commitment) -> QuerySet[Person]:
    """Return who else works in the owner's office."""
    return (
        Person.objects.filter(
            tenures__post__organisation=commitment.owner_organisation_id,
            tenures__until=None,
            left_at=None,
        )
        .exclude(pk=commitment.owner_id)
        .distinct()
    )


def reporters_of(case: Case) -> QuerySet[Reporter]:
    """Return one voice of each person who told a case under the same head."""
    ids = [voice.pk for voice in people_under(case.commitment)]
    return Reporter.objects.filter(pk__in=ids).order_by("pk")


def duties_at_desk(rows: Iterable[Category]) -> list[Whose]:
    """Return whose duty the matters of these categories are, where the list says so."""
    said = (whose_duty(category) for category in rows)
    return [whose for whose in said if whose]


def category_named(told: Any) -> Category | None:
    """Return the category in use that an address or a form names."""
    if not str(told or "").isdigit():
        return None
    return categories().filter(pk=int(told)).first()


def to_dispatch(*, held: bool = False) -> list[Case]:
    """Return what waits for dispatch, the soonest due first; or what is held."""
    return list(
        received(held=held)
        .select_related("village", "commitment__town")
        .order_by("commitment__due_at", "pk")[:50]
    )


def received(*, held: bool) -> QuerySet[Case]:
    """Return what waits for dispatch, or is held before it."""
    # A list of its own: joined, SQLite may begin with all cases of the town.
    waiting = Commitment.objects.filter(state=State.RECEIVED).exclude(
        # What waits for somebody's word does not wait for the dispatcher.
        approvals__in=Approval.objects.filter(given_at=None)
    )
    return Case.objects.filter(commitment__in=waiting, held=held)


def awaiting_dispatch(staff: Staff, *, held: bool = False) -> QuerySet[Case]:
    """Return what waits for dispatch, without what is held; or only what is held."""
    return received(held=held).filter(town=staff.town)


def fill(form: Any, name: str, rows: QuerySet[Any]) -> None:
    """Give a select its rows."""
    form.fields[name].queryset = rows


def choices_for(form: Any, commitment: Commitment, case: Case) -> None:
    """Fill the selects of a step's form with this town's rows."""
    sources: dict[str, Any] = {
        "organisation": offices,
        "category": categories,
        # Switched off since the form was made: no reason to refuse another one.
        "proposed": all_categories,
        "person": lambda: colleagues(commitment),
        "village": villages,
        "reporter": lambda: reporters_of(case),
    }
    for name, rows in sources.items():
        if name in form.fields:
            fill(form, name, rows())
    if "reporter" in form.fields and reporters_of(case).count() == 1:
        # Whose word it is, is known where one person asked.
        form.fields["reporter"].widget = HiddenInput()


def supports_of(staff: Staff, commitment: Commitment) -> list[tuple[Any, bool]]:
    """Return the help asked for, and whether this person's office may answer it."""
    rows = commitment.supports.select_related("organisation", "person").order_by("pk")
    return [
        (
            row,
            row.organisation_id in staff.organisations
            and (row.answered_at is None or row.interim),
        )
        for row in rows
    ]


def support_case(staff: Staff, support_id: int) -> Case | None:
    """Return the case of a request for help made to one of this person's offices."""
    return Case.objects.filter(
        commitment__supports__pk=support_id,
        commitment__supports__organisation__in=staff.organisations,
    ).first()


def is_helped(case: Case) -> bool:
    """Tell whether somebody filled it in for one of those who asked."""
    return any(one.helper is not None for one in people_under(case.commitment))
