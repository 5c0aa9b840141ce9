"""What a list says when nothing is in it: one sentence that can be read aloud."""

from django.utils.translation import gettext as _

from luoshi.cases.models import Signal
from luoshi.commitments.models.commitment import LIVE_STATES
from luoshi.commitments.queries import commitments_visible_to
from luoshi.commitments.queries.partial import LIVE_INDEX
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.ui.wording import day


def _mine(staff: Staff, whose: str) -> dict[str, object]:
    narrowed = whose == "mine" and staff.oversees
    return {"owner_organisation__in": staff.oversees} if narrowed else {}


def late(staff: Staff, whose: str) -> str:
    """Say when something was overdue last."""
    rows = commitments_visible_to(staff).filter(**_mine(staff, whose))
    turned = rows.filter(escalated_at__isnull=False).order_by("-escalated_at")
    last = turned.values_list("escalated_at", flat=True).first()
    if last is None:
        return _("Nothing is overdue, and nothing was so far.")
    return _("Nothing is overdue. The last time was on %(on)s.") % {"on": day(last)}


def soon(staff: Staff, whose: str) -> str:
    """Say when something is due next."""
    rows = commitments_visible_to(staff).filter(**_mine(staff, whose))
    running = rows.filter(
        LIVE_INDEX, state__in=LIVE_STATES, paused=False, due_at__gte=now()
    )
    following = running.order_by("due_at").values_list("due_at", flat=True).first()
    if following is None:
        return _("Nothing is due soon, for nothing is in hand.")
    return _("Nothing is due soon. The next is due on %(on)s.") % {"on": day(following)}


def signals(staff: Staff, whose: str) -> str:
    """Say when a neighbour spoke up last."""
    last = Signal.objects.filter(town=staff.town).order_by("-pk").first()
    if last is None:
        return _("No neighbour said so far that something is still broken.")
    return _("All that neighbours said was looked at. The last was on %(on)s.") % {
        "on": day(last.at)
    }


def leader(staff: Staff, whose: str) -> str:
    """Say that nothing waits for the leader."""
    return _("Nothing waits for the leader's decision.")


def explained(staff: Staff, whose: str) -> str:
    """Say that no explanation waits."""
    return _("No explanation waits for a leader's word.")


def above(staff: Staff, whose: str) -> str:
    """Say that no higher body owes an answer."""
    return _("No higher body owes an answer.")


def stuck(staff: Staff, whose: str) -> str:
    """Say that nothing is stuck."""
    return _("Nothing is stuck: help is answered in time, objections are decided.")


def sent_back(staff: Staff, whose: str) -> str:
    """Say that no sample is being done again."""
    return _("Nothing is being done again because of a sample.")


def review(staff: Staff, whose: str) -> str:
    """Say that nothing waits for acceptance."""
    return _("Nothing was handed in that waits for acceptance.")


def work_drawn(staff: Staff, whose: str) -> str:
    """Say that every drawn result was looked at."""
    return _("Every accepted result that was drawn has been looked at.")


def ending_drawn(staff: Staff, whose: str) -> str:
    """Say that every drawn ending was looked at."""
    return _("Every ending that was drawn has been looked at.")


def looked(staff: Staff, whose: str) -> str:
    """Say that nobody looked at a sample yet."""
    return _("No sample was looked at yet.")


def said_not(staff: Staff, whose: str) -> str:
    """Say that nobody said "not solved"."""
    return _("Nobody said “not solved” so far.")
