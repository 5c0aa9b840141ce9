"""Villages become one with their history; a wrong step is undone while it is young."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.core.actions.people import check_administrator
from luoshi.core.actions.village_offices import (
    bring_posts_back,
    carry_posts_over,
    office_for,
    posts_since,
)
from luoshi.core.actors import Staff
from luoshi.core.clock import at, now, today
from luoshi.core.hooks import VillageStep, followings
from luoshi.core.models import (
    Organisation,
    Population,
    Tenure,
    Town,
    Village,
    VillageGroup,
    VillageMerge,
)
from luoshi.core.notices import leave_notices
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record
from luoshi.core.villages import people_by_village


@dataclass(frozen=True)
class Joining:
    """Which villages end, and the one that goes on: one of today's, or a new name."""

    ended: tuple[int, ...]
    day: date
    into: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Plan:
    """What a step would do, looked at before anything is changed."""

    ended: list[Village]
    into: Village | None
    name: str
    # What of each kind belongs to the one village afterwards.
    counts: dict[str, int]
    # Groups that get their village's name in front, since the name is there already.
    renamed: list[tuple[str, str]]
    closing: list[Organisation]
    staff: list[str]


@transaction.atomic(durable=True)
def plan_villages(joining: Joining, *, actor: Staff) -> Plan:
    """Look at what would become of it, and change nothing."""
    return _plan(joining, actor)


def _plan(joining: Joining, actor: Staff) -> Plan:
    check_administrator(actor)
    # One step at a time: two at once could make a ring.
    Town.objects.select_for_update().get(pk=actor.town.pk)
    rows = Village.objects.filter(ended_on=None, pk__in=joining.ended)
    ended = list(rows.order_by("position", "pk"))
    into = None
    if joining.into is not None:
        into = Village.objects.filter(ended_on=None, pk=joining.into).first()
    _check(joining, ended, into)
    closing = _offices(ended)
    holders = Tenure.objects.filter(post__organisation__in=closing, until=None)
    step = VillageStep(_with_former(ended), into, {})
    names = holders.select_related("person", "post").order_by("pk")
    return Plan(
        ended,
        into,
        into.name if into else joining.name.strip(),
        {one.name: one.count(step) for one in followings()}
        | {"people": _people(ended)},
        [(was, fresh) for _group, was, fresh in _groups(ended, into) if was != fresh],
        closing,
        [f"{one.person} {one.post}" for one in names],
    )


def _check(joining: Joining, ended: list[Village], into: Village | None) -> None:
    if len(ended) != len(set(joining.ended)) or (joining.into and into is None):
        raise Refusal("core.village_gone")
    if not ended or (into is None and len(ended) < 2):
        raise Refusal("core.villages_few")
    if into in ended:
        raise Refusal("core.village_into_itself", name=str(into))
    if joining.day > today():
        raise Refusal("core.merge_day_to_come")
    if into is not None:
        return
    name = joining.name.strip()
    if not name:
        raise Refusal("core.village_unnamed")
    # One that a wrong step made, and that was taken back, may have its name again.
    taken = Village.objects.filter(name=name).exclude(ended_on__isnull=False, head=None)
    if taken.exists():
        raise Refusal("core.name_taken", name=name)


def _with_former(villages: list[Village]) -> tuple[Village, ...]:
    return (*villages, *Village.objects.filter(head__in=villages))


def _offices(villages: Iterable[Village]) -> list[Organisation]:
    rows = Organisation.objects.filter(village__in=list(villages), closed_at=None)
    return list(rows.order_by("position", "pk"))


def _people(villages: Iterable[Village]) -> int:
    known = people_by_village()
    return sum(known[one.pk][0] for one in villages if one.pk in known)


def _groups(
    ended: list[Village], into: Village | None
) -> list[tuple[VillageGroup, str, str]]:
    """Return each group that goes over, what it is called, and what it will be."""
    rows = list(
        VillageGroup.objects.filter(village__in=ended)
        .select_related("village")
        .order_by("village__position", "village_id", "pk")
    )
    names = [row.name for row in rows]
    if into is not None:
        names += into.groups.values_list("name", flat=True)
    return [
        (
            row,
            row.name,
            row.name if names.count(row.name) == 1 else f"{row.village.name}{row.name}",
        )
        for row in rows
    ]


@transaction.atomic(durable=True)
def join_villages(joining: Joining, *, actor: Staff) -> VillageMerge:
    """Let villages become part of another, with all that points to them."""
    # One step has one moment: the papers of the posts find by it what went over.
    with at(now()):
        return _join(_plan(joining, actor), joining.day, actor)


