"""Every read of what the town owes its deputies."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from luoshi.cases.models import Order
from luoshi.cases.queries import cases_visible_to
from luoshi.cases.there_queries import theres_of
from luoshi.commitments.models import Commitment, Verdict
from luoshi.commitments.models.commitment import Visibility
from luoshi.commitments.models.verdicts import OPINIONS
from luoshi.commitments.queries import Light, light_of
from luoshi.core.actors import Staff
from luoshi.core.models import Town
from luoshi.core.roles import CONGRESS
from luoshi.pledges import rules
from luoshi.pledges.models import Proposal

MOST = 200


@dataclass(frozen=True)
class Row:
    """A proposal as it is listed; `opinion` is empty until its mover said one."""

    proposal: Proposal
    commitment: Commitment
    light: Light
    opinion: str
    open_case: bool = False
    there: list[Order] = field(default_factory=list)
    may_release: bool = False
    may_withdraw: bool = False


@dataclass(frozen=True)
class Page:
    """The published answers, and how many there are of how many."""

    rows: list[Row]
    handed: int
    answered: int
    begins: date | None


def proposals_visible_to(staff: Staff) -> QuerySet[Proposal]:
    """Return all to who looks after deputies, to others what they see as a case."""
    rows = Proposal.objects.filter(town=staff.town)
    if staff.has(CONGRESS):
        return rows.exclude(case__commitment__visibility=Visibility.SEALED)
    return rows.filter(case__in=cases_visible_to(staff))


def proposals_for(staff: Staff) -> list[Row]:
    """Return the newest that a member of staff may see."""
    rows = list(_with_matter(proposals_visible_to(staff)))
    ids = [row.case_id for row in rows]
    seen = cases_visible_to(staff).filter(pk__in=ids).values_list("pk", flat=True)
    opened, said = set(seen), _opinions(rows)
    there = theres_of(one.case.commitment for one in rows)
    return [
        Row(
            proposal=one,
            commitment=one.case.commitment,
            light=light_of(one.case.commitment),
            opinion=said.get(one.case.commitment_id, ""),
            open_case=one.case_id in opened,
            there=there.get(one.case.commitment_id, []),
            may_release=rules.may_release(staff, one),
            may_withdraw=rules.may_withdraw(staff, one),
        )
        for one in rows
    ]


def public_proposals(town: Town) -> Page:
    """Return the answers that were released; the counts leave none out."""
    every = Proposal.objects.filter(town=town).exclude(
        case__commitment__visibility=Visibility.SEALED
    )
    rows = list(_with_matter(every.exclude(released_at=None)))
    said = _opinions(rows)
    first = every.order_by("handed_on").values_list("handed_on", flat=True).first()
    return Page(
        rows=[
            Row(
                one,
                one.case.commitment,
                light_of(one.case.commitment),
                said.get(one.case.commitment_id, ""),
            )
            for one in rows
        ],
        handed=every.count(),
        answered=every.exclude(case__commitment__accepted_at=None).count(),
        begins=first,
    )


def latest_result(proposal: Proposal) -> str:
    """Return what was last handed in, from which the public answer begins."""
    evidence = proposal.case.commitment.evidence.order_by("-pk").first()
    return evidence.words if evidence else ""


def _with_matter(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return rows.select_related(
        "town",
        "case__commitment__town",
        "case__commitment__owner_organisation",
        "case__commitment__owner",
    ).order_by("-handed_on", "-pk")[:MOST]


def _opinions(rows: list[Proposal]) -> dict[int, str]:
    """Return the last opinion on each matter, in words."""
    words = dict(OPINIONS)
    verdicts = Verdict.objects.filter(
        commitment__in=[row.case.commitment_id for row in rows]
    ).order_by("pk")
    return {one.commitment_id: str(words[one.solved]) for one in verdicts}
