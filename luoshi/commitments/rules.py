"""Who may do what with a commitment: one predicate each; absent means no."""

from luoshi.commitments.adapters import adapter_of
from luoshi.commitments.models import Commitment, Ending, Kind, Shift, Stage, State
from luoshi.commitments.models.commitment import Visibility
from luoshi.commitments.moves import allows
from luoshi.core.actors import Staff
from luoshi.core.roles import (
    ADMINISTRATOR,
    DISPATCHER,
    INSPECTOR,
    LEADER,
)


def owns(staff: Staff, commitment: Commitment) -> bool:
    """Tell whether this person answers for it now."""
    return commitment.owner_id == staff.person.pk


def in_owning_office(staff: Staff, commitment: Commitment) -> bool:
    """Tell whether this person works in the office that answers for it."""
    return commitment.owner_organisation_id in staff.organisations


def may_see(staff: Staff, commitment: Commitment) -> bool:
    """Ask the one visibility queryset, so that list and detail agree."""
    from luoshi.commitments.queries import commitments_visible_to

    return commitments_visible_to(staff).filter(pk=commitment.pk).exists()


def may_follow_notice(staff: Staff, commitment: Commitment) -> bool:
    """Dispatchers, inspectors and the owner's office see to it that people are told."""
    follows = staff.has(DISPATCHER, INSPECTOR) or in_owning_office(staff, commitment)
    return follows and may_see(staff, commitment)


def waits_for_word(commitment: Commitment) -> bool:
    """Tell whether a word is asked for and not given yet."""
    return commitment.approvals.filter(given_at=None).exists()


def may_give_word(staff: Staff, commitment: Commitment) -> bool:
    """Whose turn it is gives the word, or the deputy; nobody signs their own work."""
    from luoshi.commitments.queries.deputies import stands_in_for

    if not allows("give_word", commitment.state):
        return False
    asked = commitment.approvals.filter(given_at=None).first()
    if asked is None or asked.person_id not in stands_in_for(staff.person):
        return False
    own = asked.evidence_id or asked.stage == Stage.REFUSE
    return not (own and did_work(staff, commitment))


def may_recall_word(staff: Staff, commitment: Commitment) -> bool:
    """Who asked takes the question back: a dispatcher, or whose matter it is."""
    asks = owns(staff, commitment)
    if commitment.state == State.RECEIVED:
        asks = staff.has(DISPATCHER)
    return (
        allows("recall_word", commitment.state) and asks and waits_for_word(commitment)
    )


def has_on_duty(staff: Staff, commitment: Commitment) -> bool:
    """Tell whether it came in while the offices were shut and lies with this shift."""
    from luoshi.commitments.queries.roster import ids_on_duty

    return commitment.pk in ids_on_duty(staff.on_duty)


def may_take_on_duty(staff: Staff, commitment: Commitment) -> bool:
    """Who is on duty sees to what nobody on duty took yet."""
    return (
        allows("take_on_duty", commitment.state)
        and has_on_duty(staff, commitment)
        and commitment.night_order.taken_at is None
    )


def may_swap(staff: Staff, shift: Shift) -> bool:
    """Who is on duty or leads gives it away; the office may for anybody."""
    return staff.has(ADMINISTRATOR, DISPATCHER) or staff.person.pk in (
        shift.person_id,
        shift.leader_id,
    )


def may_confirm(staff: Staff, shift: Shift) -> bool:
    """Who is on duty says so once, from an hour before the beginning to the end."""
    from luoshi.commitments.queries.roster import shift_to_confirm

    return shift_to_confirm(staff.person) == shift


def may_dispatch(staff: Staff, commitment: Commitment) -> bool:
    """A dispatcher says who does it; outside office hours, who is on duty."""
    return (
        allows("dispatch", commitment.state)
        and (staff.has(DISPATCHER) or has_on_duty(staff, commitment))
        and not waits_for_word(commitment)
    )


def may_pass_on(staff: Staff, commitment: Commitment) -> bool:
    """A dispatcher names the body outside whose duty it is."""
    return (
        allows("pass_on", commitment.state)
        and staff.has(DISPATCHER)
        and not waits_for_word(commitment)
    )


