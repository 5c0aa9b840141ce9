"""What consultations tell the layers below: adapter, sentences, navigation, tasks."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.cases.registrations import follow_move, judges_of, url_of
from luoshi.commitments.adapters import Adapter, Judge, register_adapter
from luoshi.commitments.models import Commitment, Kind
from luoshi.consultations import rules
from luoshi.consultations.actions import close_where_due, remind_to_ask_again
from luoshi.consultations.maps import registrations as maps_registrations  # noqa: F401
from luoshi.consultations.models import Consultation
from luoshi.consultations.parts import beside_case, beside_topic
from luoshi.consultations.queries import waiting_statements
from luoshi.consultations.refusals import REFUSALS
from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import Refusal, register_refusals
from luoshi.core.scheduler import register_task
from luoshi.core.slots import NavItem, register_nav, register_part, register_tabs
from luoshi.core.trail import register_codes

register_codes(
    {
        "consultations.prepared": _("%(actor)s began to prepare “%(title)s”."),
        "consultations.changed": _("%(actor)s changed what is asked."),
        "consultations.draft_written": _(
            "%(actor)s wrote the draft, with %(options)d options."
        ),
        "consultations.way_chosen": _(
            "%(actor)s chose the track, and that an answer is owed from %(threshold)d "
            "of one mind."
        ),
        "consultations.town_said": _(
            "%(actor)s added statement %(number)d of the town's."
        ),
        "consultations.opened": _("%(actor)s let people answer until %(until)s."),
        "consultations.began": _("Somebody began to answer."),
        "consultations.withdrawn": _("Somebody withdrew all their answers."),
        "consultations.habits_asked": _(
            "%(actor)s chose what is asked of how people live: %(questions)d questions."
        ),
        "consultations.costs_set": _(
            "%(actor)s wrote down what it costs a household in %(count)d villages."
        ),
        "consultations.habits_told": _("Somebody told how they live."),
        "consultations.habits_sheet": _(
            "%(actor)s typed in how they live, from sheet %(number)d."
        ),
        "consultations.said": _("Statement %(number)d was said."),
        "consultations.statement_published": _("%(actor)s published a statement."),
        "consultations.statement_refused": _(
            "%(actor)s did not publish a statement, with the reason."
        ),
        "consultations.statement_mended": _(
            "%(actor)s mended its words; nobody had reacted yet."
        ),
        "consultations.said_anew": _(
            "%(actor)s had statement %(number)d said anew in other words."
        ),
        "consultations.sheet": _("%(actor)s typed in sheet %(number)d."),
        "consultations.sheet_corrected": _("%(actor)s corrected sheet %(number)d."),
        "consultations.sheet_dropped": _("%(actor)s took sheet %(number)d out."),
        "consultations.closed": _("No more answers are taken."),
        "consultations.answered": _("%(actor)s answered statement %(number)d."),
        "consultations.step_taken": _("%(actor)s wrote down a step: %(step)s."),
        "consultations.trial_begun": _(
            "%(actor)s wrote down who tries it, from %(since)s to %(until)s."
        ),
        "consultations.trial_looked_at": _(
            "%(actor)s wrote down what those who tried it say."
        ),
        "consultations.published": _("%(actor)s published the decision and answers."),
        "consultations.stopped": _("%(actor)s stopped it, with the reason."),
        "consultations.linked": _("%(actor)s tied %(number)s to it."),
        "consultations.unlinked": _("%(actor)s untied %(number)s."),
        "consultations.linked_to": _(
            "%(actor)s tied it to consultation %(number)d “%(title)s”."
        ),
        "consultations.track_changed": _("%(actor)s changed a track to a decision."),
        "consultations.asked_again": _(
            "%(actor)s prepared to ask the same people again: consultation %(number)d."
        ),
        "consultations.to_ask_again": _(
            "A year is over: the same people can be asked how it turned out."
        ),
    }
)
register_notice_texts(
    {
        "consultations.opened": _(
            "“%(title)s” takes answers until %(until)s. What is said is answered as "
            "%(number)s."
        ),
        "consultations.to_look_at": _(
            "Statements on “%(title)s” wait for a look before others read them."
        ),
        "consultations.closed": _(
            "“%(title)s” (%(number)s) takes no more answers. "
            "%(count)d statements must be answered."
        ),
        "consultations.published": _(
            "The decision on “%(title)s” (%(number)s) is published with the answers."
        ),
        "consultations.to_ask_again": _(
            "“%(title)s” (%(number)s) was decided a year ago. Ask the same people how "
            "it turned out."
        ),
    }
)
register_notice_words(
    {
        "consultations.opened": _("takes answers"),
        "consultations.to_look_at": _("statements wait for a look"),
        "consultations.closed": _("takes no more answers"),
        "consultations.published": _("decision published"),
        "consultations.to_ask_again": _("ask the same people again"),
    }
)
register_refusals(REFUSALS)


def _follow(commitment: Commitment, move: str) -> None:
    """Let nobody hand the answer in before it is public."""
    if move == "submit":
        ended = (Consultation.State.PUBLISHED, Consultation.State.STOPPED)
        asked = Consultation.objects.filter(commitment=commitment).first()
        if asked is not None and asked.state not in ended:
            raise Refusal("consultations.publish_first", number=asked.number)
    follow_move(commitment, move)


register_adapter(Adapter(Kind.CONSULTATION, Judge.NONE, url_of, judges_of, _follow))
register_part("case", beside_case)
register_part("topic", beside_topic)
register_task("close-consultations", timedelta(minutes=1), close_where_due)
register_task("ask-again", timedelta(hours=6), remind_to_ask_again)
register_nav(
    NavItem(
        "consultations:list",
        _("Consultations"),
        frozenset(rules.SEE),
        waiting=waiting_statements,
    )
)
register_tabs(NavItem("consultations-manage:tracks", _("Tracks to a decision")))
