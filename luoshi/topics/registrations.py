"""What topics tell the layers below: sentences, parts of pages, the night."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.cases.keeping import register_forgetter
from luoshi.cases.registrations import follow_move, judges_of, url_of
from luoshi.cases.sealed_words import Words, register_words
from luoshi.commitments.adapters import Adapter, Judge, register_adapter
from luoshi.commitments.models import Kind
from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.scheduler import register_task
from luoshi.core.slots import NavItem, register_nav, register_part
from luoshi.core.trail import register_codes
from luoshi.topics.actions import forget_case_within
from luoshi.topics.grouping import start_where_due
from luoshi.topics.models import Topic
from luoshi.topics.parts import beside_case
from luoshi.topics.rules import SEE

register_codes(
    {
        "topics.grouped": _(
            "%(read)d matters were looked through: %(fresh)d new topics, "
            "%(joined)d matters joined one."
        ),
        "topics.broke_off": _("Looking for topics broke off; the next night goes on."),
        "topics.renamed": _("%(actor)s gave it another name."),
        "topics.split": _(
            "%(actor)s made topic %(number)d of its own of %(count)d matters."
        ),
        "topics.split_off": _("%(actor)s took it out of topic %(number)d."),
        "topics.taken_out": _("%(actor)s said that %(numbers)s do not belong here."),
        "topics.put_in": _("%(actor)s said that %(number)s belongs here."),
        "topics.merged": _("%(actor)s let it go into topic %(number)d."),
        "topics.took_in": _("%(actor)s let topic %(number)d go into it."),
        "topics.acted_on": _("%(actor)s had it taken on as %(number)s."),
        "topics.act_opened": _(
            "%(actor)s opened it for topic %(number)d, before the next complaint."
        ),
    }
)
register_notice_texts(
    {
        "topics.given_to_you": _(
            "You have %(number)s, to be done before the next complaint: %(title)s"
        )
    }
)
register_notice_words({"topics.given_to_you": _("before the next complaint")})
register_refusals(
    {
        "topics.split_two": _(
            "A topic has two matters at least. Choose more, "
            "or say that one does not belong here."
        ),
        "topics.split_all": _("One matter at least must stay. Choose fewer."),
        "topics.none_chosen": _("Choose at least one matter."),
        "topics.moved_meanwhile": _(
            "Somebody moved one of these matters meanwhile. Look at the page again."
        ),
        "topics.no_such_number": _("There is no such number. Look at it again."),
        "topics.not_of_a_topic": _(
            "%(number)s has no words of a resident to compare, or is a part of another "
            "matter. Choose the matter itself."
        ),
        "topics.there_already": _("%(number)s stands in this topic already."),
        "topics.no_such_topic": _("There is no topic %(number)d. Look at it again."),
        "topics.into_itself": _("A topic cannot go into itself. Choose another."),
        "topics.went_into": _(
            "This topic went into topic %(number)d. Open that one and go on there."
        ),
        "topics.name_long": _("A name has at most %(most)d characters. Shorten it."),
        "topics.title_missing": _("Write in a few words what is to be done."),
        "topics.acted_already": _(
            "It was taken on already as %(number)s. Follow that matter."
        ),
    }
)
register_adapter(Adapter(Kind.TOPIC, Judge.NONE, url_of, judges_of, follow_move))
register_words(
    Words(Topic, "memberships__case__commitment__in", ("title", "name", "place"))
)
register_forgetter(forget_case_within)
register_part("case", beside_case)
register_task("topics", timedelta(minutes=10), start_where_due)
register_nav(NavItem("topics:topics", _("Topics"), frozenset(SEE)))
