"""What pledges tell the layers below: adapters, sentences, navigation."""

from django.utils.translation import gettext_lazy as _

from luoshi.cases.actions.callbacks import asks_itself
from luoshi.cases.registrations import follow_move, judges_of, url_of
from luoshi.cases.sealed_words import OF_CASE, Words, register_words
from luoshi.commitments.adapters import Adapter, Judge, register_adapter
from luoshi.commitments.models import Commitment, Kind
from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.roles import (
    ADMINISTRATOR,
    CONGRESS,
    DISPATCHER,
    INSPECTOR,
    LEADER,
    RELEASER,
)
from luoshi.core.slots import NavItem, register_nav
from luoshi.core.trail import register_codes
from luoshi.core.worktime import Span
from luoshi.pledges.actions.proposals import tell_releasers
from luoshi.pledges.models import Proposal
from luoshi.pledges.terms import term_of_proposal

register_codes(
    {
        "pledges.answer_released": _("%(actor)s published the answer."),
        "pledges.led": _("%(actor)s put it on the list of %(person)s."),
        "pledges.unled": _("%(actor)s took it off a leader's list."),
        "pledges.names": _("%(actor)s chose whether the public list names leaders."),
        "pledges.answer_withdrawn": _("%(actor)s took the answer off the public page."),
    }
)
register_notice_texts(
    {
        "pledges.led_by_you": _("You lead %(number)s in person: %(title)s"),
        "pledges.to_release": _(
            "The answer to %(number)s was accepted and can be published: %(title)s"
        ),
    }
)
register_notice_words(
    {
        "pledges.to_release": _("answer can be published"),
        "pledges.led_by_you": _("led in person"),
    }
)
register_refusals(
    {
        "pledges.title_missing": _("Write in a few words what everybody reads."),
        "pledges.list_full": _(
            "%(name)s has %(most)d matters on this year's list. Take one off first."
        ),
        "pledges.on_list_already": _("It is on this list already."),
        "pledges.off_list_already": _("It was taken off the list already."),
        "pledges.no_leader": _("Only who holds a leader's post has a list."),
        "pledges.no_such_number": _("There is no such number. Look at it again."),
        "pledges.not_open": _(
            "%(number)s is closed, or a part of another matter. "
            "Choose one that is open."
        ),
        "pledges.not_handed_yet": _("It cannot be handed over on a day to come."),
        "pledges.not_accepted_yet": _(
            "Somebody else accepts the answer first; then it can be published."
        ),
    }
)


def _follow(commitment: Commitment, move: str) -> None:
    follow_move(commitment, move)
    if move == "ask_judges":
        tell_releasers(_proposal_of(commitment))


def _proposal_of(commitment: Commitment) -> Proposal:
    return Proposal.objects.select_related("case__commitment", "town").get(
        case__commitment=commitment
    )


def _term(commitment: Commitment) -> Span:
    return term_of_proposal(_proposal_of(commitment))


register_adapter(
    Adapter(
        *(Kind.PROPOSAL, Judge.REPORTERS, url_of, judges_of, _follow, _term),
        asks=asks_itself,
    )
)
register_adapter(Adapter(Kind.LED, Judge.NONE, url_of, judges_of, follow_move))
register_nav(
    NavItem(
        "pledges:led", _("Led in person"), frozenset({LEADER, ADMINISTRATOR, INSPECTOR})
    ),
    NavItem(
        "pledges:proposals",
        _("Deputies and members"),
        frozenset({CONGRESS, DISPATCHER, LEADER, RELEASER}),
    ),
)
register_words(Words(Proposal, OF_CASE, ("movers", "answer"), ("answer",)))
