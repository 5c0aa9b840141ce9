"""One page for the people's congress: what is mended, for how much, and why so."""

import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import typst
from django.utils.translation import gettext as _
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from luoshi.core.clock import now, today
from luoshi.core.sheets.out import without_control
from luoshi.core.sheets.word import BODY, HEAD, TITLE, official_document, write
from luoshi.ui.wording import WAN, long_day, money
from luoshi.upkeep.models import UpkeepPlan
from luoshi.upkeep.plans.wording import put_off_said
from luoshi.upkeep.queries import balance_of, five_years_of, what_ifs_of

SHEET = Path(__file__).with_name("sheet.typ")
SMALL_PT, TITLE_PT, LINE_PT = 12, 18, 20


@dataclass(frozen=True)
class Sheet:
    """What stands on the page, ready to be set."""

    title: str
    paragraphs: list[str]
    years: list[list[str]]
    villages: list[list[str]]
    foot: str


def sheet_of(plan: UpkeepPlan) -> Sheet:
    """Return the page of a plan, with the figures as they stand today."""
    five, ways = five_years_of(plan), what_ifs_of(plan)
    _told, villages = balance_of(plan)
    first = five.years[0]
    dearest = "、".join(one.asset.name for one in first.works)
    told = {
        "town": plan.town.name,
        "first": plan.first_year,
        "last": plan.last_year,
        "count": len(plan.frozen["assets"]),
        "money": money(sum(plan.budgets)),
        "year": first.year,
        "mended": first.mended,
        "routine": first.routine,
        "works": dearest,
    }
    paragraphs = [
        _(
            "%(count)s facilities of the town are planned for, with %(money)s in all "
            "from %(first)s to %(last)s."
        )
        % told,
        _(
            "In %(year)s %(mended)s are repaired or renewed and %(routine)s get their "
            "routine upkeep. The largest works: %(works)s."
        )
        % told,
        ways.finding,
        put_off_said(plan),
    ]
    if plan.approved_at:
        day = long_day(plan.approved_at)
        paragraphs.append(
            _("Approved by %(name)s on %(day)s.")
            % {"name": plan.approved_by.name if plan.approved_by else "", "day": day}
        )
    heads = [
        *(_("Year"), _("Money (10,000 yuan)"), _("Planned (10,000 yuan)")),
        *(_("Paid (10,000 yuan)"), _("Mean grade"), _("Repaired or renewed")),
    ]
    years = [heads]
    for one in five.years:
        amounts = (one.budget, one.money.planned, one.money.paid)
        cells = [str(one.year), *map(_in_wan, amounts)]
        years.append([*cells, f"{one.grade:.1f}", str(one.mended)])
    rows = [
        [
            *(_("Village"), _("Money (10,000 yuan)")),
            *(_("Grade now"), _("Grade at the end")),
        ]
    ]
    for name, share in villages:
        rows.append(
            [
                name,
                _in_wan(share.money),
                f"{share.grade_now:.1f}",
                f"{share.grade_end:.1f}",
            ]
        )
    title = _("Upkeep plan of %(town)s, %(first)s to %(last)s") % told
    foot = _("Computed from the register of facilities; printed on %(day)s.")
    return Sheet(title, paragraphs, years, rows, foot % {"day": long_day(today())})


def _in_wan(fen: int) -> str:
    """Return an amount in 10,000 yuan, as tables of the congress have it."""
    return f"{fen / WAN:,.2f}"


def sheet_pdf(plan: UpkeepPlan) -> bytes:
    """Return the page as a PDF."""
    data = without_control(json.dumps(asdict(sheet_of(plan)), ensure_ascii=False))
    return typst.compile(
        SHEET.read_bytes(),
        format="pdf",
        sys_inputs={"data": data},
        timestamp=int(now().timestamp()),
    )


def sheet_word(plan: UpkeepPlan) -> bytes:
    """Return the page as a Word document."""
    sheet = sheet_of(plan)
    document = official_document()
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Pt(50)
    title = document.add_paragraph()
    write(title, sheet.title, TITLE, TITLE_PT, centre=True)
    for line in sheet.paragraphs:
        told = document.add_paragraph()
        write(told, line, BODY, SMALL_PT, indent=True, line=LINE_PT)
        told.paragraph_format.space_after = Pt(0)
    for rows in (sheet.years, sheet.villages):
        table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for at, row in enumerate(rows):
            for place, (cell, text) in enumerate(
                zip(table.add_row().cells, row, strict=True)
            ):
                told = cell.paragraphs[0]
                write(told, text, BODY if at else HEAD, SMALL_PT - 2, line=16)
                told.paragraph_format.space_after = Pt(0)
                if place:
                    told.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        after = document.add_paragraph()
        after.paragraph_format.space_after = Pt(0)
    write(document.add_paragraph(), sheet.foot, BODY, SMALL_PT - 2)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
