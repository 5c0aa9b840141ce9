"""The sentences of trail codes, notices and refusals."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Texts = dict[str, Promise | str]
CODES: Texts = {
    "projects.cycle_opened": _("%(actor)s opened the round “%(title)s”."),
    "projects.stage_begun": _("%(actor)s began the next stage."),
    "projects.stage_planned": _("%(actor)s moved the days of a stage."),
    "projects.proposed": _("Taken in as proposal %(number)d, by: %(actor)s."),
    "projects.released": _("%(actor)s let everybody read it."),
    "projects.declined": _("%(actor)s did not take it up."),
    "projects.taken_up": _("%(actor)s took it up after all."),
    "projects.merged": _("%(actor)s let it go into proposal %(number)d."),
    "projects.took_in": _("%(actor)s let proposal %(number)d go into it."),
    "projects.parted": _("%(actor)s let it stand by itself again."),
    "projects.signed": _(
        "%(actor)s wrote down that %(people)d people signed; the list lies at %(at)s."
    ),
    "projects.source_added": _("%(actor)s named topic %(topic)d behind it."),
    "projects.appraised": _("%(actor)s answered questions of the appraisal."),
    "projects.facts_told": _("%(actor)s wrote down what it costs and brings."),
    "projects.put_forward": _("%(actor)s made it a candidate."),
    "projects.taken_back": _("%(actor)s took the candidate back."),
    "projects.village_voted": _(
        "%(actor)s wrote down the villagers' vote on paying: %(in_favour)d of "
        "%(eligible)d agreed."
    ),
}
CODES |= {
    "projects.begun": _("%(actor)s said that building begins."),
    "projects.milestone": _("%(actor)s added a step of building: %(number)s."),
    "projects.money_contracted": _("%(actor)s wrote down a contract of %(yuan)s yuan."),
    "projects.money_paid": _("%(actor)s wrote down a payment of %(yuan)s yuan."),
    "projects.change_asked": _("%(actor)s asked for a change."),
    "projects.change_agreed": _(
        "%(actor)s wrote down that the change was agreed to: %(number)s."
    ),
    "projects.change_refused": _(
        "%(actor)s wrote down that the change was refused: %(number)s."
    ),
    "projects.completed": _("%(actor)s said that it is there since %(done_on)s."),
    "projects.kept_up": _("%(actor)s entered it into the register of upkeep."),
    "projects.reopened": _("%(actor)s took back that it is there."),
    "projects.stopped": _("%(actor)s wrote down that it was stopped: %(number)s."),
    "projects.asked_on_the_spot": _(
        "%(actor)s wrote down what %(people)d people said on the spot."
    ),
    "projects.judged": _("%(actor)s ended the asking after %(months)d months."),
}
NOTICES: Texts = {
    "projects.milestone_given": _("A step of a project is yours: %(number)s %(title)s"),
    "projects.yours_to_keep": _(
        "From now on you keep up what project %(number)s built: %(title)s"
    ),
    "projects.change_waits": _(
        "A change of project %(number)s waits for a new decision: %(title)s"
    ),
    "projects.change_agreed": _("The change of project %(number)s holds: %(title)s"),
    "projects.change_refused": _(
        "The change of project %(number)s was refused: %(title)s"
    ),
    "projects.to_look_at": _("Proposal %(number)s waits to be looked at: %(title)s"),
}
WORDS: Texts = {
    "projects.to_look_at": _("a proposal waits to be looked at"),
    "projects.milestone_given": _("a step of a project"),
    "projects.yours_to_keep": _("yours to keep up"),
    "projects.change_waits": _("a change waits for a new decision"),
    "projects.change_agreed": _("the change holds"),
    "projects.change_refused": _("the change was refused"),
}
REFUSALS: Texts = {
    "projects.not_building": _("Building begins after the decision."),
    "projects.kind_missing": _(
        "Its upkeep costs money every year: say what kind of facility it is. "
        "The administrator says which kinds there are."
    ),
    "projects.judged_already": _(
        "Its users have judged it. What is missing is owed as a step of its own."
    ),
    "projects.sum_below": _("That would be less than nothing in all."),
    "projects.paid_more": _("No more is paid than was contracted. Look at both."),
    "projects.contracted_more": _(
        "That is more than was decided, or less than is contracted already. Ask for a "
        "change first."
    ),
    "projects.change_waits": _("A change waits for its decision. Wait for that."),
    "projects.changes_nothing": _("Neither the cost nor what is built would change."),
    "projects.no_change_waits": _("No change waits for a decision."),
    "projects.steps_open": _("Steps of building are still open, or none was named."),
    "projects.not_asked_now": _("Users are not being asked now."),
    "projects.no_such_answer": _("Choose one of the answers."),
    "projects.nobody_asked": _("Nobody has said anything yet. Ask on the spot first."),
    "projects.not_yours": _("This is for others who work with projects."),
    "projects.title_missing": _("Write in a few words what it is."),
    "projects.need_missing": _("Write what is missing today, and for whom."),
    "projects.need_long": _("That is %(count)d characters; %(most)d fit. Shorten it."),
    "projects.why_missing": _("Write the reason; everybody reads it."),
    "projects.kept_missing": _("Write where the paper lies."),
    "projects.holds_personal": _(
        "Everybody will read it, and it leads to a person: %(where)s. Take that out."
    ),
    "projects.cycle_there": _("There is a round for %(year)d already."),
    "projects.days_in_order": _(
        "The stages follow each other. Look at the days of “%(stage)s”."
    ),
    "projects.stage_next": _("Only the next stage can begin. Look at the page again."),
    "projects.not_collecting": _(
        "Proposals are not being collected now. Wait for the next round."
    ),
    "projects.not_from_here": _("That does not fit any more. It is: %(state)s."),
    "projects.not_supported_now": _("It cannot be supported any more."),
    "projects.too_often": _("That was too often. Wait an hour, or call us."),
    "projects.no_such_number": _(
        "No open proposal of this round has the number %(number)d."
    ),
    "projects.people_absurd": _("Look at the number of people again."),
    "projects.sum_absurd": _(
        "Look at the sum again: above nothing, and no more than a town can spend."
    ),
    "projects.number_absurd": _("Look at the number again: from 1 to %(most)d."),
    "projects.answer_unfounded": _("Write for each answer why it is so."),
    "projects.candidate_fixed": _(
        "It is a candidate: what people read of it stands still. Take it back first."
    ),
    "projects.gate_shut": _("Something is still missing. %(missing)s"),
    "projects.not_naming": _(
        "Candidates are named after the appraisal has begun and before voting."
    ),
    "projects.dearer_than_all": _("It costs more than there is for the whole round."),
    "projects.voting_began": _("Voting on it began. It stays on the ballot."),
    "projects.asks_nothing": _(
        "It asks nobody for money. Say so first among what it costs and brings."
    ),
    "projects.day_to_come": _("That day is still to come."),
    "projects.more_than_all": _("More agreed than there are. Look at the numbers."),
    "projects.above_cap": _(
        "Each would pay more than the province allows. That cannot be asked."
    ),
    "projects.vote_state": _("That does not fit any more. The vote is: %(state)s."),
}
