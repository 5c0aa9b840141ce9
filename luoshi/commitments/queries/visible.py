"""The one queryset that says who sees which commitment."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.commitments.models import Approval, Commitment, Hop, State, Support
from luoshi.commitments.queries.approvals import ids_asked_of
from luoshi.commitments.queries.roster import ids_on_duty
from luoshi.core.actors import Staff
from luoshi.core.roles import DISPATCHER, INSPECTOR, LEADER, RELEASER


class AskedOfEach(Exists):
    """An `EXISTS` that PostgreSQL asks of each row, and does not gather beforehand.

    Its planner thinks of reading all rows to the end and gathers the hops of ten years;
    of lists that stop after fifty rows this is most of the work. The offset of nothing
    keeps it from doing so.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"


def commitments_visible_to(staff: Staff) -> QuerySet[Commitment]:
    """Return what a member of staff may see; before dispatch only dispatchers do.

    What is sealed is in no list: `Commitment.objects` leaves it out.
    """
    open_ones = Commitment.objects.filter(town=staff.town)
    if staff.has(DISPATCHER):
        return open_ones
    # Whose word is asked for, and who is on duty at night, reads it before dispatch.
    asked = [*ids_asked_of(staff), *ids_on_duty(staff.on_duty)]
    dispatched = open_ones.exclude(state=State.RECEIVED)
    if asked:
        dispatched = open_ones.filter(~Q(state=State.RECEIVED) | Q(pk__in=asked))
    if staff.has(LEADER, INSPECTOR, RELEASER):
        return dispatched
    mine = Q(organisation__in=staff.organisations)
    touched = Hop.objects.filter(mine, commitment=OuterRef("pk"))
    helped = Support.objects.filter(mine, commitment=OuterRef("pk"))
    # Who leads reads the parts, and who does a part reads what it is for.
    leads = Hop.objects.filter(mine, commitment=OuterRef("parent_id"))
    does = Hop.objects.filter(mine, commitment__parent=OuterRef("pk"))
    gave = Approval.objects.filter(given_by=staff.person, commitment=OuterRef("pk"))
    return dispatched.filter(
        AskedOfEach(touched)
        | AskedOfEach(helped)
        | Q(parent__isnull=False) & AskedOfEach(leads)
        | Q(parent__isnull=True) & AskedOfEach(does)
        | Q(pk__in=asked)
        | AskedOfEach(gave)
    )


def visible_among(staff: Staff, ids: Iterable[int]) -> set[int]:
    """Return which of these a member of staff may see: the rest is only counted."""
    return set(
        commitments_visible_to(staff).filter(pk__in=ids).values_list("pk", flat=True)
    )
