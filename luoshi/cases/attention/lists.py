"""Each list by its name: its title, its rows as they are shown, what it says empty."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.cases.attention import empty, sources
from luoshi.cases.attention.sources import Source
from luoshi.commitments.models import Commitment, Explanation, HigherRequest, Sample
from luoshi.commitments.queries import Light, light_of
from luoshi.commitments.queries.above import last_explanations
from luoshi.core.actors import Staff
from luoshi.core.clock import today
from luoshi.ui.wording import day

FEW, ROWS = 5, 50
# Beyond it the page says "more than": counting on would cost more than anybody reads.
COUNT_UP_TO = 1_000


@dataclass(frozen=True)
class Line:
    """One matter in a list, and in a few words why it stands there."""

    commitment: Commitment
    light: Light
    note: str = ""
    quote: str = ""
    # A sample that waits to be looked at.
    sample_id: int = 0
    # What was explained of it, beside what went wrong.
    explained: Explanation | None = None


@dataclass(frozen=True)
class Look:
    """The first few lines of a list, and how many there are in all."""

    name: str
    title: Promise | str
    lines: list[Line]
    total: int
    empty: str

    @property
    def more(self) -> bool:
        """Tell whether there are more than were counted."""
        return self.total >= COUNT_UP_TO


@dataclass(frozen=True)
class ListKind:
    """What a list is called, where its rows come from, and what each says."""

    title: Promise
    source: Callable[[Staff, str], Source]
    empty: Callable[[Staff, str], str]
    # Why a row stands in the list, what somebody said, and an open sample's id.
    say: Callable[[Any], dict[str, Any]] = lambda _row: {}
    # Whether what stands in it went wrong, so that it may have been explained.
    wrong: bool = False


def _stuck(row: Any) -> dict[str, Any]:
    why = []
    if row.escalated_again_at is not None:
        why.append(_("has taken twice its time"))
    if row.help_late:
        why.append(_("help not answered in time"))
    if row.objected:
        why.append(_("objection not decided"))
    return {"note": _("; ").join(why)}


def _signal(row: Any) -> dict[str, Any]:
    return {"note": day(row.at), "quote": row.words}


def _drawn(row: Sample) -> dict[str, Any]:
    return {"note": why_drawn(row), "sample_id": row.pk}


def _looked(row: Sample) -> dict[str, Any]:
    told = {
        "on": day(row.looked_at) if row.looked_at else "",
        "person": row.looked_by.name if row.looked_by else "",
        "found": row.get_found_display(),
    }
    note = _("%(on)s, %(person)s: %(found)s") % told
    return {"note": note, "quote": row.words}


def _above(row: HigherRequest) -> dict[str, Any]:
    told = {"body": row.body, "on": day(row.until)}
    late = row.until < today()
    note = (
        _("%(body)s was to answer by %(on)s") % told
        if late
        else _("%(body)s, until %(on)s") % told
    )
    return {"note": note, "quote": row.asked}


def _said(row: Any) -> dict[str, Any]:
    told = {"on": day(row.at)}
    note = day(row.at) if row.words else _("%(on)s, without a word") % told
    return {"note": note, "quote": row.words}


def why_drawn(sample: Sample) -> str:
    """Say from what chance drew it, and how many of a hundred it draws."""
    told = {
        "on": day(sample.drawn_at),
        "share": sample.share,
        "ending": sample.get_ending_display(),
    }
    if sample.why == Sample.Why.WORK:
        return (
            _("drawn by chance on %(on)s: %(share)d of 100 accepted results are") % told
        )
    return _("drawn by chance on %(on)s: %(share)d of 100 that ended so are") % told


LISTS: dict[str, ListKind] = {
    "late": ListKind(gettext_lazy("Overdue"), sources.late, empty.late, wrong=True),
    "soon": ListKind(gettext_lazy("Due soon"), sources.soon, empty.soon),
    "leader": ListKind(
        gettext_lazy("Judged not solved twice: the leader decides"),
        sources.leader,
        empty.leader,
        wrong=True,
    ),
    "explained": ListKind(
        gettext_lazy("Explained: does it hold?"),
        sources.explained,
        empty.explained,
        wrong=True,
    ),
    "above": ListKind(
        gettext_lazy("Asked of a higher body, without an answer"),
        sources.above,
        empty.above,
        _above,
    ),
    "signals": ListKind(
        gettext_lazy("Neighbours say: still broken"),
        sources.signals,
        empty.signals,
        _signal,
    ),
    "stuck": ListKind(
        gettext_lazy("Stuck or without an answer"),
        sources.stuck,
        empty.stuck,
        _stuck,
        wrong=True,
    ),
    "sent-back": ListKind(
        gettext_lazy("Not right in a sample, being done again"),
        sources.sent_back,
        empty.sent_back,
        _looked,
    ),
    "review": ListKind(gettext_lazy("To accept"), sources.review, empty.review),
    "work-drawn": ListKind(
        gettext_lazy("Drawn from accepted work"),
        sources.work_drawn,
        empty.work_drawn,
        _drawn,
    ),
    "ending-drawn": ListKind(
        gettext_lazy("Drawn from how matters ended"),
        sources.ending_drawn,
        empty.ending_drawn,
        _drawn,
    ),
    "looked": ListKind(
        gettext_lazy("What samples found"), sources.looked, empty.looked, _looked
    ),
    "said-not": ListKind(
        gettext_lazy("Said “not solved”, and why"),
        sources.said_not,
        empty.said_not,
        _said,
        wrong=True,
    ),
}


def look_at(staff: Staff, name: str, whose: str = "town") -> Look:
    """Return the first few lines of a list; counted only where there are more."""
    kind = LISTS[name]
    source = kind.source(staff, whose)
    rows = list(source.rows.order_by(*source.order)[: FEW + 1])
    total = len(rows) if len(rows) <= FEW else count_of(source)
    said = "" if rows else kind.empty(staff, whose)
    return Look(
        name, kind.title, lines_of(staff, kind, source, rows[:FEW]), total, said
    )


def list_page(staff: Staff, name: str, whose: str, after: str) -> tuple[Look, str]:
    """Return one page of a whole list, and the key of the next page or nothing."""
    kind = LISTS[name]
    source = kind.source(staff, whose)
    behind = source.after(after) if after else None
    rows = source.rows.filter(behind) if behind is not None else source.rows
    found = list(rows.order_by(*source.order)[: ROWS + 1])
    older = source.place(found[ROWS - 1]) if len(found) > ROWS else ""
    lines = lines_of(staff, kind, source, found[:ROWS])
    said = "" if found else kind.empty(staff, whose)
    (look,) = explained([Look(name, kind.title, lines, count_of(source), said)])
    return look, older


def count_of(source: Source) -> int:
    """Count a list, up to a thousand."""
    return source.rows.select_related(None).order_by()[:COUNT_UP_TO].count()


def lines_of(
    staff: Staff, kind: ListKind, source: Source, rows: list[Any]
) -> list[Line]:
    """Return rows as they are shown."""
    lines = []
    matters: list[Commitment] = [row.commitment if source.path else row for row in rows]
    for row, matter in zip(rows, matters, strict=True):
        matter.town = staff.town
        lines.append(Line(matter, light_of(matter), **kind.say(row)))
    return lines


def explained(looks: list[Look]) -> list[Look]:
    """Return lists with what was explained of each matter, asked for in one query."""
    wrong = [look for look in looks if LISTS[look.name].wrong]
    found = last_explanations(
        {line.commitment.pk for look in wrong for line in look.lines}
    )
    return [
        replace(
            look,
            lines=[
                replace(line, explained=found.get(line.commitment.pk))
                for line in look.lines
            ],
        )
        if look in wrong
        else look
        for look in looks
    ]
