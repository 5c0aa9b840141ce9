"""What is refused, and the way out of each."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, Promise | str] = {
    "consultations.not_yours": _(
        "That is not yours to do, or it has gone on meanwhile. Look at the page again."
    ),
    "consultations.changed_meanwhile": _(
        "Somebody else changed it meanwhile. Look at it again and send it once more."
    ),
    "consultations.title_missing": _("Say in a few words what it is about."),
    "consultations.question_missing": _(
        "Write the question as you would ask it at the door."
    ),
    "consultations.affected_missing": _("Say who is affected."),
    "consultations.draft_or_options": _(
        "Write what the town means to do, or at least two options."
    ),
    "consultations.options_count": _(
        "Write %(least)d to %(most)d options that differ, or none at all."
    ),
    "consultations.no_such_track": _("Choose one of the tracks."),
    "consultations.track_begun": _(
        "A step of this track was taken already. Prepare another consultation for "
        "another track."
    ),
    "consultations.threshold_least": _("One person is the least."),
    "consultations.day_past": _("Choose a day that is still to come."),
    "consultations.days_many": _(
        "On this track answers are taken for at most %(most)d days. Choose an earlier "
        "day."
    ),
    "consultations.days_few": _(
        "On this track answers are taken for at least %(least)d days. Choose a later "
        "day, or write the reason for everybody to read."
    ),
    "consultations.steps_missing": _(
        "These steps are not written down yet: %(steps)s. Write them down first."
    ),
    "consultations.nothing_said": _("Write one sentence."),
    "consultations.too_long": _(
        "That is %(count)d characters; %(most)d fit. Say one thing at a time."
    ),
    "consultations.takes_no_answers": _(
        "No answers are taken now: it is over, or has not begun."
    ),
    "consultations.one_of_three": _("Choose agree, disagree or unsure."),
    "consultations.not_there": _(
        "This statement is not shown any more. Go on with the next one."
    ),
    "consultations.counted_already": _(
        "The decision is published; the answers were counted and stay."
    ),
    "consultations.no_such_code": _(
        "No answers lie under this code. Look at it again."
    ),
    "consultations.too_many": _(
        "Too much came from this network in an hour. Try again later, or fill in a "
        "sheet of paper."
    ),
    "consultations.decided_already": _(
        "Somebody decided on this statement meanwhile. Look at the page again."
    ),
    "consultations.reason_of_the_rules": _("Choose one of the published reasons."),
    "consultations.town_said_it": _(
        "The town said it, so that it stays. Mend its words if they are wrong."
    ),
    "consultations.same_words": _("These are the same words. Change them or leave it."),
    "consultations.sheet_number": _("Write the number of the sheet."),
    "consultations.sheet_blank": _("Nothing is ticked or written. Fill in one line."),
    "consultations.sheet_there": _(
        "Sheet %(number)d is typed in already. Open it to correct it."
    ),
    "consultations.sheet_not_there": _(
        "Sheet %(number)d is not typed in. Look at the number again."
    ),
    "consultations.habits_blank": _("Nothing is filled in yet. Fill in one line."),
    "consultations.habits_not_asked": _(
        "Something here is not asked any more. Look at the page again."
    ),
    "consultations.habits_one_of": _(
        "Only one thing can be ticked where it does not say several."
    ),
    "consultations.sum_for_what": _(
        "Name the sum and what it is for, or leave both empty."
    ),
    "consultations.sum_size": _("Look at the sum again: it is given by a household."),
    "consultations.costs_same": _("Nothing is changed. Write another sum, or go on."),
    "consultations.questions_many": _("Ask at most %(most)d questions."),
    "consultations.questions_same": _("A question stands here twice. Take one away."),
    "consultations.question_length": _(
        "Write each question in one line of at most %(most)d characters."
    ),
    "consultations.question_options": _(
        "Write two to %(most)d different things to tick below “%(question)s”."
    ),
    "consultations.option_length": _(
        "What can be ticked below “%(question)s” has at most %(most)d characters."
    ),
    "consultations.asks_income": _(
        "Nobody is asked what they earn or own. Name a sum and ask whether they can "
        "give it."
    ),
    "consultations.early_why": _(
        "Its day is still to come. Write for everybody why no more answers are taken."
    ),
    "consultations.outcome_missing": _(
        "Choose whether it is taken up, in part, or not."
    ),
    "consultations.why_missing": _("Write what is done, or why it cannot be."),
    "consultations.step_ahead": _("Choose the day on which it was done."),
    "consultations.step_begun": _(
        "This step takes at least %(days)d workdays. Write its first day too."
    ),
    "consultations.step_short": _(
        "These are %(days)d workdays; this step takes at least %(least)d."
    ),
    "consultations.step_order": _("The last day comes before the first. Look again."),
    "consultations.step_paper": _(
        "Write who did it and by what paper, such as minutes or an opinion."
    ),
    "consultations.not_looked_at": _(
        "%(count)d statements were not looked at yet. Publish each, or say why not."
    ),
    "consultations.unanswered": _(
        "%(count)d statements have no answer yet: %(numbers)s. Answer them first."
    ),
    "consultations.decision_missing": _("Write what was decided."),
    "consultations.publish_first": _(
        "Publish the answers of consultation %(number)d first; then hand it in."
    ),
    "consultations.group_missing": _("Say which households try it."),
    "consultations.tried_now": _(
        "One group is trying it now. Look at that together first."
    ),
    "consultations.looked_already": _("It was looked at already."),
    "consultations.trial_outcome": _("Choose how it goes on."),
    "consultations.looked_when": _(
        "Choose the day on which it was looked at together: after it began, and not "
        "to come."
    ),
    "consultations.found_missing": _("Write what those who tried it say."),
    "consultations.try_first": _(
        "It changes how people live every day. Let one group of households try it "
        "first, and look at it together."
    ),
    "consultations.look_first": _(
        "One group is still trying it. Look at it together, then decide."
    ),
    "consultations.try_again": _(
        "It was to be changed and tried again. Write down that trial first."
    ),
    "consultations.link_why": _("Choose whether it came of it or led to it."),
    "consultations.no_such_number": _("There is no such number. Look at it again."),
    "consultations.itself": _("That is the answer to this very consultation."),
    "consultations.linked_already": _("%(number)s is tied to it already."),
    "consultations.track_same": _("Nothing was changed. Change something, or go back."),
    "consultations.track_days": _("Write how many days, from 1 to %(most)d."),
    "consultations.track_most": _(
        "The most days are fewer than the least. Write more, or leave them empty."
    ),
    "consultations.track_source": _("Say where these days and steps come from."),
    "consultations.track_steps": _("Write one to %(most)d steps."),
    "consultations.track_step_twice": _("Two steps have the same name. Name one anew."),
    "consultations.track_workdays": _("Write at most %(most)d workdays for a step."),
    "consultations.track_law_days": _(
        "The rule for major decisions asks for %(least)d days. Where one must be "
        "shorter, its own reason is given when it begins."
    ),
    "consultations.track_law_check": _(
        "The rule for major decisions asks for a check of lawfulness of at least "
        "%(least)d workdays. Leave such a step in."
    ),
}
