"""What the archive tells the layers below: sentences, navigation, tasks, a keeper."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from luoshi.archive.actions import remove_old_files
from luoshi.archive.models import Appraisal, TermChoice
from luoshi.archive.queries import archived_as, waiting_appraisal
from luoshi.cases.keeping import register_keeper
from luoshi.cases.sealed_words import Words, register_words
from luoshi.core.models import Town
from luoshi.core.refusals import register_refusals
from luoshi.core.roles import ARCHIVIST
from luoshi.core.scheduler import register_task
from luoshi.core.slots import NavItem, register_nav
from luoshi.core.trail import register_codes

register_codes(
    {
        "archive.term_ruled": _(
            "%(actor)s wrote down how long a category is kept: %(source)s."
        ),
        "archive.term_chosen": _("%(actor)s chose another term for the archive."),
        "archive.begun": _(
            "%(actor)s began to put %(count)d matters of %(year)d into the archive."
        ),
        "archive.put_in": _("Put into the archive as %(number)s."),
        "archive.left_out": _("%(number)s was left out and stays empty."),
        "archive.made": _(
            "The package of %(year)d is whole: %(pages)d pages, SHA-256 %(digest)s."
        ),
        "archive.broke_off": _("Making the package of %(year)d broke off."),
        "archive.fetched": _(
            "%(actor)s fetched the package of %(year)d, with names and telephones."
        ),
        "archive.anew": _("%(actor)s let the package of %(year)d be made anew."),
        "archive.removed": _("The file of the package of %(year)d was removed."),
        "archive.keep": _(
            "%(actor)s looked at %(number)s when its term was over and keeps it longer."
        ),
        "archive.let_go": _(
            "%(actor)s looked at %(number)s when its term was over and let it go."
        ),
    }
)
register_refusals(
    {
        "archive.archivists_only": _("Only who keeps the archive may do that."),
        "archive.nothing_waits": _(
            "Nothing of that year waits for the archive. Choose another year or term."
        ),
        "archive.year_runs": _(
            "%(year)d is not over yet. Put it into the archive from 1 January on."
        ),
        "archive.busy": _("A package is being made right now. Try again when it is."),
        "archive.no_file": _("The file is not there any more. Make it anew first."),
        "archive.not_this_file": _(
            "A matter of it is kept apart since. Make the file anew first."
        ),
        "archive.source_missing": _("Write which table says so."),
        "archive.reason_missing": _("Write the reason."),
        "archive.archived_already": _(
            "It lies in the archive already. When its term is over it is appraised."
        ),
        "archive.appraised_already": _("It was let go already."),
        "archive.not_due_yet": _("The term of %(number)s is not over yet."),
    }
)


def remove_everywhere() -> int:
    """Take old files away in every town."""
    count = 0
    for town in Town.objects.all():
        with scope(town=town):
            count += remove_old_files()
    return count


register_task("archive", timedelta(hours=6), remove_everywhere)
register_keeper(archived_as)
register_words(Words(TermChoice, "commitment__in", ("reason",)))
register_words(Words(Appraisal, "entry__commitment__in", ("reason",)))
register_nav(
    NavItem("archive:home", _("Archive"), frozenset({ARCHIVIST}), waiting_appraisal),
)
