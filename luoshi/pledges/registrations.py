"""What pledges tell the layers below: adapters, sentences, navigation."""

from django.utils.translation import gettext_lazy as _

from luoshi.cases.registrations import follow_move, judges_of, url_of
from luoshi.commitments.adapters import Adapter, Judge, register_adapter
from luoshi.commitments.models import Commitment, Kind
from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.roles import CONGRESS, DISPATCHER, LEADER, RELEASER
from luoshi.core.slots import NavItem, register_nav
from luoshi.core.trail import register_codes
from luoshi.core.worktime import Span
from luoshi.pledges.actions.proposals import tell_releasers
from luoshi.pledges.models import Proposal
from luoshi.pledges.terms import term_of_proposal

register_codes(
    {
        "pledges.answer_released": _("%(actor)s published the answer."),
        "pledges.answer_withdrawn": _("%(actor)s took the answer off the public page."),
    }
)
register_notice_texts(
    {
        "pledges.to_release": _(
            "The answer to %(number)s was accepted and can be published: %(title)s"
        ),
    }
)
register_notice_words({"pledges.to_release": _("answer can be published")})
register_refusals(
    {
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
    Adapter(Kind.PROPOSAL, Judge.REPORTERS, url_of, judges_of, _follow, _term)
)
register_nav(
    NavItem(
        "pledges:proposals",
        _("Deputies and members"),
        frozenset({CONGRESS, DISPATCHER, LEADER, RELEASER}),
    )
)
