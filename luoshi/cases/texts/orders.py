"""The sentences of orders of other systems: trail, notices, refusals."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.cases.actions.callbacks import give_up_callbacks
from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.scheduler import register_task
from luoshi.core.trail import register_codes

register_codes(
    {
        "cases.order_brought": _("It came from %(system)s, number %(number)s there."),
        "cases.order_changed": _("%(system)s says something new of %(number)s."),
        "cases.order_withdrawn": _("%(system)s withdrew %(number)s."),
        "cases.named_there": _("%(actor)s: it is %(number)s in %(system)s as well."),
        "cases.not_there": _(
            "%(actor)s took back that it is %(number)s in %(system)s."
        ),
        "cases.city_figure_kept": _("%(actor)s wrote down a figure of %(system)s."),
        "cases.city_figure_removed": _("%(actor)s took away a figure of %(system)s."),
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
        "cases.city_days": _("The first day comes before the last one."),
        "cases.city_not_yet": _(
            "A figure is of days that are over, and was published after them."
        ),
        "cases.city_source": _("Write where the figure stands."),
        "cases.city_value": _(
            "A number of orders is whole; a share is between 0 and 100."
        ),
        "cases.there_half": _("Choose the main system and write its number there."),
        "cases.number_long": _("A number there has at most %(most)d characters."),
        "cases.number_there": _(
            "%(number)s of %(system)s is here already: %(here)s. Go on there."
        ),
        "cases.number_there_unseen": _(
            "%(number)s of %(system)s is here already, in other hands. "
            "Ask the dispatcher."
        ),
        "cases.there_told": _(
            "The main system told of this number itself, so that it stays."
        ),
        "cases.no_such_system": _("The town knows no main system %(system)s."),
        "cases.no_reply_yet": _(
            "There is no reply yet. Hand in what was done, or reply to who asked."
        ),
    }
)
register_task("callbacks", timedelta(minutes=30), give_up_callbacks)
