"""The sentences of the spine: trail, notices, refusals, scheduled tasks."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.commitments.actions import (
    carry_on_emergencies,
    escalate_overdue,
    leave_digests,
    recount_due_dates,
    return_promises,
)
from luoshi.commitments.actions.handing_over import hand_over_everything, open_of
from luoshi.commitments.queries.emergency import emergency_banner
from luoshi.core.hooks import register_calendar, register_work
from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.roles import DISPATCHER, LEADER
from luoshi.core.scheduler import register_task
from luoshi.core.slots import (
    NavItem,
    register_banner,
    register_nav,
)
from luoshi.core.trail import register_codes

register_codes(
    {
        "commitments.dispatched": _("%(actor)s gave it to %(office)s, %(person)s."),
        "commitments.dispatched_here": _(
            "%(actor)s gave it to %(office)s, %(person)s, "
            "though the list of duties gives it to the county."
        ),
        "commitments.category_added": _("%(actor)s added the category %(name)s."),
        "commitments.category_changed": _(
            "%(actor)s changed the category %(category)s; "
            "promises given before keep their due dates."
        ),
        "commitments.category_off": _(
            "%(actor)s switched the category %(name)s off; what has it keeps it."
        ),
        "commitments.category_on": _("%(actor)s switched the category %(name)s on."),
        "commitments.duties_brought": _(
            "%(actor)s brought in the list of duties: "
            "%(added)d lines are new, %(changed)d changed."
        ),
        "commitments.duty_removed": _(
            "%(actor)s took “%(title)s” off the list of duties."
        ),
        "commitments.handed_back": _("%(actor)s objected: not our duty."),
        "commitments.handback_upheld": _(
            "%(actor)s agreed to the objection; now with %(office)s, %(person)s."
        ),
        "commitments.handback_refused": _(
            "%(actor)s refused the objection; it stays with %(office)s."
        ),
        "commitments.handed_over": _("%(actor)s handed it over to %(person)s."),
        "commitments.passed_on": _("%(actor)s passed it on to whose duty it is."),
        "commitments.promised": _(
            "%(actor)s promised it for later; it comes back on %(on)s."
        ),
        "commitments.promise_returned": _("The day came; it is back in hand."),
        "commitments.put_in_category": _(
            "%(actor)s put it into the category %(category)s; its promised day stays."
        ),
        "commitments.taken": _("%(actor)s took it."),
        "commitments.progress": _("%(actor)s reported."),
        "commitments.support_asked": _("%(actor)s asked %(office)s to help."),
        "commitments.support_given": _("%(actor)s of %(office)s answered."),
        "commitments.support_interim": _("%(actor)s of %(office)s needs longer."),
        "commitments.submitted": _("%(actor)s handed in the result."),
        "commitments.accepted": _("%(actor)s looked at the result and accepted it."),
        "commitments.sent_back": _("%(actor)s sent it back to be done again."),
        "commitments.extended": _("%(actor)s extended the due date."),
        "commitments.paused": _("%(actor)s paused the clock: waiting for somebody."),
        "commitments.stands": _(
            "The clock stands while “%(name)s” lasts; the due date waits with it."
        ),
        "commitments.runs_again": _(
            "“%(name)s” is over. The clock runs again; "
            "the due date moved by the time that it stood."
        ),
        "commitments.emergency_declared": _(
            "%(actor)s switched the emergency mode on: %(name)s."
        ),
        "commitments.emergency_ended": _(
            "%(actor)s switched the emergency mode off: %(name)s."
        ),
        "commitments.resumed": _("%(actor)s let the clock run again."),
        "commitments.judged": _("%(actor)s gave a verdict."),
        "commitments.reopened": _("It was not solved and is being done again."),
        "commitments.judged_outside": _(
            "The call-back of %(system)s came in as the verdict."
        ),
        "commitments.no_callback": _("No call-back came from %(system)s in time."),
        "commitments.unreached_outside": _(
            "%(system)s called back and reached nobody; nobody is asked again."
        ),
        "commitments.outside_due": _("%(system)s set the day by which it is due."),
        "commitments.outside_due_off": _(
            "%(system)s sets no day any more; the town's own term counts."
        ),
        "commitments.not_reached": _("%(actor)s called and reached nobody."),
        "commitments.closed": _("Closed."),
        "commitments.leader_again": _("%(actor)s decided: do it again."),
        "commitments.leader_ended": _("%(actor)s decided: it ends as not solved."),
        "commitments.escalated": _("It is overdue; the leader was told."),
        "commitments.escalated_again": _(
            "It has taken twice its time; the leader was told again."
        ),
        "commitments.recounted": _("The calendar changed; the due date was recounted."),
        "commitments.merged": _("%(actor)s: it is done together with %(number)s."),
        "commitments.took_in": _("%(actor)s: %(number)s is done together with this."),
        "commitments.unmerged": _("%(actor)s: it goes its own way again."),
        "commitments.let_go": _("%(actor)s: %(number)s goes its own way again."),
        "commitments.drawn": _(
            "Chance drew it to be looked at again: %(share)d of 100 are."
        ),
        "commitments.sample_right": _("%(actor)s looked again: it is right."),
        "commitments.sample_back": _(
            "%(actor)s looked again: it is not right, and is done again."
        ),
        "commitments.sample_noted": _(
            "%(actor)s looked again: it is not right; leader and dispatcher were told."
        ),
        "commitments.notice_again": _("%(actor)s let a notice be sent again."),
        "commitments.told_otherwise": _(
            "%(actor)s told the person another way; the message had not gone through."
        ),
        "commitments.part_added": _("%(actor)s gave a part of it to %(office)s."),
        "commitments.part_given": _(
            "%(actor)s gave this part to %(office)s, %(person)s."
        ),
        "commitments.part_done": _("%(office)s did its part."),
        "commitments.part_passed_on": _(
            "%(actor)s passed the part of %(office)s on to whose duty it is."
        ),
        "commitments.part_dropped": _(
            "%(actor)s: the part of %(office)s is no longer needed."
        ),
        "commitments.dropped": _("%(actor)s: it is no longer needed."),
        "commitments.part_day_moved": _(
            "The whole has another due date; so has this part."
        ),
    }
)

register_notice_texts(
    {
        "commitments.given_to_you": _("%(number)s is in your hands: %(title)s"),
        "commitments.emergency_declared": _(
            "The emergency mode is on: %(title)s. The clocks of ordinary matters stand."
        ),
        "commitments.emergency_ended": _(
            "The emergency mode is off: %(title)s. All clocks run again."
        ),
        "commitments.objection": _("%(number)s was handed back: %(title)s"),
        "commitments.objection_decided": _(
            "The objection to %(number)s was decided: %(title)s"
        ),
        "commitments.promised": _("%(number)s was promised for later: %(title)s"),
        "commitments.promise_returned": _("%(number)s is back in hand: %(title)s"),
        "commitments.support_asked": _("%(number)s asks for your help: %(title)s"),
        "commitments.support_answered": _("%(number)s got its help: %(title)s"),
        "commitments.to_accept": _("%(number)s waits for acceptance: %(title)s"),
        "commitments.accepted": _("%(number)s was accepted: %(title)s"),
        "commitments.sent_back": _("%(number)s was sent back: %(title)s"),
        "commitments.reopened": _("%(number)s was judged not solved: %(title)s"),
        "commitments.not_solved_again": _(
            "%(number)s was judged not solved twice: %(title)s"
        ),
        "commitments.escalated": _("%(number)s is overdue: %(title)s"),
        "commitments.escalated_again": _(
            "%(number)s has taken twice its time: %(title)s"
        ),
        "commitments.recounted": _("%(number)s has a new due date: %(title)s"),
        "commitments.took_in": _("Another matter is done together with %(number)s."),
        "commitments.let_go": _("A matter left %(number)s again: %(title)s"),
        "commitments.to_your_office": _(
            "%(number)s is in your office, in the hands of %(holder)s: %(title)s"
        ),
        "commitments.colleague_took": _("%(holder)s took %(number)s: %(title)s"),
        "commitments.merged_away": _(
            "%(number)s is done together with %(head)s now: %(title)s"
        ),
        "commitments.sample_noted": _(
            "%(number)s was found not right in a sample: %(title)s"
        ),
        "commitments.brought_back": _(
            "%(number)s was looked at again and is done again: %(title)s"
        ),
        "commitments.heap_to_you": _(
            "%(count)d open matters of %(giver)s are in your hands now."
        ),
        "commitments.heap_to_office": _(
            "%(count)d open matters of %(giver)s are in the hands of %(holder)s now."
        ),
        "commitments.part_added": _("A part of %(number)s was given away: %(title)s"),
        "commitments.part_done": _("A part of %(number)s is done: %(title)s"),
        "commitments.part_passed_on": _(
            "A part of %(number)s was passed on: %(title)s"
        ),
        "commitments.part_dropped": _(
            "A part of %(number)s is no longer needed: %(title)s"
        ),
        "commitments.dropped": _("%(number)s is no longer needed: %(title)s"),
        "commitments.part_day_moved": _("%(number)s has another due date: %(title)s"),
    }
)

# Where the matter is named already: in the daily mail, and on the matter's own page.
register_notice_words(
    {
        "commitments.given_to_you": _("in hand now"),
        "commitments.to_your_office": _("in the office, in the hands of %(holder)s"),
        "commitments.colleague_took": _("%(holder)s took it"),
        "commitments.objection": _("handed back"),
        "commitments.objection_decided": _("objection decided"),
        "commitments.promised": _("promised for later"),
        "commitments.promise_returned": _("back in hand"),
        "commitments.support_asked": _("asks for help"),
        "commitments.support_answered": _("help given"),
        "commitments.to_accept": _("waits for acceptance"),
        "commitments.accepted": _("accepted"),
        "commitments.sent_back": _("sent back"),
        "commitments.reopened": _("judged not solved"),
        "commitments.not_solved_again": _("judged not solved twice"),
        "commitments.escalated": _("overdue"),
        "commitments.escalated_again": _("has taken twice its time"),
        "commitments.recounted": _("new due date"),
        "commitments.took_in": _("another matter is done together with it"),
        "commitments.let_go": _("a matter left it again"),
        "commitments.merged_away": _("done together with %(head)s"),
        "commitments.part_added": _("a part was given away"),
        "commitments.part_done": _("a part is done"),
        "commitments.part_passed_on": _("a part was passed on"),
        "commitments.part_dropped": _("a part is no longer needed"),
        "commitments.dropped": _("no longer needed"),
        "commitments.part_day_moved": _("another due date"),
        "commitments.sample_noted": _("found not right in a sample"),
        "commitments.brought_back": _("looked at again, done again"),
    }
)

register_refusals(
    {
        "commitments.category_same": _("It is in the category %(category)s already."),
        "commitments.not_from_here": _(
            "That cannot be done now: it stands at “%(state)s”. Look at the page again."
        ),
        "commitments.not_yours": _(
            "That is for somebody else to do. Ask the dispatcher who."
        ),
        "commitments.changed_meanwhile": _(
            "Somebody changed it while you were writing. "
            "Look at what changed, then send again."
        ),
        "commitments.emergency_name_missing": _(
            "Write what it is called, for example: flood season, level III"
        ),
        "commitments.emergency_on": _(
            "“%(name)s” is not over yet. Only one emergency mode is on at a time."
        ),
        "commitments.emergency_over": _("“%(name)s” was switched off already."),
        "commitments.emergency_spreads": _(
            "The clocks are still being stopped for “%(name)s”. Try again in a minute."
        ),
        "commitments.emergency_by_leader": _(
            "A leader switches the emergency mode on and off. Ask one of them."
        ),
        "commitments.no_dispatcher": _(
            "This town has no dispatcher yet. The administrator must name one first."
        ),
        "commitments.nobody_there": _(
            "%(office)s has nobody to receive it. Name somebody there first."
        ),
        "commitments.reason_missing": _("Write the reason in one sentence."),
        "commitments.words_missing": _("Write one sentence."),
        "commitments.withdrawn": _(
            "“%(title)s” is not the town's duty: %(body)s does it. "
            "Pass it on, or write why the town does it all the same."
        ),
        "commitments.category_is_off": _(
            "The category %(category)s was switched off. Choose another."
        ),
        "commitments.term_missing": _("Write how long it may take, 1 at least."),
        "commitments.duty_used": _(
            "The category %(category)s names this line. Change the category first."
        ),
        "commitments.handed_back_before": _(
            "It was objected to once already. It cannot be handed back again."
        ),
        "commitments.objection_over": _(
            "The time for objecting is over. Ask the dispatcher or the leader."
        ),
        "commitments.other_office_missing": _("Choose another office."),
        "commitments.destination_missing": _("Name the body that is responsible."),
        "commitments.children_open": _(
            "A part of it is still open. Finish it first, "
            "or say that it is no longer needed."
        ),
        "commitments.parts_stay": _(
            "%(number)s has parts that are open. "
            "Do the other matter together with it instead."
        ),
        "commitments.part_title_missing": _(
            "Write in a few words what this office does."
        ),
        "commitments.part_days": _("Choose 1 to %(most)d workdays."),
        "commitments.part_after_whole": _(
            "That is later than the whole is due. Choose fewer workdays, "
            "or leave it empty: then it is due with the whole."
        ),
        "commitments.part_late_already": _(
            "It is overdue already, so that a part would begin too late. "
            "Extend it first, or ask for help."
        ),
        "commitments.part_no_longer": _(
            "A part is never due later than the whole. Extend the whole first."
        ),
        "commitments.day_past": _("Choose a day after today."),
        "commitments.outside_clock": _(
            "The day of %(system)s governs and is not moved here. Ask there for more "
            "time; the new day comes with the next import."
        ),
        "commitments.extended_already": _(
            "Extended once already. Ask the leader to decide."
        ),
        "commitments.extension_too_long": _(
            "It can be extended by %(most)s at most, half of the first time."
        ),
        "commitments.outside_body_missing": _("Name who outside is waited for."),
        "commitments.support_days": _("Choose 1 to 30 workdays."),
        "commitments.answered_already": _("It was answered already."),
        "commitments.evidence_missing": _(
            "Write what was done, so that others can see that it is done."
        ),
        "commitments.support_open": _(
            "Help was asked for and not answered yet. "
            "Wait for the answer or an interim report."
        ),
        "commitments.own_work": _(
            "Nobody accepts their own work. Somebody else looks at it."
        ),
        "commitments.not_to_judge_now": _(
            "There is nothing to judge now. Look at the page again."
        ),
        "commitments.merge_itself": _(
            "A matter cannot be done together with itself. Choose another."
        ),
        "commitments.head_closed": _(
            "%(number)s is closed, or is itself done together with another. "
            "Choose one that is open."
        ),
        "commitments.head_other_kind": _(
            "%(number)s cannot take another matter in. Choose another."
        ),
        "commitments.undone_before": _("It goes its own way already."),
        "commitments.undo_later_first": _(
            "Both are done together with %(number)s now. Undo that first."
        ),
        "commitments.undo_too_late": _(
            "It was judged or closed since. It cannot go its own way any more."
        ),
        "commitments.looked_already": _(
            "It was looked at already. Look at the page again."
        ),
        "commitments.notice_moved": _(
            "It is being sent, or was sent already. Look at the page again."
        ),
        "commitments.notice_erased": _(
            "The telephone was erased. Nothing can be sent to it any more."
        ),
        "commitments.called_today": _("A call was noted today already. Try tomorrow."),
    }
)

register_nav(
    NavItem(
        "emergency:emergency",
        _("Emergency mode"),
        frozenset({LEADER, DISPATCHER}),
        last=True,
        kept=True,
    )
)
register_banner(emergency_banner)
register_work(open_of, hand_over_everything)
register_calendar(lambda town, actor: recount_due_dates(town, actor=actor))
register_task("escalate", timedelta(minutes=1), escalate_overdue)
register_task("emergencies", timedelta(seconds=20), carry_on_emergencies)
register_task("promises", timedelta(minutes=30), return_promises)
register_task("digests", timedelta(minutes=5), leave_digests)
