"""The sentences of what was asked of higher bodies, and of explanations."""

from django.utils.translation import gettext_lazy as _

from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.trail import register_codes

register_codes(
    {
        "commitments.higher_help": _("%(actor)s asked a higher body for help."),
        "commitments.higher_lift": _("%(actor)s lifted it to a higher body."),
        "commitments.higher_answered": _(
            "The higher body answered; %(actor)s wrote it down."
        ),
        "commitments.explained": _("%(actor)s explained what went wrong."),
        "commitments.explanation_accepted": _("%(actor)s: the explanation holds."),
        "commitments.explanation_refused": _(
            "%(actor)s: the explanation does not hold."
        ),
    }
)
register_notice_texts(
    {
        "commitments.higher_asked": _(
            "A higher body was asked about %(number)s: %(title)s"
        ),
        "commitments.higher_answered": _(
            "A higher body answered on %(number)s: %(title)s"
        ),
        "commitments.to_note_explanation": _(
            "%(number)s has an explanation; say whether it holds: %(title)s"
        ),
        "commitments.explanation_accepted": _(
            "The explanation of %(number)s holds: %(title)s"
        ),
        "commitments.explanation_refused": _(
            "The explanation of %(number)s does not hold: %(title)s"
        ),
    }
)
register_notice_words(
    {
        "commitments.higher_asked": _("a higher body was asked"),
        "commitments.higher_answered": _("a higher body answered"),
        "commitments.to_note_explanation": _("explained; say whether it holds"),
        "commitments.explanation_accepted": _("the explanation holds"),
        "commitments.explanation_refused": _("the explanation does not hold"),
    }
)
register_refusals(
    {
        "commitments.body_above_missing": _("Name the higher body."),
        "commitments.contact_above_missing": _("Write who there can be reached."),
        "commitments.paused_already": _(
            "The clock stands still already. Ask without stopping it."
        ),
        "commitments.nothing_of_that": _("That did not happen here. Choose another."),
        "commitments.own_explanation": _(
            "Nobody decides about their own explanation. Another leader does."
        ),
    }
)
