"""What of a matter is told to whom, and the sentence that says how far it is."""

from django.utils.translation import gettext as _

from luoshi.commitments.models import Commitment, Ending, State

# What a resident reads of the trail; the rest is between colleagues.
FOR_RESIDENTS = {
    "cases.received": False,
    "commitments.night_came": False,
    "commitments.night_taken": False,
    "commitments.dispatched": False,
    "commitments.dispatched_here": False,
    "commitments.handback_upheld": False,
    "commitments.taken": False,
    "commitments.progress": True,
    "commitments.extended": True,
    "commitments.paused": True,
    "commitments.higher_help": False,
    "commitments.higher_lift": False,
    "commitments.higher_answered": False,
    "commitments.stands": False,
    "commitments.runs_again": False,
    "commitments.resumed": False,
    "commitments.submitted": True,
    "commitments.accepted": False,
    "commitments.sent_back": False,
    "commitments.judged": True,
    "commitments.reopened": False,
    "commitments.passed_on": True,
    "commitments.refused": False,
    "commitments.moved_to_route": False,
    "commitments.withdrawal_noted": True,
    "commitments.withdrawn_by_code": True,
    "commitments.promised": True,
    "commitments.promise_returned": False,
    "commitments.leader_again": True,
    "commitments.leader_ended": True,
    "commitments.closed": False,
    "commitments.sample_back": True,
    "commitments.merged": False,
    "commitments.unmerged": False,
    "cases.split_from": False,
    "commitments.part_added": False,
    "commitments.part_done": False,
    "commitments.part_passed_on": False,
}
# What everybody may read of it; parts and splits are between town and reporters.
FOR_EVERYBODY = FOR_RESIDENTS.keys() - {
    "commitments.night_came",
    "commitments.night_taken",
    "cases.split_from",
    "commitments.part_added",
    "commitments.part_done",
    "commitments.part_passed_on",
    "commitments.withdrawal_noted",
}


def sentence_for(commitment: Commitment) -> str:
    """Say who does what, in words that can be read aloud."""
    names = {
        "office": commitment.owner_organisation.name,
        "person": commitment.owner.name,
    }
    match commitment.state:
        case State.RECEIVED:
            return _("%(office)s, %(person)s has it and finds out who does it.") % names
        case State.ASSIGNED:
            return _("It is with %(office)s, %(person)s.") % names
        case State.TAKEN | State.IN_HAND:
            return _("%(person)s of %(office)s is doing it.") % names
        case State.SUBMITTED | State.ACCEPTED:
            return _("%(office)s says it is done; somebody else is checking.") % names
        case State.AWAITING:
            return _("It is done and was checked. Is it solved? You decide.")
        case State.OPEN_PROMISE:
            return _("It is promised for later: %(words)s") % {
                "words": commitment.ending_words
            }
    return _closed_sentence(commitment)


def _closed_sentence(commitment: Commitment) -> str:
    match commitment.ending:
        case Ending.REFUSED:
            return _(
                "By the rules the town cannot do this. "
                "Why, and what you can do, stands below."
            )
        case Ending.WITHDRAWN:
            return _("It was withdrawn at the wish of the person who asked.")
        case Ending.LAWFUL:
            return _("The law has a route of its own for this: %(words)s.") % {
                "words": commitment.ending_words
            }
    return _("It is closed: %(ending)s.") % {"ending": commitment.get_ending_display()}
