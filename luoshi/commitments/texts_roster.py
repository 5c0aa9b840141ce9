"""The sentences of the duty roster and of nights, and what they register."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.commitments.actions import carry_nights_on
from luoshi.commitments.actions.roster import (
    hand_shifts_over,
    shifts_of_post,
    take_shifts_over,
)
from luoshi.commitments.models import Shift
from luoshi.commitments.queries.roster import is_on_duty, shifts_to_come
from luoshi.core.hooks import (
    Handing,
    register_handing,
    register_on_duty,
    register_work,
)
from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.scheduler import register_task
from luoshi.core.sealed import register_sealed
from luoshi.core.slots import NavItem, register_nav
from luoshi.core.trail import register_codes

register_codes(
    {
        "commitments.night_came": _(
            "It came in outside office hours and is urgent; "
            "%(person)s is on duty and was told."
        ),
        "commitments.night_taken": _("%(actor)s, on duty, sees to it."),
        "commitments.night_to_leader": _(
            "Nobody on duty took it within %(minutes)d minutes; "
            "it went to the leader on duty, %(person)s."
        ),
        "commitments.night_moved": _(
            "The shift changed; %(person)s is on duty now and was told."
        ),
        "commitments.night_over": _(
            "It goes its usual way again and lies with %(person)s for dispatch."
        ),
        "commitments.roster_brought": _(
            "%(actor)s brought in the duty roster: "
            "%(added)d places are new, %(changed)d changed."
        ),
        "commitments.shift_swapped": _(
            "%(actor)s: on %(day)s (%(shift)s) %(taker)s stands in for %(giver)s."
        ),
        "commitments.shift_taken_over": _(
            "%(actor)s took the shift over; %(count)d urgent matters were open."
        ),
        "commitments.shifts_handed_over": _(
            "%(actor)s: %(taker)s takes the shifts of %(giver)s, %(count)d in all."
        ),
    }
)
register_notice_texts(
    {
        "commitments.night_order": _(
            "You are on duty. %(number)s came in and is urgent: %(title)s"
        ),
        "commitments.night_order_beside": _(
            "%(number)s came in and is urgent; %(holder)s is on duty: %(title)s"
        ),
        "commitments.night_message": _(
            "You are on duty: %(number)s came in and is urgent. "
            "Sign in, look at it and see to it."
        ),
        "commitments.night_to_leader": _(
            "You lead on duty. Nobody took %(number)s, which is urgent: %(title)s"
        ),
        "commitments.night_over": _(
            "%(number)s came in outside office hours and waits for dispatch: %(title)s"
        ),
        "commitments.on_roster": _(
            "You are on the duty roster for %(count)d shifts; the first is on %(day)s."
        ),
        "commitments.off_roster": _(
            "The duty roster changed: on %(day)s (%(shift)s) you are not on duty."
        ),
        "commitments.shift_swapped": _(
            "On %(day)s (%(shift)s) %(taker)s is on duty instead of %(giver)s."
        ),
    }
)
register_notice_words(
    {
        "commitments.night_order": _("urgent; you are on duty"),
        "commitments.night_order_beside": _("urgent; %(holder)s is on duty"),
        "commitments.night_to_leader": _("urgent; nobody on duty took it"),
        "commitments.night_over": _("came in at night, waits for dispatch"),
    }
)
register_refusals(
    {
        "commitments.not_your_shift": _(
            "This is done by who is on duty. The administrator may for all."
        ),
        "commitments.shift_over": _("That shift is over or has begun. Choose another."),
        "commitments.nobody_chosen": _("Choose who takes the shift."),
        "commitments.not_their_shift": _(
            "%(name)s is not on duty in the shift to be taken in return. "
            "Choose another."
        ),
        "commitments.on_duty_then": _(
            "%(name)s is on duty at that time already. Choose somebody else."
        ),
        "commitments.minutes_of_leader": _("Write 1 to %(most)d minutes."),
    }
)
register_handing(
    Handing(
        "shifts",
        _("Shifts on duty to come"),
        lambda change: shifts_of_post(change).count(),
        hand_shifts_over,
    )
)
register_work(lambda person: shifts_to_come(person).count(), take_shifts_over)
register_on_duty(is_on_duty)
register_sealed(Shift, "phone", lambda row: row.place)
register_task("nights", timedelta(minutes=1), carry_nights_on)
register_nav(NavItem("roster:roster", _("Duty roster"), last=True))
