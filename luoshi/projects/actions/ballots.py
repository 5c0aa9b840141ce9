"""Ballots: one for each code, by whatever way, and nothing that leads back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from luoshi.core.actors import Staff
from luoshi.core.clock import today
from luoshi.core.models import Town
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.projects import rules
from luoshi.projects.actions.base import lock_election
from luoshi.projects.actions.elections import hash_of_code
from luoshi.projects.models import Ballot, Code, Election, PaperSheet

Form, Way = Election.Form, Code.Way


@dataclass(frozen=True)
class Marks:
    """What a ballot says: keys in their order, and points beside them if any."""

    named: list[str] = field(default_factory=list)
    points: list[int] = field(default_factory=list)


def check_marks(election: Election, marks: Marks, keys: Sequence[str]) -> None:
    """Refuse a ballot that names what is not there, or more than it may."""
    if len(set(marks.named)) != len(marks.named):
        raise Refusal("projects.ballot_twice")
    unknown = [key for key in marks.named if key not in keys]
    if unknown:
        raise Refusal("projects.ballot_unknown", keys="、".join(unknown)[:100])
    count = len(marks.named)
    if election.most is not None and count > election.most:
        raise Refusal("projects.ballot_over", count=count, most=election.most)
    if election.form != Form.POINTS:
        if marks.points:
            raise Refusal("projects.ballot_points")
        return
    given = sum(marks.points)
    if len(marks.points) != count or any(one < 1 for one in marks.points):
        raise Refusal("projects.ballot_points")
    if given > (election.points or 0):
        raise Refusal("projects.points_over", given=given, most=election.points)


def find_code(town: Town, code: str) -> Code:
    """Return the code that may still be used; refuse others with the reason."""
    rows = Code.objects.select_related("batch__election")
    found = rows.filter(code_hash=hash_of_code(code, town.pk)).first() if code else None
    if found is None:
        raise Refusal("projects.code_unknown")
    election = found.batch.election
    if found.batch.void_at is not None:
        raise Refusal("projects.code_void")
    if election.state == Election.State.DRAFT:
        raise Refusal("projects.not_open_yet")
    if election.state != Election.State.OPEN or today() > election.closes_on:
        raise Refusal("projects.voting_over")
    if found.used:
        raise Refusal("projects.code_used")
    return found


@transaction.atomic(durable=True)
def cast_ballot(town: Town, code: str, marks: Marks, *, way: str = Way.WEB) -> None:
    """Cast one ballot: the code knows only that it was used, the ballot only itself."""
    election = _spend(town, code, way)
    if not marks.named:
        raise Refusal("projects.ballot_empty")
    keys = list(election.candidates.values_list("key", flat=True))
    check_marks(election, marks, keys)
    Ballot.objects.create(
        town_id=town.pk, election=election, named=marks.named, points=marks.points
    )


def _spend(town: Town, code: str, way: str) -> Election:
    """Use a code up; of two at the same time one comes first."""
    election = lock_election(
        find_code(town, code).batch.election_id, Election.State.OPEN
    )
    spent = Code.objects.filter(
        code_hash=hash_of_code(code, town.pk), used="", batch__void_at=None
    ).update(used=way)
    if not spent:
        raise Refusal("projects.code_used")
    return election


@transaction.atomic(durable=True)
def hand_paper(election_id: int, code: str, *, actor: Staff) -> None:
    """Use a code up for a paper ballot, whose sheet goes into the box without it."""
    election = lock_election(election_id, Election.State.OPEN)
    if not rules.may_help(actor, election):
        raise NotAllowed("projects.not_yours")
    if find_code(election.town, code).batch.election_id != election_id:
        raise Refusal("projects.code_unknown")
    _spend(election.town, code, Way.PAPER)


def sheets_due(election: Election) -> int:
    """Return how many sheets can be in the box: as many as codes were used on paper."""
    return Code.objects.filter(batch__election=election, used=Way.PAPER).count()


@transaction.atomic(durable=True)
def type_sheet(
    election_id: int, number: int, marks: Marks, *, actor: Staff
) -> PaperSheet:
    """Type a sheet in; a second person does too, and only what agrees is counted."""
    election = lock_election(election_id, Election.State.CLOSED)
    if not rules.may_help(actor, election):
        raise NotAllowed("projects.not_yours")
    most = sheets_due(election)
    if not 1 <= number <= most:
        raise Refusal("projects.sheet_absurd", most=most)
    keys = list(election.candidates.values_list("key", flat=True))
    check_marks(election, marks, keys)
    told = _settled(election, marks, keys)
    sheet, _fresh = PaperSheet.objects.select_for_update().get_or_create(
        election=election, number=number, defaults={"town_id": election.town_id}
    )
    if sheet.agreed:
        raise Refusal("projects.sheet_agreed", number=number)
    me = actor.person.pk
    if sheet.first_by_id in (None, me):
        sheet.first, sheet.first_by = told, actor.person
    elif sheet.second_by_id in (None, me):
        sheet.second, sheet.second_by = told, actor.person
    else:
        raise Refusal("projects.sheet_others", number=number)
    sheet.agreed = sheet.second is not None and sheet.first == sheet.second
    sheet.save(update_fields=["first", "first_by", "second", "second_by", "agreed"])
    return sheet


def _settled(election: Election, marks: Marks, keys: Sequence[str]) -> dict[str, Any]:
    """Return a sheet as it is compared: order counts only where it is a ranking."""
    if election.form == Form.RANKING:
        return {"named": marks.named, "points": []}
    given = dict(zip(marks.named, marks.points, strict=False))
    named = [key for key in keys if key in marks.named]
    return {"named": named, "points": [given[key] for key in named if key in given]}
