"""Reads of what is said to many: the list, and who was not reached."""

from dataclasses import dataclass, field

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from luoshi.alerts import rules
from luoshi.alerts.models import GroupNotice, Household, NoticeLine
from luoshi.alerts.secrets import Told, name_of
from luoshi.commitments.queries.emergency import emergency_now
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.models import Notice, Town
from luoshi.core.notices.show import why_not_sent

MOST = 50
FAILED = (Notice.State.FAILED, Notice.State.DROPPED)


@dataclass(frozen=True)
class Counts:
    """To how many households a message went, and how far it got."""

    all: int
    sent: int
    waiting: int
    unreached: int
    told: int


@dataclass(frozen=True)
class Unreached:
    """A household that no message reached, and why."""

    line: NoticeLine
    told: Told = field(repr=False)
    why: str


@dataclass(frozen=True)
class May:
    """What a person may do with a notice now."""

    change: bool
    ask: bool
    release: bool
    give_back: bool
    end: bool


def notices_visible_to(staff: Staff) -> QuerySet[GroupNotice]:
    """Return all to who works with the lists; others read what is public."""
    rows = GroupNotice.objects.filter(town=staff.town)
    return rows if rules.may_see(staff) else rows.none()


def notices_for(staff: Staff) -> list[GroupNotice]:
    """Return the newest notices; what waits for a leader comes first."""
    first = Case(
        When(state=GroupNotice.State.ASKED, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    rows = notices_visible_to(staff).select_related("written_by", "released_by")
    return list(rows.order_by(first, "-pk")[:MOST])


def public_notices(town: Town) -> QuerySet[GroupNotice]:
    """Return what everybody may read."""
    released = GroupNotice.objects.filter(town=town)
    return released.filter(state=GroupNotice.State.RELEASED)


def may_now(staff: Staff, notice: GroupNotice) -> May:
    """Say what a person may do with a notice now."""
    emergency = emergency_now() is not None
    release = rules.may_release(staff, notice, emergency)
    draft = notice.state == GroupNotice.State.DRAFT
    return May(
        change=rules.may_change(staff, notice),
        ask=rules.may_write(staff) and draft and not release,
        release=release,
        give_back=rules.may_return(staff, notice),
        end=rules.may_end(staff, notice),
    )


def households_for(notice: GroupNotice) -> list[Household]:
    """Return to whom messages go: the chosen villages and kinds, or all."""
    households = Household.objects.filter(erased_at=None).select_related("roster")
    chosen = list(notice.villages.values_list("pk", flat=True))
    if chosen:
        households = households.filter(roster__village__in=chosen)
    if notice.kinds:
        households = households.filter(kind__in=notice.kinds)
    return list(households.order_by("pk"))


def lines_visible_to(staff: Staff, notice: GroupNotice) -> QuerySet[NoticeLine]:
    """Return the households of the villages that a person works with."""
    villages = rules.villages_of(staff)
    return NoticeLine.objects.filter(notice=notice, village__in=villages)


def _not_reached() -> Q:
    return Q(told_at=None) & (Q(message=None) | Q(message__state__in=FAILED))


def counts_of(staff: Staff, notice: GroupNotice) -> Counts:
    """Count how far the messages got; what failed and was told is told."""
    lines = lines_visible_to(staff, notice)
    return Counts(
        all=lines.count(),
        sent=lines.filter(message__state=Notice.State.SENT, told_at=None).count(),
        waiting=lines.filter(message__state=Notice.State.WAITING, told_at=None).count(),
        unreached=lines.filter(_not_reached()).count(),
        told=lines.exclude(told_at=None).count(),
    )


def unreached_of(staff: Staff, notice: GroupNotice) -> list[Unreached]:
    """Return the households that no message reached, village by village."""
    lines = lines_visible_to(staff, notice).filter(_not_reached())
    lines = lines.select_related("household", "village", "message")
    ordered = lines.order_by("village__position", "household__group", "pk")
    return [Unreached(one, Told(name_of(one.household)), _why(one)) for one in ordered]


def _why(line: NoticeLine) -> str:
    return why_not_sent(line.message) if line.message else ""


def is_over(notice: GroupNotice) -> bool:
    """Tell whether a released notice no longer holds."""
    return notice.ended_at is not None or notice.shown_until <= now()
