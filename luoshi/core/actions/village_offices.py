"""The offices of villages that become one: people keep their posts in the one."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luoshi.core.actors import Actor, Staff
from luoshi.core.clock import now, today
from luoshi.core.hooks import PostChange, handings
from luoshi.core.models import (
    Handover,
    HandoverPair,
    Organisation,
    Post,
    Tenure,
    Village,
    VillageMerge,
)
from luoshi.core.trail import record


def office_for(
    closing: list[Organisation], into: Village, actor: Staff
) -> tuple[Organisation | None, dict[str, Any]]:
    """Return the one office that goes on, made where there is none yet."""
    there = Organisation.objects.filter(village=into, closed_at=None)
    office = there.order_by("position", "pk").first()
    if office is not None or not closing:
        return office, {"fresh": False, "id": office.pk if office else None}
    first = closing[0]
    assert first.village is not None
    # Called as the first one is: 青溪村 and 青溪村委 make 新溪村 and 新溪村委.
    name = first.name.replace(first.village.name, into.name)
    if into.name not in name:
        name = f"{into.name} {first.name}"
    office, _made = Organisation.objects.update_or_create(
        town=actor.town,
        name=name[:60],
        defaults={
            "kind": first.kind,
            "village": into,
            "phone": first.phone,
            "position": first.position,
            "closed_at": None,
        },
    )
    return office, {"fresh": True, "id": office.pk}


def carry_posts_over(
    closing: list[Organisation],
    office: Organisation | None,
    merge: VillageMerge,
    actor: Staff,
) -> list[dict[str, Any]]:
    """Let each post go on in the one office with its holder and all that is open."""
    if office is None:
        return []
    held = list(
        Tenure.objects.filter(post__organisation__in=closing, until=None)
        .select_related("person", "post__organisation")
        .order_by("post_id", "pk")
    )
    if not held:
        return []
    handover = _new_handover(merge.day, merge.at, actor)
    onward: dict[int, Post] = {}
    kept = []
    for left in held:
        if left.post_id not in onward:
            onward[left.post_id] = _onward(left.post, office)
        post = onward[left.post_id]
        came = _carry(handover, left, post, actor)
        kept.append({"post": left.post_id, "onward": post.pk, "came": came.pk})
    _oversee(closing, office)
    return kept


def _new_handover(day: date, at: datetime, actor: Staff) -> Handover:
    return Handover.objects.create(town=actor.town, day=day, at=at, by=actor.person)


def _onward(post: Post, office: Organisation) -> Post:
    onward = Post.objects.create(
        town_id=post.town_id, organisation=office, title=post.title, roles=post.roles
    )
    onward.oversees.set(post.oversees.all())
    return onward


def _carry(handover: Handover, left: Tenure, onward: Post, actor: Actor) -> Tenure:
    """End one tenure and begin the other; the work follows as at any hand-over."""
    left.until = max(handover.day, left.since)
    left.save(update_fields=["until"])
    came = Tenure.objects.create(
        town_id=left.town_id, post=onward, person=left.person, since=left.until
    )
    change = PostChange(
        post=left.post,
        giver=left.person,
        taker=left.person,
        leaves=False,
        onward=onward,
    )
    moved = {one.name: one.hand_over(change, actor) for one in handings()}
    HandoverPair.objects.create(
        town_id=left.town_id, handover=handover, left=left, came=came, moved=moved
    )
    record(
        left.post,
        "core.post_carried",
        actor=actor,
        post=left.post.title,
        person=left.person.name,
        office=onward.organisation.name,
    )
    return came


def _oversee(closing: list[Organisation], office: Organisation) -> None:
    """Let who signs for a closing office sign for the one that goes on."""
    for post in Post.objects.filter(oversees__in=closing).distinct():
        post.oversees.add(office)


def posts_since(merge: VillageMerge) -> list[str]:
    """Say whether posts of the one office changed hands since."""
    kept = merge.before["posts"]
    came = [one["came"] for one in kept]
    gone = Tenure.objects.filter(pk__in=came).exclude(until=None).exists()
    onward = [one["onward"] for one in kept]
    others = Tenure.objects.filter(post__in=onward).exclude(pk__in=came).exists()
    added = Tenure.objects.filter(
        post__organisation=merge.before["office"]["id"], pk__gt=max(came, default=0)
    )
    fresh = merge.before["office"]["fresh"] and added.exists()
    if not (gone or others or fresh):
        return []
    return [_("Posts of its office changed hands since.")]


def bring_posts_back(merge: VillageMerge, actor: Staff) -> None:
    """Give each post back to its old office with what is open."""
    kept = merge.before["posts"]
    if not kept:
        return
    handover = _new_handover(today(), now(), actor)
    for one in kept:
        came = Tenure.objects.select_related("person", "post__organisation")
        old = Post.objects.select_related("organisation").get(pk=one["post"])
        _carry(handover, came.get(pk=one["came"]), old, actor)
    if merge.before["office"]["fresh"]:
        # It exists for nobody any more; whoever signed for it signs for the old ones.
        for post in Post.objects.filter(oversees=merge.before["office"]["id"]):
            post.oversees.remove(merge.before["office"]["id"])
