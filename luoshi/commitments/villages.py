"""What of commitments follows when villages become one."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from luoshi.commitments.actions.base import move_commitment, put_in_hands
from luoshi.commitments.models import (
    Approval,
    Category,
    Commitment,
    Hop,
    State,
    Support,
)
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.hooks import Following, VillageStep, register_following
from luoshi.core.models import Organisation, VillageMerge
from luoshi.core.trail import record


def count_matters(step: VillageStep) -> int:
    """Count the matters of the villages that end; sealed ones are not told of."""
    return Commitment.objects.filter(village__in=step.ended, parent=None).count()


def newest_matter(step: VillageStep, actor: Actor) -> dict[str, int]:
    """Remember up to which matter all were told before; sealed ones too."""
    rows = Commitment.with_sealed.order_by("-pk").values_list("pk", flat=True)
    return {"newest": rows.first() or 0}


def count_open(step: VillageStep) -> int:
    """Count the open matters in the hands of their offices."""
    return _open_in([one.pk for one in _closing(step)]).count()


def _closing(step: VillageStep) -> list[Organisation]:
    rows = Organisation.objects.filter(village__in=step.ended, closed_at=None)
    return list(rows)


def _open_in(offices: list[int]) -> Any:
    rows = Commitment.objects.filter(owner_organisation__in=offices)
    return rows.exclude(state=State.CLOSED)


def follow_offices(step: VillageStep, actor: Actor) -> dict[str, Any] | None:
    """Let what still points to a closing office point to the one that goes on.

    What lies with somebody's post went along with it; here is what is left: matters
    of who holds no post there any more, help asked, plans, and the categories.
    """
    if not step.offices:
        return None
    closing = list(step.offices)
    onward = Organisation.objects.get(pk=step.offices[closing[0]])
    for one in _open_in(closing).select_for_update(of=("self",)).order_by("pk"):
        fields = put_in_hands(one, onward, one.owner, now())
        move_commitment(one, "leave", *fields)
        record(one, "commitments.handed_over", actor=actor, person=one.owner.name)
    waiting = Support.objects.filter(organisation__in=closing)
    waiting.filter(answered_at=None).update(organisation=onward)
    planned = Approval.objects.filter(office__in=closing, given_at=None)
    planned.update(office=onward)
    usual = Category.objects.filter(organisation__in=closing)
    kept = {str(pk): office for pk, office in usual.values_list("pk", "organisation")}
    usual.update(organisation=onward)
    return {"categories": kept, "closing": closing, "onward": onward.pk}


def matters_since(merge: VillageMerge, before: dict[str, Any]) -> list[str]:
    """Say what came in since, for nobody can tell whose it would be."""
    villages = [merge.into_id, *merge.ended.values_list("pk", flat=True)]
    # Sealed ones too: they would be left behind like any other.
    fresh = Commitment.with_sealed.filter(village__in=villages, pk__gt=before["newest"])
    count = fresh.filter(parent=None).count()
    text = ngettext(
        "%(count)d matter came in since.", "%(count)d matters came in since.", count
    )
    return [text % {"count": count}] if count else []


def sent_since(merge: VillageMerge, before: dict[str, Any] | None) -> list[str]:
    """Say what of the former villages went to the one office since."""
    if before is None:
        return []
    ended = Commitment.objects.filter(village__in=merge.before["villages"])
    sent = Hop.objects.filter(
        commitment__in=ended, organisation=before["onward"], since__gt=merge.at
    )
    count = sent.values("commitment").distinct().count()
    text = ngettext(
        "%(count)d matter went to its office since.",
        "%(count)d matters went to its office since.",
        count,
    )
    return [text % {"count": count}] if count else []


def give_offices_back(
    merge: VillageMerge, before: dict[str, Any] | None, actor: Actor
) -> None:
    """Let the categories go to their old offices again."""
    if before is None:
        return
    for pk, office in before["categories"].items():
        rows = Category.objects.filter(pk=int(pk), organisation=before["onward"])
        rows.update(organisation=office)


register_following(
    Following("matters", _("Matters"), count_matters, newest_matter, matters_since)
)
register_following(
    Following(
        "open",
        _("Open matters of their offices"),
        count_open,
        follow_offices,
        sent_since,
        give_offices_back,
    )
)
