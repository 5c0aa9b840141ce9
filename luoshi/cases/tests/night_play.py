"""A roster and a night to play with: Monday 2 March 2026, offices shut at 17:30."""

from luoshi.cases.actions import receive_case
from luoshi.commitments.actions.roster import set_phone
from luoshi.commitments.models import Commitment, Shift
from luoshi.core.actors import RESIDENT
from luoshi.core.clock import moment_of

NIGHT = ("2026-03-02 17:30", "2026-03-03 08:30")
TEXT = "村口的电线垂下来了，碰得到人"


def on_roster(place, who, span=NIGHT, leader="leader", position=0, phone=""):
    """Put somebody on the roster."""
    person = place.staff(who).person
    led_by = place.staff(leader).person if leader else None
    shift = Shift(
        town=place.town,
        name="夜班",
        starts_at=moment_of(span[0]),
        ends_at=moment_of(span[1]),
        position=position,
        person=person,
        leader=led_by,
        listed=person,
        listed_leader=led_by,
    )
    set_phone(shift, phone)
    shift.save(force_insert=True)
    return shift


def come_in(place, text=TEXT, urgent=True, **more):
    """Let something come in; return its commitment."""
    receipt = receive_case(
        town=place.town,
        text=text,
        actor=RESIDENT,
        channel="phone",
        village=place.village,
        urgent=urgent,
        **more,
    )
    return Commitment.with_sealed.get(pk=receipt.case.commitment_id)


def at_night(clock, text="2026-03-02 20:00"):
    """Let it be night."""
    clock.moment = moment_of(text)
