"""Views of the inbox that a person keeps: saved, renamed, put in order, removed."""

from django.db import transaction
from django.db.models import Max

from luoshi.cases.models import SavedView
from luoshi.core.actors import Staff
from luoshi.core.models import Person
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record

MOST_VIEWS = 30
MOST_QUERY = 300


def _own_views(actor: Staff) -> list[SavedView]:
    """Return a person's views in order, locked: two windows may change them at once."""
    Person.objects.select_for_update().get(pk=actor.person.pk)
    return list(SavedView.objects.filter(person=actor.person))


def _name_for(name: str, views: list[SavedView], but: int = 0) -> str:
    name = name.strip()
    if not name or len(name) > 30:
        raise Refusal("cases.view_name_missing")
    if any(view.name == name and view.pk != but for view in views):
        raise Refusal("core.name_taken", name=name)
    return name


@transaction.atomic(durable=True)
def save_view(*, name: str, query: str, actor: Staff) -> SavedView:
    """Keep a view of the inbox under a name, the last in order."""
    views = _own_views(actor)
    name = _name_for(name, views)
    if len(views) >= MOST_VIEWS:
        raise Refusal("cases.views_enough", most=MOST_VIEWS)
    if len(query) > MOST_QUERY:
        raise Refusal("cases.view_too_narrow")
    last = SavedView.objects.filter(person=actor.person).aggregate(at=Max("position"))
    view = SavedView(
        town=actor.town,
        person=actor.person,
        name=name,
        query=query,
        position=(last["at"] or 0) + 1,
    )
    view.save(force_insert=True)
    record(actor.person, "cases.view_saved", actor=actor, name=name)
    return view


@transaction.atomic(durable=True)
def rename_view(view_id: int, *, name: str, actor: Staff) -> SavedView:
    """Call a view something else."""
    views = _own_views(actor)
    view = SavedView.objects.get(pk=view_id, person=actor.person)
    view.name = _name_for(name, views, but=view_id)
    view.save(update_fields=["name"])
    record(actor.person, "cases.view_renamed", actor=actor, name=view.name)
    return view


@transaction.atomic(durable=True)
def move_view(view_id: int, *, down: bool, actor: Staff) -> None:
    """Put a view one place further up or down; at the end it stays."""
    views = _own_views(actor)
    here = next(at for at, view in enumerate(views) if view.pk == view_id)
    there = here + (1 if down else -1)
    if not 0 <= there < len(views):
        return
    views[here], views[there] = views[there], views[here]
    for position, view in enumerate(views, 1):
        view.position = position
    SavedView.objects.bulk_update(views, ["position"])
    record(actor.person, "cases.view_moved", actor=actor, name=views[there].name)


@transaction.atomic(durable=True)
def remove_view(view_id: int, *, actor: Staff) -> None:
    """Forget a view; the matters in it stay where they are."""
    view = SavedView.objects.select_for_update().get(pk=view_id, person=actor.person)
    record(actor.person, "cases.view_removed", actor=actor, name=view.name)
    view.delete()
