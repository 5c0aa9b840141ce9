"""What of commitments goes over with a post: open matters, and help asked for."""

from django.utils.translation import gettext_lazy as _

from luoshi.commitments.actions.handing_over import (
    hand_help_over,
    hand_matters_over,
    hand_words_over,
    help_of_post,
    matters_of_post,
    not_to_accept,
    words_of_post,
)
from luoshi.core.hooks import Handing, register_handing
from luoshi.core.trail import register_codes

register_codes(
    {
        "commitments.help_handed_over": _(
            "%(actor)s: the help asked of %(giver)s is now given by %(taker)s."
        ),
    }
)
register_handing(
    Handing(
        "matters",
        _("Open matters"),
        lambda change: matters_of_post(change).count(),
        hand_matters_over,
        not_to_accept,
    )
)
register_handing(
    Handing(
        "help",
        _("Help that was asked for"),
        lambda change: help_of_post(change).count(),
        hand_help_over,
    )
)
register_handing(
    Handing(
        "words",
        _("Words that are waited for"),
        lambda change: words_of_post(change).count(),
        hand_words_over,
    )
)
