"""A decision as a Word document in official layout (公文格式, GB/T 9704)."""

import io

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH

from luoshi.core.sheets.word import (
    BODY,
    BODY_PT,
    HEAD,
    TITLE,
    TITLE_PT,
    official_document,
    write,
)
from luoshi.projects.explaining import amount
from luoshi.projects.models import Decision, Election
from luoshi.ui.wording import long_day


def decision_document(decision: Decision) -> bytes:
    """Return the file of a decision with each candidate's line."""
    election = decision.election
    document = official_document()
    write(document.add_paragraph(), _issuer(election), TITLE, TITLE_PT, centre=True)
    write(document.add_paragraph(), decision.number, BODY, BODY_PT, centre=True)
    title = _("On the projects of “%(title)s”") % {"title": election.title}
    write(document.add_paragraph(), title, TITLE, TITLE_PT, centre=True)
    for line in decision.words.splitlines():
        write(document.add_paragraph(), line, BODY, BODY_PT, indent=True)
    _add_table(document, decision)
    day = document.add_paragraph()
    write(day, long_day(decision.decided_on), BODY, BODY_PT)
    day.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _issuer(election: Election) -> str:
    """Return who decided, as printed at the head."""
    if election.kind == Election.Kind.VILLAGE and election.cycle is not None:
        return str(election.cycle.village)
    name = {"town": election.town.name}
    return pgettext("deputies", "People's Congress of %(town)s") % name


def _add_table(document: WordDocument, decision: Decision) -> None:
    heads = [
        _("Project"),
        _("Cost"),
        _("Votes"),
        _("By the count"),
        _("Decided"),
        _("Reason"),
    ]
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        write(cell.paragraphs[0], head, HEAD, BODY_PT - 4)
    yes, no = _("yes"), _("no")
    votes = decision.election.result.votes
    for line in decision.lines.all():
        told = [
            line.candidate.name,
            amount(decision.election, line.candidate.cost),
            str(votes.get(line.candidate.key, 0)),
            yes if line.counted else no,
            yes if line.chosen else no,
            line.why,
        ]
        for cell, text in zip(table.add_row().cells, told, strict=True):
            write(cell.paragraphs[0], text, BODY, BODY_PT - 4)
