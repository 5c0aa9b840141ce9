"""What alerts tell the layers below: sentences, ciphertexts, navigation, tasks."""

from datetime import timedelta
from operator import methodcaller

from django.utils.translation import gettext_lazy as _

from luoshi.alerts.actions import erase_due
from luoshi.alerts.banner import notice_banner
from luoshi.alerts.keeping import forget_sheets
from luoshi.alerts.models import Household
from luoshi.alerts.queries import to_go
from luoshi.alerts.rules import ROLES
from luoshi.alerts.secrets import FIELDS
from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.scheduler import register_task
from luoshi.core.sealed import register_sealed
from luoshi.core.slots import NavItem, register_banner, register_nav
from luoshi.core.trail import register_codes

register_codes(
    {
        "alerts.list_brought": _(
            "%(actor)s brought in the households of %(village)s: %(added)d new, "
            "%(changed)d changed, %(erased)d taken off; kept until %(erase_on)s."
        ),
        "alerts.list_erased": _(
            "%(actor)s erased the households of %(village)s: %(count)d."
        ),
        "alerts.opened": _(
            "%(actor)s opened the call-out “%(title)s” over %(count)d households."
        ),
        "alerts.closed": _(
            "%(actor)s closed the call-out “%(title)s”; %(count)d households were "
            "not reached."
        ),
        "alerts.phone_read": _("%(actor)s read the telephone of a household."),
        "alerts.reached": _("%(actor)s reached the household by telephone."),
        "alerts.not_reached": _("%(actor)s did not reach the household."),
        "alerts.neighbour_goes": _("%(actor)s asked a neighbour to go there."),
        "alerts.told_at_door": _("%(actor)s told the household at the door."),
        "alerts.nobody_there": _("%(actor)s stood before a closed door."),
        "alerts.answer_undone": _("%(actor)s took the last answer back."),
        "alerts.shelter_added": _(
            "%(actor)s wrote down the shelter %(name)s with room for %(room)d."
        ),
        "alerts.shelter_closed": _("%(actor)s offers the shelter %(name)s no more."),
        "alerts.moves_planned": _(
            "%(actor)s said that %(count)d households of %(village)s go to %(shelter)s."
        ),
        "alerts.move_changed": _("%(actor)s sends the household to %(shelter)s."),
        "alerts.arrived": _("%(actor)s said that the household arrived."),
        "alerts.with_relatives": _(
            "%(actor)s said that the household is safe with relatives."
        ),
        "alerts.stays": _("%(actor)s said that the household does not want to go."),
        "alerts.not_there_yet": _("%(actor)s said that they are not there yet."),
        "alerts.calls_read": _(
            "%(actor)s took out the call list “%(title)s” with %(count)d telephones."
        ),
        "alerts.go_read": _(
            "%(actor)s took out the list of doors “%(title)s” with %(count)d "
            "telephones."
        ),
        "alerts.moves_read": _(
            "%(actor)s took out the evacuation list “%(title)s” with %(count)d "
            "telephones."
        ),
        "alerts.notice_written": _("%(actor)s wrote the notice “%(title)s”."),
        "alerts.notice_changed": _("%(actor)s changed the notice “%(title)s”."),
        "alerts.leader_asked": _("%(actor)s asked a leader to let “%(title)s” go."),
        "alerts.notice_returned": _("%(actor)s returned the notice."),
        "alerts.notice_released": _(
            "%(actor)s let “%(title)s” go: %(count)d messages; %(without)d households "
            "have no mobile number."
        ),
        "alerts.notice_ended": _("%(actor)s took “%(title)s” off the pages."),
        "alerts.told_otherwise": _("%(actor)s told the household another way."),
        "alerts.rule_chosen": _(
            "%(actor)s chose when a leader's word is needed for a notice to many."
        ),
    }
)
register_notice_texts(
    {
        "alerts.opened": _("Households of your village are being called: %(title)s"),
        "alerts.go_there": _("Somebody was not reached; go there: %(title)s"),
        "alerts.leader_asked": _("A notice to many waits for you: %(title)s"),
        "alerts.notice_returned": _("Your notice was returned to you: %(title)s"),
        "alerts.notice_released": _("Your notice is out: %(title)s"),
        # What the telephones get, word for word as it was released.
        "alerts.message": "%(text)s",
    }
)
register_notice_words(
    {
        "alerts.opened": _("households are being called"),
        "alerts.go_there": _("somebody was not reached"),
        "alerts.leader_asked": _("a notice waits for you"),
        "alerts.notice_returned": _("your notice was returned"),
        "alerts.notice_released": _("your notice is out"),
    }
)
register_refusals(
    {
        "alerts.not_yours": _("This is for those who work with the emergency lists."),
        "alerts.not_your_village": _("This village's list is not yours."),
        "alerts.leader_only": _("A leader lets it go. Ask for that first."),
        "alerts.erase_day": _(
            "Choose a day after today and within %(most)d days on which names and "
            "telephones are erased."
        ),
        "alerts.title_missing": _("Write in a few words what it is."),
        "alerts.words_missing": _("Write what is said."),
        "alerts.text_long": _(
            "The text has %(count)d characters; %(most)d fit. Nobody listens longer."
        ),
        "alerts.shown_past": _("The last day is over. Choose a later one."),
        "alerts.nobody_chosen": _(
            "No household is on the lists of what you chose. Bring the list in first."
        ),
        "alerts.closed": _("“%(title)s” is closed. Open a new call-out if it goes on."),
        "alerts.try_again": _("Others were quicker each time. Press once more."),
        "alerts.in_other_hands": _(
            "It lies in other hands by now. Take the next household."
        ),
        "alerts.reached_already": _("Somebody reached them already."),
        "alerts.no_such_answer": _("Choose one of the answers."),
        "alerts.shelter_known": _("%(name)s is on the list already."),
        "alerts.no_shelter": _("This shelter is not offered any more. Choose another."),
        "alerts.asked_already": _("A leader was asked already, or it is out."),
        "alerts.released_already": _("It is out already."),
        "alerts.changed_meanwhile": _(
            "The text was changed after you opened it. Read it again first."
        ),
    }
)
for _field in FIELDS:
    register_sealed(Household, _field, methodcaller("place_of", _field))
register_nav(
    NavItem("alerts:alerts", _("Call-outs"), frozenset(ROLES), waiting=to_go),
    NavItem("alerts:notices", _("Notices to many"), frozenset({*ROLES, ADMINISTRATOR})),
)
register_banner(notice_banner)
register_task("households", timedelta(hours=1), erase_due)
register_task("household-sheets", timedelta(hours=1), forget_sheets)
