"""A heap of scans, page by page: what became of each, in a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from luoshi.commitments.adapters import adapter_of
from luoshi.core.actors import Staff
from luoshi.core.files import BadFile
from luoshi.papers.actions import Brought, bring_page
from luoshi.papers.actions.scans import Result
from luoshi.papers.queries import papers_visible_to
from luoshi.papers.reading import pages_of

# A page takes a third of a second.
MOST_PAGES = 60


@dataclass(frozen=True)
class Line:
    """What became of one page, or of a file that cannot be read."""

    name: str
    page: int
    text: str
    good: bool
    url: str = ""


def bring_scans(uploads: Iterable[UploadedFile], *, actor: Staff) -> list[Line]:
    """Bring every page of every file; one that fails keeps no other from coming."""
    lines: list[Line] = []
    for upload in uploads:
        page, name = 0, upload.name or ""
        try:
            for page, read in enumerate(pages_of(upload), 1):
                if len(lines) >= MOST_PAGES:
                    return [*lines, _too_many(name, page)]
                brought = bring_page(read, actor=actor)
                lines.append(_line(name, page, brought, actor))
        except BadFile as error:
            lines.append(Line(name, page, str(error), good=False))
    return lines


def _too_many(name: str, page: int) -> Line:
    """Say where reading stopped: the server has others to answer too."""
    text = _(
        "%(most)d pages are read at once. Bring this page and what comes after it "
        "once more; what is filed stays filed."
    )
    return Line(name, page, text % {"most": MOST_PAGES}, good=False)


def _line(name: str, page: int, brought: Brought, actor: Staff) -> Line:
    paper, text = brought.paper, _sentence(brought)
    seen = paper and papers_visible_to(actor).filter(pk=paper.pk).first()
    url = adapter_of(seen.commitment).url(seen.commitment) if seen else ""
    good = brought.result in (Result.FILED, Result.TWICE)
    return Line(name, page, text, good, url)


def _sentence(brought: Brought) -> str:
    paper = {"paper": brought.paper.number if brought.paper else ""}
    match brought.result:
        case Result.FILED:
            return _("Filed with %(paper)s.") % paper
        case Result.TWICE if brought.paper:
            return _("This scan lies with %(paper)s already.") % paper
        case Result.TWICE:
            return _("This scan is there already and waits below.")
        case Result.ELSEWHERE:
            return _("It is no paper of this town. It was not kept.")
        case Result.CANCELLED:
            return _("%(paper)s was cancelled. The scan was not kept.") % paper
        case Result.ERASED:
            return _("What stood in %(paper)s was erased. The scan was not kept.") % (
                paper
            )
    return _("No code could be read. Say below where it belongs.")