def may_propose_refusal(staff: Staff, commitment: Commitment) -> bool:
    """The owner of what a resident asked says that by the rules it cannot be done."""
    return (
        allows("propose_refusal", commitment.state)
        and _is_whole_case(commitment)
        and owns(staff, commitment)
        and not waits_for_word(commitment)
    )


def may_move_to_route(staff: Staff, commitment: Commitment) -> bool:
    """A dispatcher names the lawful route of what a resident asked."""
    return (
        allows("move_to_route", commitment.state)
        and _is_whole_case(commitment)
        and staff.has(DISPATCHER)
        and not waits_for_word(commitment)
    )


def may_note_withdrawal(staff: Staff, commitment: Commitment) -> bool:
    """A dispatcher or the owner notes that the one who asked withdrew it.

    Where several asked, or the main system asks, nobody ends it for them all.
    """
    return (
        (staff.has(DISPATCHER) or owns(staff, commitment))
        and may_be_withdrawn(commitment)
        and may_see(staff, commitment)
    )


def may_be_withdrawn(commitment: Commitment) -> bool:
    """One person asked, the town itself answers them, and nothing was handed in."""
    adapter = adapter_of(commitment)
    return (
        allows("withdraw", commitment.state)
        and _is_whole_case(commitment)
        and commitment.visibility != Visibility.SEALED
        and len(adapter.judge_ids(commitment)) == 1
        and adapter.asks(commitment)
    )


def _is_whole_case(commitment: Commitment) -> bool:
    return commitment.kind == Kind.CASE and commitment.parent_id is None


def may_hand_back(staff: Staff, commitment: Commitment) -> bool:
    """The receiver objects, once in the life of a commitment."""
    return (
        allows("hand_back", commitment.state)
        and in_owning_office(staff, commitment)
        and not hasattr(commitment, "handback")
    )


def may_decide_handback(staff: Staff, commitment: Commitment) -> bool:
    """A dispatcher decides an objection, once."""
    return (
        allows("decide_handback", commitment.state)
        and staff.has(DISPATCHER)
        and _open_handback(commitment)
    )


def _open_handback(commitment: Commitment) -> bool:
    handback = getattr(commitment, "handback", None)
    return handback is not None and handback.decided_at is None


def may_take(staff: Staff, commitment: Commitment) -> bool:
    """Anybody in the office takes it, unless an objection is open."""
    return (
        allows("take", commitment.state)
        and in_owning_office(staff, commitment)
        and not _open_handback(commitment)
    )


def may_work(staff: Staff, commitment: Commitment) -> bool:
    """The owner works on what was taken."""
    return allows("progress", commitment.state) and owns(staff, commitment)


def may_submit(staff: Staff, commitment: Commitment) -> bool:
    """The owner hands in the evidence, unless somebody outside is waited for."""
    return (
        may_work(staff, commitment)
        and not waits_for_word(commitment)
        and (not commitment.paused or stands_for_emergency(commitment))
    )


def stands_for_emergency(commitment: Commitment) -> bool:
    """Tell whether its clock stands only because of an emergency."""
    return commitment.pauses.filter(until=None, emergency__isnull=False).exists()


def may_declare_emergency(staff: Staff) -> bool:
    """A leader switches the emergency mode on and off."""
    return staff.has(LEADER)


def may_extend(staff: Staff, commitment: Commitment) -> bool:
    """The owner extends once; the main system's day is moved there alone."""
    return (
        may_work(staff, commitment)
        and commitment.extra_amount == 0
        and commitment.own_due_at is None
    )


def may_pause(staff: Staff, commitment: Commitment) -> bool:
    """The owner pauses for a named outside cause, where our own clock governs."""
    return (
        may_work(staff, commitment)
        and not commitment.paused
        and commitment.own_due_at is None
    )


def may_resume(staff: Staff, commitment: Commitment) -> bool:
    """The owner lets the clock run again."""
    return may_work(staff, commitment) and commitment.paused


def may_review(staff: Staff, commitment: Commitment) -> bool:
    """An inspector or leader looks at somebody else's work; at a part, who leads."""
    if commitment.parent_id:
        looks = staff.has(INSPECTOR) or owns_whole(staff, commitment)
    else:
        looks = staff.has(INSPECTOR, LEADER)
    return (
        commitment.state == State.SUBMITTED
        and looks
        and not did_work(staff, commitment)
        and not waits_for_word(commitment)
    )


