"""What maps and brought-in consultations tell the layers below."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.consultations.maps.making import start_where_due
from luoshi.consultations.maps.uploads import drop_forgotten
from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.scheduler import register_task
from luoshi.core.trail import register_codes

register_codes(
    {
        "consultations.brought": _(
            "%(actor)s brought it in: %(voters)d sets of answers, %(statements)d "
            "statements, %(votes)d answers."
        ),
        "consultations.votes_given_out": _(
            "%(actor)s took out the answers without names."
        ),
    }
)
register_notice_texts(
    {
        "consultations.brought_to_you": _(
            "You have %(number)s: answer what people said. %(title)s"
        )
    }
)
register_notice_words({"consultations.brought_to_you": _("what people said")})
register_refusals(
    {
        "consultations.brought_already": _(
            "The same answers were brought in already: consultation %(number)d."
        ),
        "consultations.brought_without_words": _(
            "There is no statement with words in it. Add comments.csv to the files."
        ),
        "consultations.brought_without_votes": _(
            "There is no answer in it to a statement that was let in."
        ),
        "consultations.brought_too_many": _(
            "More than %(most)d answers are too many for one file. Bring fewer."
        ),
        "consultations.brought_unreadable": _(
            "The files cannot be read: %(why)s. Take them from Polis anew."
        ),
        "consultations.votes_later": _(
            "The answers can be taken when no more are given. Come back then."
        ),
        "consultations.votes_too_often": _(
            "The file was taken from here many times this hour. Take it in an hour."
        ),
        "consultations.brought_by_nobody": _(
            "Nobody holds a post who could answer it. Name a person."
        ),
        "consultations.brought_title": _("Write in a few words what it is about."),
        "consultations.brought_question": _("Write what was asked, in plain words."),
        "consultations.brought_affected": _("Write whom it concerns."),
    }
)
register_task("opinion maps", timedelta(seconds=10), start_where_due)
register_task("polis uploads", timedelta(hours=6), drop_forgotten)
