"""The sentences of orders of other systems: trail, notices, refusals."""

from django.utils.translation import gettext_lazy as _

from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.trail import register_codes

register_codes(
    {
        "cases.order_brought": _("It came from %(system)s, number %(number)s there."),
        "cases.order_changed": _("%(system)s says something new of %(number)s."),
        "cases.order_withdrawn": _("%(system)s withdrew %(number)s."),
        "cases.order_sent": _(
            "%(actor)s copied the reply out and sent it in %(system)s."
        ),
        "cases.system_changed": _("%(actor)s changed what is known of %(system)s."),
        "cases.columns_kept": _(
            "%(actor)s said what the columns of %(system)s are called."
        ),
    }
)
register_notice_texts(
    {
        "cases.order_changed": _(
            "The main system changed %(number)s: %(title)s. Look what is new."
        ),
        "cases.order_withdrawn": _(
            "The main system withdrew %(number)s: %(title)s. Decide what becomes of it."
        ),
    }
)
register_notice_words(
    {
        "cases.order_changed": _("changed in the main system"),
        "cases.order_withdrawn": _("withdrawn in the main system"),
    }
)
register_refusals(
    {
        "cases.asked_there": _(
            "%(system)s asks for the verdict of this matter; nobody is asked twice."
        ),
        "cases.no_such_system": _("The town knows no main system %(system)s."),
        "cases.no_reply_yet": _(
            "There is no reply yet. Hand in what was done, or reply to who asked."
        ),
    }
)