def may_sample(staff: Staff, commitment: Commitment) -> bool:
    """An inspector looks again at accepted work and may send it back."""
    return (
        commitment.state == State.AWAITING
        and staff.has(INSPECTOR)
        and not did_work(staff, commitment)
    )


def may_look(staff: Staff, commitment: Commitment) -> bool:
    """An inspector or leader looks at what was drawn of somebody else's work."""
    return (
        staff.has(INSPECTOR, LEADER)
        and not did_work(staff, commitment)
        and may_see(staff, commitment)
    )


def did_work(staff: Staff, commitment: Commitment) -> bool:
    """Tell whether this person did, answers for, or leads the work in person."""
    return staff.person.pk in (
        commitment.owner_id,
        commitment.done_by_id,
    ) or leads_in_person(staff, commitment)


def leads_in_person(staff: Staff, commitment: Commitment) -> bool:
    """Tell whether it is on this person's list of matters led in person."""
    return commitment.led.filter(leader=staff.person, removed_at=None).exists()


def may_note_call(staff: Staff, commitment: Commitment) -> bool:
    """A caller from outside the owner's office asks for the verdict."""
    return (
        commitment.state == State.AWAITING
        and not commitment.with_leader
        and staff.has(DISPATCHER, INSPECTOR)
        and not in_owning_office(staff, commitment)
        and not did_work(staff, commitment)
        and adapter_of(commitment).asks(commitment)
    )


def may_decide_not_solved(staff: Staff, commitment: Commitment) -> bool:
    """A leader decides what was judged "not solved" twice."""
    return (
        commitment.state == State.AWAITING
        and commitment.with_leader
        and staff.has(LEADER)
        and not did_work(staff, commitment)
    )


def may_merge(staff: Staff, commitment: Commitment) -> bool:
    """A dispatcher says that two matters are one; parts stay with their matter."""
    return (
        allows("merge", commitment.state)
        and commitment.parent_id is None
        and commitment.visibility != Visibility.SEALED
        and staff.has(DISPATCHER)
        and not waits_for_word(commitment)
    )


def may_put_in_category(staff: Staff, commitment: Commitment) -> bool:
    """A dispatcher says anew what an open matter is about."""
    return allows("put_in_category", commitment.state) and staff.has(DISPATCHER)


def may_undo_merge(staff: Staff, commitment: Commitment) -> bool:
    """A dispatcher lets a merged matter go its own way again."""
    return commitment.ending == Ending.MERGED and staff.has(DISPATCHER)


def owns_whole(staff: Staff, commitment: Commitment) -> bool:
    """Tell whether this person answers for the matter of which this is a part."""
    whole = commitment.parent
    return whole is not None and owns(staff, whole)


def may_add_part(staff: Staff, commitment: Commitment) -> bool:
    """The owner or a dispatcher gives another office a part; parts have none."""
    return (
        allows("add_part", commitment.state)
        and commitment.parent_id is None
        and commitment.visibility != Visibility.SEALED
        and (owns(staff, commitment) or staff.has(DISPATCHER))
    )


def may_drop_part(staff: Staff, commitment: Commitment) -> bool:
    """Who may give a part may say that it is no longer needed."""
    return (
        allows("drop_part", commitment.state)
        and commitment.parent_id is not None
        and (owns_whole(staff, commitment) or staff.has(DISPATCHER))
    )


def may_split(staff: Staff, commitment: Commitment) -> bool:
    """A dispatcher takes a second matter out of one that is open and no part."""
    return (
        allows("split", commitment.state)
        and commitment.parent_id is None
        and commitment.visibility != Visibility.SEALED
        and staff.has(DISPATCHER)
    )


def may_promise(staff: Staff, commitment: Commitment) -> bool:
    """A leader says in public that it waits; a part waits only with its whole."""
    return (
        allows("promise", commitment.state)
        and commitment.parent_id is None
        and staff.has(LEADER)
        and not waits_for_word(commitment)
    )


def may_hand_over(staff: Staff, commitment: Commitment) -> bool:
    """The owner, a dispatcher or an administrator gives it to a colleague."""
    return allows("hand_over", commitment.state) and (
        owns(staff, commitment) or staff.has(DISPATCHER, ADMINISTRATOR)
    )