def _join(plan: Plan, day: date, actor: Staff) -> VillageMerge:
    fresh = plan.into is None
    into = plan.into or _new_village(plan, actor)
    merge = VillageMerge.objects.create(
        town=actor.town, into=into, day=day, at=now(), by=actor.person
    )
    merge.ended.set(plan.ended)
    before: dict[str, Any] = {"fresh": fresh}
    joined = _with_former(plan.ended)
    before["villages"] = _point_to(joined, into, day)
    before["groups"] = _move_groups(plan.ended, None if fresh else into, into)
    before["newest_group"] = _newest(VillageGroup, into)
    before["newest_figure"] = _newest(Population, into)
    office, before["office"] = office_for(plan.closing, into, actor)
    offices = {one.pk: office.pk for one in plan.closing if office}
    before["posts"] = carry_posts_over(plan.closing, office, merge, actor)
    step = VillageStep(joined, into, offices)
    before["followed"] = {
        one.name: kept
        for one in followings()
        if (kept := one.follow(step, actor)) is not None
    }
    before["offices"] = [one.pk for one in plan.closing]
    Organisation.objects.filter(pk__in=before["offices"]).update(closed_at=merge.at)
    merge.before, merge.counts = before, plan.counts
    merge.save(update_fields=["before", "counts"])
    _tell(merge, "core.villages_joined", actor)
    return merge


def _new_village(plan: Plan, actor: Staff) -> Village:
    village, _made = Village.objects.update_or_create(
        town=actor.town,
        name=plan.name,
        defaults={"ended_on": None, "position": plan.ended[0].position},
    )
    return village


def _point_to(
    rows: tuple[Village, ...], into: Village, day: date
) -> dict[str, int | None]:
    """Make them part of the one; return what they were part of before."""
    before = {str(one.pk): one.head_id for one in rows}
    for one in rows:
        one.head, one.head_name = into, into.name
        one.ended_on = one.ended_on or day
        one.save(update_fields=["head", "head_name", "ended_on"])
    return before


def _move_groups(
    ended: list[Village], known: Village | None, into: Village
) -> dict[str, list]:
    before = {}
    for group, was, fresh in _groups(ended, known):
        before[str(group.pk)] = [group.village_id, was]
        group.village, group.name = into, fresh
        group.save(update_fields=["village", "name"])
    return before


def _newest(model: type[VillageGroup] | type[Population], into: Village) -> int:
    rows = model.objects.filter(village=into).order_by("-pk")
    return rows.values_list("pk", flat=True).first() or 0


def _tell(merge: VillageMerge, code: str, actor: Staff) -> None:
    """Write the entry, and tell who works in the villages' offices."""
    told: dict[str, Any] = {
        "former": "、".join(merge.ended.values_list("name", flat=True)),
        "name": merge.into.name,
    }
    record(merge.into, code, actor=actor, day=merge.day, **told)
    posts = Tenure.objects.filter(until=None).exclude(person=actor.person)
    villages = [merge.into_id, *merge.ended.values_list("pk", flat=True)]
    there = posts.filter(post__organisation__village__in=villages)
    people = {one.person_id: one.person for one in there.select_related("person")}
    leave_notices(merge.into, code, people.values(), **told)


def why_not_undone(merge: VillageMerge) -> list[str]:
    """Say what happened since, so that the step cannot be undone; empty if it can."""
    if merge.undone_at is not None:
        return [_("It was undone already.")]
    before, into = merge.before, merge.into
    told = []
    if into.ended_on is not None:
        told.append(_("%(name)s became part of another village.") % {"name": into.name})
    later = VillageMerge.objects.filter(into=into, undone_at=None, pk__gt=merge.pk)
    if later.exists():
        told.append(_("Other villages became part of %(name)s.") % {"name": into.name})
    if _newest(Population, into) > before["newest_figure"]:
        told.append(_("How many people live there was brought in since."))
    if _newest(VillageGroup, into) > before["newest_group"]:
        told.append(_("Groups were added since."))
    told += posts_since(merge)
    for one in followings():
        told += one.new_since(merge, before["followed"].get(one.name))
    return told


@transaction.atomic(durable=True)
def part_villages(merge_id: int, *, actor: Staff) -> VillageMerge:
    """Undo a wrong step: each village has again what it had."""
    check_administrator(actor)
    Town.objects.select_for_update().get(pk=actor.town.pk)
    merge = VillageMerge.objects.select_for_update().get(pk=merge_id)
    why = why_not_undone(merge)
    if why:
        raise Refusal("core.villages_went_on", why=" ".join(why))
    with at(now()):
        _part(merge, actor)
    _tell(merge, "core.villages_parted", actor)
    return merge


def _part(merge: VillageMerge, actor: Staff) -> None:
    before = merge.before
    Organisation.objects.filter(pk__in=before["offices"]).update(closed_at=None)
    bring_posts_back(merge, actor)
    for one in followings():
        one.undo(merge, before["followed"].get(one.name), actor)
    _point_back(merge)
    for pk, (village_id, name) in before["groups"].items():
        VillageGroup.objects.filter(pk=int(pk)).update(village=village_id, name=name)
    if before["fresh"]:
        Village.objects.filter(pk=merge.into_id).update(ended_on=today())
    if before["office"]["fresh"]:
        rows = Organisation.objects.filter(pk=before["office"]["id"])
        rows.update(closed_at=now())
    merge.undone_at, merge.undone_by = now(), actor.person
    merge.save(update_fields=["undone_at", "undone_by"])


def _point_back(merge: VillageMerge) -> None:
    ended = {one.pk: one for one in merge.ended.all()}
    for pk, head in merge.before["villages"].items():
        village = Village.objects.get(pk=int(pk))
        village.head = ended.get(head)
        village.head_name = village.head.name if village.head else ""
        village.ended_on = None if village.pk in ended else village.ended_on
        village.save(update_fields=["head", "head_name", "ended_on"])
