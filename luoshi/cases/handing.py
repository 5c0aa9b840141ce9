"""The views that a person kept go over with the last post."""

from django.utils.translation import gettext_lazy as _

from luoshi.cases.models import SavedView
from luoshi.core.actors import Actor
from luoshi.core.hooks import Handing, PostChange, register_handing


def _views(change: PostChange) -> list[SavedView]:
    """Return what would go: views are of use where nobody else reads them any more."""
    if not change.leaves:
        return []
    known = SavedView.objects.filter(person=change.taker).values("name")
    rows = SavedView.objects.filter(person=change.giver).exclude(name__in=known)
    return list(rows)


def hand_views_over(change: PostChange, actor: Actor) -> int:
    """Put the views after those of who comes; a name that is there stays theirs."""
    views = _views(change)
    begin = SavedView.objects.filter(person=change.taker).count()
    for position, view in enumerate(views, begin + 1):
        assert change.taker is not None
        view.person, view.position = change.taker, position
        view.save(update_fields=["person", "position"])
    return len(views)


register_handing(
    Handing(
        "views",
        _("Saved views"),
        lambda change: len(_views(change)),
        hand_views_over,
    )
)
