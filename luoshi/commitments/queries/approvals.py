"""Which words a matter needs, and which wait for somebody."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from luoshi.commitments.models import (
    Approval,
    Category,
    Commitment,
    PathRule,
    Stage,
    State,
)
from luoshi.commitments.models.commitment import Visibility
from luoshi.commitments.queries.deputies import deputy_of, stands_in_for
from luoshi.commitments.queries.show import Light, light_of
from luoshi.core.actors import Staff
from luoshi.core.models import Person


@dataclass(frozen=True)
class Asked:
    """A word that is waited for: whose turn it is, and who may act."""

    approval: Approval
    light: Light
    # Who acts for the person asked, who is absent; None if nobody has to.
    deputy: Person | None = None

    @property
    def before_dispatch(self) -> bool:
        """Tell whether the word is about who does it."""
        return self.approval.stage in (Stage.PROPOSE, Stage.INSTRUCT)

    @property
    def refuses(self) -> bool:
        """Tell whether the word is that by the rules it cannot be done."""
        return self.approval.stage == Stage.REFUSE


def words_asked_of(staff: Staff, most: int = 20) -> list[Asked]:
    """Return what waits for this person's word, also as a deputy, the late first."""
    rows = (
        Approval.objects.filter(given_at=None, person__in=stands_in_for(staff.person))
        .exclude(commitment__visibility=Visibility.SEALED)
        .select_related("commitment__town", "person", "office")
        .order_by("commitment__due_at", "pk")[:most]
    )
    return [
        Asked(
            row,
            light_of(row.commitment),
            None if row.person_id == staff.person.pk else staff.person,
        )
        for row in rows
    ]


def word_waited_for(commitment: Commitment) -> Asked | None:
    """Return the word that a matter waits for."""
    rows = commitment.approvals.filter(given_at=None)
    row = rows.select_related("person", "office", "evidence").first()
    if row is None:
        return None
    return Asked(row, light_of(commitment), deputy_of(row.person_id))


def ids_asked_of(staff: Staff) -> list[int]:
    """Return the matters in which a person's word is or was asked before dispatch."""
    gave = Q(given_by=staff.person, commitment__state=State.RECEIVED)
    rows = Approval.objects.filter(Q(given_at=None) | gave)
    waiting = list(rows.values_list("commitment_id", "person_id", "given_at"))
    # Mostly nothing waits in the town: then nobody has to be looked up.
    mine = stands_in_for(staff.person) if waiting else set()
    return [pk for pk, person, given in waiting if given or person in mine]


def categories_in_use() -> QuerySet[Category]:
    """Return the categories that can be chosen."""
    return Category.objects.filter(retired_at=None)


def path_rules() -> list[PathRule]:
    """Return the town's rules."""
    return list(PathRule.objects.select_related("category"))


def ids_waiting_for(person: Person) -> list[int]:
    """Return the words that wait for one person."""
    rows = Approval.objects.filter(given_at=None, person=person)
    rows = rows.exclude(commitment__visibility=Visibility.SEALED)
    return list(rows.values_list("pk", flat=True))
