"""What papers tell the layers below: sentences, files, navigation."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from luoshi.core.actors import Staff
from luoshi.core.files import register_file_owner
from luoshi.core.models import StoredFile
from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.slots import NavItem, register_nav, register_tabs
from luoshi.core.trail import register_codes
from luoshi.papers.queries import waiting_for
from luoshi.papers.rules import BRING

register_codes(
    {
        "papers.made_assignment": _("%(actor)s made the assignment sheet %(paper)s."),
        "papers.made_supervision": _("%(actor)s made the supervision sheet %(paper)s."),
        "papers.made_answer": _("%(actor)s made the written answer %(paper)s."),
        "papers.cancelled": _("%(actor)s cancelled the paper %(paper)s."),
        "papers.released": _(
            "The written answer %(paper)s can be seen by whom it is for."
        ),
        "papers.scan_filed": _("%(actor)s filed the scan of %(paper)s."),
        "papers.scan_out": _("%(actor)s took a scan out of %(paper)s."),
        "papers.scan_waits": _(
            "%(actor)s brought a scan of which no code could be read."
        ),
        "papers.scan_dropped": _("%(actor)s threw a scan away that was of no paper."),
        "papers.template_set": _("%(actor)s put in a template of papers."),
        "papers.template_retired": _("%(actor)s took a template of papers away."),
        "papers.words_changed": _(
            "%(actor)s changed who issues papers, or what stands before their numbers."
        ),
    }
)
register_notice_texts(
    {"papers.scan_filed": _("The scan of %(paper)s is there: %(number)s, %(title)s")}
)
register_notice_words({"papers.scan_filed": _("the scan of a paper is there")})
register_refusals(
    {
        "papers.cancelled_already": _("%(paper)s was cancelled. Make a new paper."),
        "papers.released_already": _("%(paper)s can be seen already."),
        "papers.no_scan_yet": _(
            "There is no scan of %(paper)s yet. Bring the page with the seal first."
        ),
        "papers.erased": _("What stood in %(paper)s was erased."),
        "papers.filed_already": _("It was filed already, with %(paper)s."),
        "papers.no_such_kind": _("Choose the kind of paper from the list."),
        "papers.no_template": _("It is printed from what came with Luoshi already."),
        "papers.words_missing": _(
            "Write who issues the papers, and the words before each kind's numbers."
        ),
        "papers.words_alike": _(
            "Two kinds have the same words: their numbers could not be told apart."
        ),
        "papers.words_long": _("The words have %(most)d characters at most."),
        "papers.addressee_unknown": _("Choose whom the paper answers."),
    }
)


def _may_see_template(request: HttpRequest, file: StoredFile) -> bool:
    staff: Staff | None = getattr(request, "staff", None)
    return staff is not None and staff.has(ADMINISTRATOR)


register_file_owner("papers.papertemplate", _may_see_template)
# What is filed belongs to a matter: the layer that knows its people says who sees it.
register_nav(
    NavItem("papers:scans", _("Scans with seals"), frozenset(BRING), waiting_for),
    NavItem("papers:register", _("Numbers of papers"), frozenset(BRING), last=True),
)
register_tabs(NavItem("papers-manage:templates", _("Papers and numbers")))
