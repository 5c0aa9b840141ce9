"""The sentences about votes: trail codes and refusals."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Texts = dict[str, Promise | str]
CODES: Texts = {
    "projects.vote_set_up": _("%(actor)s set the vote “%(title)s” up."),
    "projects.vote_dropped": _("%(actor)s took the vote “%(title)s” away."),
    "projects.vote_opened": _("%(actor)s opened the vote over %(count)d candidates."),
    "projects.slips_made": _("%(actor)s printed %(count)d slips."),
    "projects.slips_void": _(
        "%(actor)s said that the unused ones of %(count)d slips hold no more."
    ),
    "projects.booth_added": _("%(actor)s added a booth: %(place)s."),
    "projects.booth_dropped": _("%(actor)s took a booth off: %(place)s."),
    "projects.vote_closed": _(
        "%(actor)s closed the vote; %(count)d ballots were cast without paper."
    ),
    "projects.vote_counted": _(
        "%(actor)s counted %(count)d ballots; %(missing)d sheets were not in the box; "
        "check sum %(digest)s."
    ),
    "projects.vote_brought": _(
        "%(actor)s brought in the vote “%(title)s” with %(count)d ballots."
    ),
    "projects.decided": _("%(actor)s published the decision %(number)s."),
}
REFUSALS: Texts = {
    "projects.vote_there": _("This round has such a vote already."),
    "projects.day_past": _("That day is over. Choose a later one."),
    "projects.candidates_few": _("There must be two candidates at least."),
    "projects.limit_absurd": _("Look at the limit again: from 1 to %(most)d."),
    "projects.not_this_vote": _("Such a vote does not decide in this round."),
    "projects.majority_of_deputies": pgettext_lazy(
        "deputies",
        "Deputies vote by majority, and nobody else does. Choose another rule.",
    ),
    "projects.rule_of_points": _(
        "Where projects are only named there are no points to count. Choose another "
        "rule."
    ),
    "projects.rule_weighs_nothing": _(
        "This rule cannot count places or points. Choose equal shares, or one that "
        "goes down a list."
    ),
    "projects.all_fit": _(
        "All candidates together cost no more than there is: there is nothing to "
        "choose."
    ),
    "projects.deputies_limit": pgettext_lazy(
        "deputies", "A deputy names as many projects as are chosen, and no more."
    ),
    "projects.candidates_more": _(
        "More candidates than are chosen: there are %(count)d. Choose fewer, or name "
        "more candidates."
    ),
    "projects.deputies_missing": _("Write how many deputies there are in all."),
    "projects.seats_dear": _(
        "The %(seats)d dearest candidates together cost more than there is. Let fewer "
        "be chosen."
    ),
    "projects.slips_out": _("Slips were printed already. Void them first."),
    "projects.not_deciding": _("Voting is opened when the round is at that stage."),
    "projects.slips_absurd": _("From 1 to %(most)d slips at a time."),
    "projects.slips_more_than_deputies": _(
        "There would be more slips than deputies; %(out)d are out."
    ),
    "projects.void_already": _("These slips hold no more already."),
    "projects.hours_in_order": _("The end comes after the beginning."),
    "projects.place_missing": _("Write where it is."),
    "projects.closes_later": _("People were told that they can vote until %(day)s."),
    "projects.present_absurd": _("Look at the number again: up to %(most)d."),
    "projects.no_quorum": _(
        "%(present)d of %(every)d deputies are present; two thirds must be. No "
        "decision can be taken today."
    ),
    "projects.ballot_twice": _("The ballot names a project twice."),
    "projects.ballot_unknown": _("The ballot names what cannot be chosen: %(keys)s."),
    "projects.ballot_over": _(
        "%(count)d projects are marked; up to %(most)d may be. Take some marks away."
    ),
    "projects.ballot_points": _(
        "Give whole points, to what is named and nothing else."
    ),
    "projects.points_over": _(
        "%(given)d points are given; there are %(most)d. Take some away."
    ),
    "projects.ballot_empty": _("Mark at least one project."),
    "projects.code_unknown": _(
        "No slip has this code. Look at the letters once more, or ask at the booth."
    ),
    "projects.code_void": _("This slip holds no more. Ask at the booth for a new one."),
    "projects.not_open_yet": _("Voting has not begun yet."),
    "projects.voting_over": _("Voting is over. This slip was not counted any more."),
    "projects.code_used": _("This slip was used already. One slip, one ballot."),
    "projects.sheet_absurd": _(
        "As many sheets can be in the box as slips were used on paper: %(most)d."
    ),
    "projects.sheet_agreed": _("On sheet %(number)d two people agree already."),
    "projects.sheet_others": _(
        "Two others typed sheet %(number)d in. They look at the paper again."
    ),
    "projects.more_ballots": _(
        "There are %(count)d ballots of %(present)d deputies present. That cannot be; "
        "nothing was counted."
    ),
    "projects.sheets_differ": _(
        "Not yet typed in alike by two people: sheets %(numbers)s."
    ),
    "projects.sheets_few": _(
        "%(typed)d sheets are typed in and %(due)d slips were used on paper. Type in "
        "the rest, or say how many were not in the box."
    ),
    "projects.decides_nothing": _("This vote is a wish and decides nothing by itself."),
    "projects.number_missing": _("Write the number of the decision."),
    "projects.number_there": _("A decision has the number %(number)s already."),
    "projects.words_missing": _("Write it in a sentence that everybody can read."),
    "projects.departure_unfounded": _(
        "Write why it was decided other than counted, for each such project."
    ),
    "projects.decided_dear": _("What was chosen costs more together than there is."),
    "projects.built_already": _(
        "“%(title)s” is being built. It is stopped by a decision of its own."
    ),
    "projects.trial_broken": _("These trial ballots cannot be read. Begin anew."),
    "projects.trial_full": _("A trial takes up to %(most)d ballots. Count them now."),
    "projects.ballots_many": _(
        "These are too many ballots for a sheet. Take the file of ballots."
    ),
    "projects.file_large": _("The file is larger than 20 MB."),
    "projects.file_wrong": _("The file cannot be counted. %(why)s"),
}
