"""What the desk reads: templates to begin a reply from, and a person's views."""

from dataclasses import dataclass
from urllib.parse import parse_qs

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from luoshi.cases import staff_queries
from luoshi.cases.models import Case, ReplyTemplate, SavedView
from luoshi.cases.placeholders import fill_in
from luoshi.commitments.queries import Filters, inbox_count
from luoshi.commitments.queries.inbox import COUNT_UP_TO, VIEWS
from luoshi.core.actors import Staff
from luoshi.core.models import Organisation
from luoshi.core.roles import DISPATCHER

# What the built-in views of the inbox are called.
VIEW_WORDS = {
    "open": _("All open"),
    "undispatched": _("To dispatch"),
    "soon": _("Due soon"),
    "late": _("Overdue"),
    "review": _("To accept"),
    "awaiting": _("Waiting for verdict"),
    "leader": _("For the leader"),
    "closed": _("Closed"),
}
# Views whose matters are counted on the page; each count is a query of its own.
COUNTED_VIEWS = 9


@dataclass(frozen=True)
class Beginning:
    """A template with its names filled in from a case."""

    pk: int
    title: str
    text: str


@dataclass(frozen=True)
class ShownView:
    """A person's view; `key` opens it, `count` is None where nobody counts."""

    view: SavedView
    key: str = ""
    count: int | None = None

    @property
    def more(self) -> bool:
        """Tell whether there are more than were counted."""
        return self.count is not None and self.count >= COUNT_UP_TO


def templates_for(staff: Staff) -> QuerySet[ReplyTemplate]:
    """Return the templates that a person may begin from: everybody's and their own."""
    used = Q(organisation=None) | Q(organisation__in=staff.organisations)
    return ReplyTemplate.objects.filter(used, retired_at=None)


def beginnings_for(staff: Staff, case: Case) -> list[Beginning]:
    """Return the templates with their names filled in from a case."""
    return [
        Beginning(one.pk, one.title, fill_in(one.text, case))
        for one in templates_for(staff)
    ]


def beginning_chosen(staff: Staff, case: Case, told: str) -> str:
    """Return the filled text of the template that a form names; empty if none."""
    found = templates_for(staff).filter(pk=int(told)) if told.isdigit() else []
    return next((fill_in(one.text, case) for one in found), "")


def templates_shown_to(staff: Staff) -> list[ReplyTemplate]:
    """Return the templates in use; a dispatcher looks after those of every office."""
    rows = ReplyTemplate.objects.filter(retired_at=None).select_related("organisation")
    if staff.has(DISPATCHER):
        return list(rows)
    return list(rows.filter(pk__in=templates_for(staff)))


def offices_of_templates(staff: Staff) -> QuerySet[Organisation]:
    """Return the offices for which a person may keep templates."""
    rows = staff_queries.offices()
    return rows if staff.has(DISPATCHER) else rows.filter(pk__in=staff.organisations)


def _known_ids() -> dict[str, set[int]]:
    """Return what the filter bar offers, so that a view counts what it opens."""
    rows = {
        "village": staff_queries.villages(),
        "category": staff_queries.categories().select_related(None),
        "organisation": staff_queries.offices(),
    }
    return {name: set(some.values_list("pk", flat=True)) for name, some in rows.items()}


def own_views(staff: Staff) -> list[SavedView]:
    """Return a person's views in their order."""
    return list(SavedView.objects.filter(person=staff.person))


def own_view(staff: Staff, view_id: int) -> SavedView:
    """Return one of a person's own views, else 404."""
    view = SavedView.objects.filter(person=staff.person, pk=view_id).first()
    if view is None:
        raise Http404
    return view


def views_shown_to(staff: Staff) -> list[ShownView]:
    """Return a person's views: the first nine with key and count."""
    views = own_views(staff)
    known = _known_ids() if views else {}
    return [
        ShownView(view, str(number), _count(staff, view.query, known))
        if number <= COUNTED_VIEWS
        else ShownView(view)
        for number, view in enumerate(views, 1)
    ]


def _count(staff: Staff, query: str, known: dict[str, set[int]]) -> int:
    """Count what a view holds, as far as anybody reads; gone filters narrow nothing."""
    told = {name: values[0] for name, values in parse_qs(query).items()}
    ids = {
        f"{name}_id": int(told[name])
        for name, some in known.items()
        if told.get(name, "").isdigit() and int(told[name]) in some
    }
    view, whose = told.get("view", "open"), told.get("whose", "town")
    return inbox_count(
        staff,
        whose=whose,
        view=view if view in VIEWS else "open",
        filters=Filters(**ids),
    )
