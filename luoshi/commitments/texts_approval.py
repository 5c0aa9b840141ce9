"""The sentences of the path of approval and of deputies."""

from django.utils.translation import gettext_lazy as _

from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.slots import NavItem, register_tabs
from luoshi.core.trail import register_codes

register_codes(
    {
        "commitments.asked_propose": _(
            "%(actor)s asked %(person)s to say who does it; %(office)s is meant."
        ),
        "commitments.asked_instruct": _(
            "It lies with %(person)s for the leader's word; %(office)s is meant."
        ),
        "commitments.asked_sign": _("It lies with %(person)s, who signs the answer."),
        "commitments.written": _("%(actor)s handed in the result to be signed."),
        "commitments.word_propose": _("%(actor)s proposed: %(office)s does it."),
        "commitments.word_propose_for": _(
            "%(actor)s proposed for %(person)s: %(office)s does it."
        ),
        "commitments.word_instruct": _(
            "%(actor)s gave the leader's word: %(office)s does it."
        ),
        "commitments.word_instruct_for": _(
            "%(actor)s gave the leader's word for %(person)s: %(office)s does it."
        ),
        "commitments.word_sign": _("%(actor)s signed the answer."),
        "commitments.word_sign_for": _("%(actor)s signed the answer for %(person)s."),
        "commitments.word_returned": _("%(actor)s returned it."),
        "commitments.word_returned_for": _("%(actor)s returned it for %(person)s."),
        "commitments.word_recalled": _("%(actor)s took it back from %(person)s."),
        "commitments.word_moved": _("%(person)s is asked for the word now."),
        "commitments.path_set": _(
            "%(actor)s changed which words the category %(category)s needs."
        ),
        "commitments.path_removed": _(
            "%(actor)s took away which words the category %(category)s needs."
        ),
        "commitments.deputy_named": _(
            "%(actor)s named %(deputy)s to act for %(person)s "
            "from %(since)s to %(until)s."
        ),
        "commitments.deputy_ended": _(
            "%(actor)s: %(deputy)s no longer acts for %(person)s."
        ),
    }
)

register_notice_texts(
    {
        "commitments.word_asked": _("%(number)s waits for your word: %(title)s"),
        "commitments.word_returned": _("%(number)s was returned to you: %(title)s"),
        "commitments.word_recalled": _(
            "%(number)s no longer waits for your word: %(title)s"
        ),
        "commitments.you_are_deputy": _(
            "You act for %(person)s from %(since)s to %(until)s; "
            "%(count)d matters wait now."
        ),
    }
)

register_notice_words(
    {
        "commitments.word_asked": _("waits for your word"),
        "commitments.word_returned": _("returned to you"),
        "commitments.word_recalled": _("no longer waits for your word"),
    }
)

register_refusals(
    {
        "commitments.waits_for_word": _(
            "It waits for the word of %(person)s. It goes on after that."
        ),
        "commitments.nobody_for_word": _(
            "Nobody is there for this step: %(stage)s. "
            "The administrator gives a post for it, or changes the rule."
        ),
        "commitments.not_your_deputy": _(
            "Each names a deputy of their own; the administrator may for all."
        ),
        "commitments.deputy_oneself": _("Choose somebody else."),
        "commitments.deputy_days": _(
            "The last day is not before the first, and not before today."
        ),
        "commitments.deputy_named_already": _(
            "For some of these days somebody acts already. End that first."
        ),
    }
)

register_tabs(NavItem("catalogue:path", _("Path of approval")))
