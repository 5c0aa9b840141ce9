"""Lists of the years before: written down, brought in from a table, taken off."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from luoshi.commitments.actions.base import required
from luoshi.core.actions import Brought
from luoshi.core.actors import Staff
from luoshi.core.clock import today
from luoshi.core.models import Town
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.projects import rules
from luoshi.projects.actions.appraising import MOST_PEOPLE, MOST_YEARS
from luoshi.projects.actions.base import MOST_FEN, check_money
from luoshi.projects.actions.proposals import check_public
from luoshi.projects.models import Cycle, Earlier
from luoshi.projects.models.lasting import Thing

FIRST_YEAR = 1990


@dataclass(frozen=True)
class Past:
    """One thing of an earlier list; what nobody knows any more is None or empty."""

    year: int
    title: str
    cost: int
    kind: str = Thing.OTHER
    years_of_use: int | None = None
    people_a_day: int | None = None
    upkeep_yearly: int | None = None
    asked: str = ""
    appearance: int | None = None


def check_past(past: Past) -> None:
    """Refuse what cannot have been, and years whose round stands here already."""
    required(past.title, "projects.title_missing")
    check_public(past.title)
    check_money(past.cost)
    if not FIRST_YEAR <= past.year <= today().year:
        raise Refusal("projects.year_not_over", first=FIRST_YEAR)
    if Cycle.objects.filter(year=past.year, village=None).exists():
        raise Refusal("projects.year_has_round", year=past.year)
    bounds = ((past.years_of_use, MOST_YEARS), (past.people_a_day, MOST_PEOPLE))
    for number, most in bounds:
        if number is not None and not 1 <= number <= most:
            raise Refusal("projects.number_absurd", most=most)
    if past.upkeep_yearly is not None and not 0 <= past.upkeep_yearly <= MOST_FEN:
        raise Refusal("projects.sum_absurd")
    if past.appearance is not None and not 0 <= past.appearance <= past.cost:
        raise Refusal("projects.appearance_above_cost")


def _lock(actor: Staff) -> Town:
    """Let one person at a time write the lists; refuse who may not."""
    if not rules.may_remember(actor):
        raise NotAllowed("projects.not_yours")
    return Town.objects.select_for_update().get(pk=actor.town.pk)


def _write(past: Past, actor: Staff) -> tuple[bool, dict[str, Any]]:
    """Write one line, in the place of the one of the same name and year."""
    fresh = vars(past) | {"title": past.title.strip()[:80]}
    known = Earlier.objects.filter(year=past.year, title=fresh["title"]).first()
    if known is None:
        Earlier.objects.create(town=actor.town, by=actor.person, **fresh)
        return True, fresh
    moved = {
        name: (getattr(known, name), value)
        for name, value in fresh.items()
        if getattr(known, name) != value
    }
    if moved:
        Earlier.objects.filter(pk=known.pk).update(by=actor.person, **fresh)
    return False, moved


@transaction.atomic(durable=True)
def remember(past: Past, *, actor: Staff) -> Earlier:
    """Write down one thing of an earlier year's list, or correct it."""
    _lock(actor)
    check_past(past)
    _fresh, moved = _write(past, actor)
    line = Earlier.objects.get(year=past.year, title=past.title.strip()[:80])
    if moved:
        year, title = line.year, line.title
        record(line, "projects.remembered", actor=actor, year=year, title=title)
    return line


@transaction.atomic(durable=True)
def bring_earlier(lines: Iterable[Past], *, actor: Staff) -> Brought:
    """Bring earlier lists in from a table; the same table twice changes nothing."""
    _lock(actor)
    good = list(lines)
    if not good:
        raise Refusal("core.nothing_to_bring")
    added = changed = 0
    for past in good:
        check_past(past)
        fresh, moved = _write(past, actor)
        added += fresh
        changed += bool(moved) and not fresh
    if added or changed:
        record(
            *(actor.person, "projects.earlier_brought"),
            actor=actor,
            added=added,
            changed=changed,
        )
    return Brought(added, changed, len(good) - added - changed)


@transaction.atomic(durable=True)
def forget_earlier(line_id: int, *, actor: Staff) -> None:
    """Take a line off that was no project of that year."""
    _lock(actor)
    line = Earlier.objects.filter(pk=line_id).first()
    if line is None:
        raise NotAllowed("projects.not_yours")
    record(
        *(actor.person, "projects.earlier_taken_off"),
        actor=actor,
        year=line.year,
        title=line.title,
    )
    line.delete()
