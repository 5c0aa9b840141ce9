"""The sentences of the public ledger: trail, notices, refusals, files, navigation."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from luoshi.core.files import register_file_owner
from luoshi.core.models import StoredFile
from luoshi.core.notices import register_notice_texts
from luoshi.core.refusals import register_refusals
from luoshi.core.roles import RELEASER
from luoshi.core.slots import NavItem, register_nav
from luoshi.core.trail import register_codes

register_codes(
    {
        "cases.published": _("%(actor)s checked the text and published it."),
        "cases.withdrawn": _("%(actor)s took it off the public page."),
        "cases.still_broken": _("A neighbour says: still broken."),
        "cases.signals_seen": _("%(actor)s looks after what neighbours said."),
    }
)
register_notice_texts(
    {
        "cases.still_broken": _(
            "A neighbour says that %(number)s is still broken: %(title)s"
        )
    }
)
register_refusals(
    {
        "cases.title_missing": _("Write a title that everybody may read."),
        "cases.not_checked": _(
            "Check the text for what must not be public, then tick that you did."
        ),
        "cases.holds_personal": _(
            "There is something personal in it: %(where)s. Take it out."
        ),
        "cases.maybe_personal": _(
            "Look at these places: %(where)s. Take them out, or tick that "
            "they lead to nobody."
        ),
        "cases.boxes_wrong": _(
            "Line %(line)s of what to cover must be four numbers from 0 to 100."
        ),
        "cases.signals_enough": _(
            "It was said from here several times today. The town knows."
        ),
    }
)


def _may_see_published(request: HttpRequest, file: StoredFile) -> bool:
    from luoshi.cases.access import may_see_published

    return may_see_published(request, file)


register_file_owner("cases.publication", _may_see_published)
register_nav(NavItem("work:release-queue", _("Publish"), frozenset({RELEASER})))
