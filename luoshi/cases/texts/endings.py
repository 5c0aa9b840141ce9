"""The sentences of lawful ends, as those who asked hear them."""

from django.utils.translation import gettext_lazy as _

from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals

register_notice_texts(
    {
        "cases.refused": _(
            "By the rules the town cannot do “%(title)s” (%(number)s). "
            "Look it up: it says why, and what you can do."
        ),
        "cases.moved_to_route": _(
            "The law has a route of its own for “%(title)s” (%(number)s). "
            "Look it up: it says where to go."
        ),
        "cases.withdrawn_by_you": _(
            "“%(title)s” (%(number)s) was withdrawn at your wish. "
            "If you did not say so, call the town."
        ),
    }
)
register_notice_words(
    {
        "cases.refused": _("cannot be done by the rules"),
        "cases.moved_to_route": _("moved to a lawful route"),
        "cases.withdrawn_by_you": _("withdrawn by the person"),
    }
)
register_refusals(
    {
        "cases.not_as_staff_withdrawn": _(
            "A matter is withdrawn by the person who asked, "
            "not from a staff account. Note it on the matter's page."
        ),
    }
)
