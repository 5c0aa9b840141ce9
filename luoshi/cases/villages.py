"""What of cases follows when villages become one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.cases.models import Publication, ReplyTemplate
from luoshi.core.actors import Actor
from luoshi.core.hooks import Following, VillageStep, register_following
from luoshi.core.models import VillageMerge


def count_published(step: VillageStep) -> int:
    """Count what is public of the villages that end; it stays public."""
    rows = Publication.objects.filter(commitment__village__in=step.ended)
    return rows.filter(withdrawn_at=None).count()


def follow_templates(step: VillageStep, actor: Actor) -> list[list[int]] | None:
    """Let the one office go on with the closing offices' replies to begin from."""
    kept = []
    for one in ReplyTemplate.objects.filter(organisation__in=list(step.offices)):
        assert one.organisation_id is not None
        kept.append([one.pk, one.organisation_id])
        one.organisation_id = step.offices[one.organisation_id]
        one.save(update_fields=["organisation"])
    return kept or None


def give_templates_back(merge: VillageMerge, before: Any, actor: Actor) -> None:
    """Give each office its replies again."""
    for pk, office in before or []:
        ReplyTemplate.objects.filter(pk=pk).update(organisation=office)


register_following(
    Following(
        "published",
        _("Published matters"),
        count_published,
        follow_templates,
        undo=give_templates_back,
    )
)
