"""What cases tell the layers below: adapter, sentences, files, navigation."""

from functools import partial

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luoshi.cases.actions.callbacks import (
    asks_itself,
    judges_of,
    take_waiting_within,
)
from luoshi.cases.figures.months import forget_changed
from luoshi.cases.models import Case, Reporter, SealedMatter, SealedWord
from luoshi.cases.nav import NAV, TABS
from luoshi.commitments.adapters import Adapter, Judge, register_adapter
from luoshi.commitments.hooks import register_changed
from luoshi.commitments.models import Commitment, Kind
from luoshi.core.actors import SCHEDULER
from luoshi.core.files import register_file_owner
from luoshi.core.models import StoredFile
from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.sealed import register_sealed
from luoshi.core.slots import register_nav, register_tabs
from luoshi.core.trail import register_codes

register_codes(
    {
        "cases.received": _("The town received it."),
        "cases.joined": _("Somebody else has the same trouble."),
        "cases.words_added": _("%(actor)s added a word."),
        "cases.replied": _("%(actor)s replied."),
        "cases.recording_written": _("%(actor)s wrote down what a recording says."),
        "cases.noted": _("%(actor)s left a note for colleagues."),
        "cases.contact_seen": _("%(actor)s looked at the name and telephone."),
        "cases.contact_corrected": _("%(actor)s corrected how to reach them."),
        "cases.contact_erased": _("%(actor)s erased names and telephones."),
        "cases.erased": _("%(actor)s erased what was told."),
        "cases.released": _("%(actor)s looked at it and let it go its way."),
        "cases.imported": _("Brought in from a file."),
        "cases.export_begun": _("%(actor)s began to take a list out as a file."),
        "cases.export_begun_contacts": _(
            "%(actor)s began to take a list out as a file, with names and telephones."
        ),
        "cases.exported": _("%(actor)s took out a whole list of %(rows)d rows."),
        "cases.export_broke": _(
            "A list that %(actor)s took out ended after %(rows)d rows and is not whole."
        ),
    }
)
register_notice_texts(
    {
        "cases.words_added": _("The person who asked added to %(number)s: %(title)s"),
        "cases.replied": _("The town answered on “%(title)s” (%(number)s)."),
        "cases.merged": _(
            "“%(title)s” (%(number)s) is done together with another matter. "
            "You get the same answers."
        ),
        "cases.unmerged": _(
            "“%(title)s” (%(number)s) goes its own way again. "
            "You are told of each step."
        ),
        "cases.again": _(
            "“%(title)s” (%(number)s) was looked at again and is being done again."
        ),
        "cases.answer_on_paper": _(
            "The written answer on “%(title)s” (%(number)s) can be seen. "
            "Look it up with your code."
        ),
        "cases.to_judge": _(
            "“%(title)s” (%(number)s) is done. Look it up and say whether it is solved."
        ),
    }
)
register_notice_words(
    {
        "cases.words_added": _("who asked added a word"),
        "cases.replied": _("the town answered"),
        "cases.merged": _("done together with another matter"),
        "cases.unmerged": _("goes its own way again"),
        "cases.to_judge": _("asked for the verdict"),
        "cases.answer_on_paper": _("the written answer can be seen"),
        "cases.again": _("being done again"),
    }
)
register_refusals(
    {
        "cases.erase_when_closed": _(
            "The words are still needed to do it. Erase them when it is closed; "
            "names and telephones can be erased now."
        ),
        "cases.kept_in_archive": _(
            "It lies in the archive as %(number)s and is kept until its term is over. "
            "Who keeps the archive can let it go then; erase it afterwards."
        ),
        "cases.erase_reason": _("Choose a reason from the list."),
        "cases.no_recording": _("There is no such recording. Load the page anew."),
        "cases.nothing_said": _("Write one sentence, for example: the lamp is out."),
        "cases.too_long": _(
            "That is %(count)d characters; %(most)d fit. Shorten it or add a file."
        ),
        "cases.group_elsewhere": _(
            "%(group)s belongs to another village. Choose the village or the group."
        ),
        "cases.sent_before": _("It was sent already."),
        "cases.closed_meanwhile": _("That matter was closed. Tell us anew."),
        "cases.export_busy": _(
            "Another list is being taken out right now. Try again in a minute."
        ),
        "cases.export_contacts": _(
            "Names and telephones are taken out by dispatchers and inspectors only. "
            "Export the list without them."
        ),
        "cases.not_as_staff": _(
            "A verdict is given by the person who asked, not from a staff account."
        ),
    }
)


# What a move of their matter says to those who told it.
SAY_TO_REPORTERS = {
    "bring_back": "cases.again",
    "back_to_desk": "cases.again",
    "refuse": "cases.refused",
    "move_to_route": "cases.moved_to_route",
    "withdraw": "cases.withdrawn_by_you",
}


def url_of(commitment: Commitment) -> str:
    """Return the address of its case's page."""
    return reverse(
        "work:case",
        kwargs={"town": commitment.town.code, "number": commitment.number},
    )


def follow_move(commitment: Commitment, move: str) -> None:
    """Ask the reporters for their verdict as soon as there is something to judge.

    What is dispatched or passed on was looked at, so that it is held no more.
    """
    from luoshi.cases.actions.talk import ask_for_verdicts, tell_people

    if move in ("dispatch", "pass_on"):
        commitment.cases.filter(held=True).update(held=False, held_why="")

    if move in ("merge", "unmerge"):
        _move_cases(commitment, move)
    code = SAY_TO_REPORTERS.get(move)
    if move == "ask_judges":
        ask_for_verdicts(commitment)
        take_waiting_within(commitment, actor=SCHEDULER)
    elif code:
        tell_people(commitment, code)


def _move_cases(commitment: Commitment, move: str) -> None:
    """Put the cases under the head, or back under their own; tell who asked."""
    from luoshi.cases.actions.orders import follow_clock_within
    from luoshi.cases.actions.talk import tell_reporters

    merge = commitment.merges.get(undone_at=None)
    if move == "merge":
        numbers = list(commitment.cases.order_by("pk").values_list("pk", flat=True))
        merge.before["cases"] = numbers
        merge.save(update_fields=["before"])
    moved = Case.objects.filter(pk__in=merge.before["cases"])
    moved.update(commitment=merge.head if move == "merge" else commitment)
    code = "cases.merged" if move == "merge" else "cases.unmerged"
    for case in moved.select_related("commitment"):
        tell_reporters(case, code)
    if move == "unmerge":
        # Its main system may have moved the day while it was under the head.
        follow_clock_within(commitment, actor=SCHEDULER)


for _field in ("name", "phone", "code", "helper"):
    register_sealed(Reporter, _field, partial(Reporter.place_of, field=_field))
register_sealed(SealedMatter, "vault", lambda row: row.place)
register_sealed(SealedWord, "text", lambda row: row.place)
register_changed(forget_changed)
register_adapter(
    Adapter(
        Kind.CASE, Judge.REPORTERS, url_of, judges_of, follow_move, asks=asks_itself
    )
)


def _may_see_file(request: HttpRequest, file: StoredFile) -> bool:
    from luoshi.cases.access import may_see_file

    return may_see_file(request, file)


for _label in (
    "cases.case",
    "cases.reply",
    "cases.note",
    "cases.reporter",
    "commitments.verdict",
    "commitments.evidence",
    "commitments.commitment",
    "papers.paperscan",
):
    register_file_owner(_label, _may_see_file)
register_nav(*NAV)
register_tabs(*TABS)
