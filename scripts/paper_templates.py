"""Writes the Word templates that come with Luoshi: `python scripts/paper_templates.py`.

The layout is that of official papers (GB/T 9704-2012): A4, the text 156 by 225 mm,
22 lines of 28 characters in FangSong of 16 points, the issuer's name in red, the
imprint at the foot. Change it here and run it; a town changes a copy in Word.
"""

import io
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

OUT = Path(__file__).resolve().parent.parent / "luoshi" / "papers" / "defaults"
# Names of fonts as Word and WPS on Chinese systems have them.
SONG, FANG, HEI, TITLE = "宋体", "仿宋", "黑体", "方正小标宋简体"
RED = RGBColor(0xC0, 0x00, 0x00)
# 225 mm in 22 lines; 156 mm in 28 characters, each a fifth of a point closer: the grid
# of characters that Word has for this is drawn quite differently elsewhere.
LINE_TWIPS, CLOSER_TWIPS = 579, -4
LINE = Pt(LINE_TWIPS / 20)
TWO, BODY, FOUR = Pt(22), Pt(16), Pt(14)
TEXT_MM = 156
# Always the same moment, so that the same layout is the same file.
MOMENT = (2026, 1, 1, 0, 0, 0)


class Sheet:
    """A sheet of paper, written from the top down."""

    def __init__(self) -> None:
        self.document = Document()
        self._set_page()
        self._set_normal()
        for even in (False, True):
            self._write_edges(even)

    def _set_page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(25.8)
        section.header_distance, section.footer_distance = Mm(13), Mm(22)
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            grid = _add(section._sectPr, "w:docGrid")
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(LINE_TWIPS))
        self.document.settings.odd_and_even_pages_header_footer = True

    def _set_normal(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.size = BODY
        letters = normal.element.get_or_add_rPr()
        _set_fonts(letters, FANG)
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), str(CLOSER_TWIPS))
        letters.insert_element_before(closer, "w:kern", "w:position", "w:sz", "w:szCs")
        form = normal.paragraph_format
        # No gap of its own between Han and digits.
        for tag in ("w:autoSpaceDE", "w:autoSpaceDN"):
            _add(normal.element.get_or_add_pPr(), tag, val="0")
        form.space_before = form.space_after = Pt(0)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE

    def _write_edges(self, even: bool) -> None:
        """Put the code at the top of each page and the number of the page below."""
        section = self.document.sections[0]
        top = section.even_page_header if even else section.header
        foot = section.even_page_footer if even else section.footer
        head = top.paragraphs[0]
        head.alignment = ALIGN.RIGHT
        # The code is higher than a line.
        head.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        head.add_run("{{ 二维码 }}")
        number = foot.paragraphs[0]
        number.alignment = ALIGN.LEFT if even else ALIGN.RIGHT
        side = "left_indent" if even else "right_indent"
        setattr(number.paragraph_format, side, BODY)
        for text in ("— ", None, " —"):
            run = number.add_run(text or "")
            _style(run, SONG, FOUR)
            if text is None:
                _page_number(run)

    def say(
        self,
        text: str,
        *,
        font: str = FANG,
        size: Any = BODY,
        align: Any = None,
        indent: int = 0,
        right: int = 0,
        colour: RGBColor | None = None,
        where: Any = None,
    ) -> Any:
        """Write a paragraph; `indent` and `right` count characters."""
        paragraph = (where or self.document).add_paragraph()
        _style(paragraph.add_run(text), font, size, colour)
        form = paragraph.paragraph_format
        if align is not None:
            form.alignment = align
        form.first_line_indent = Emu(indent * size) if indent else None
        form.right_indent = Emu(right * size) if right else None
        if size > BODY:
            form.line_spacing = Pt(size.pt * 1.6)
        return paragraph

    def head(self, title: str, *, form: bool = False) -> None:
        """Write who issues it in red, the number, the red line and the title."""
        # A form is to stay on one page where little was told.
        gap = Pt(6) if form else BODY
        issuer = self.say(
            "{{ 机关名称 }}",
            font=TITLE,
            size=Pt(26 if form else 32),
            align=ALIGN.CENTER,
            colour=RED,
        )
        issuer.paragraph_format.space_after = Pt(0 if form else 20)
        self.say("{{ 文号 }}", align=ALIGN.CENTER)
        line = self._gap(Mm(4))
        _borders(line, {"bottom": 18}, "C00000")
        self._gap(gap)
        self.say(title, font=TITLE, size=TWO, align=ALIGN.CENTER)
        self._gap(gap)

    def _gap(self, height: Any) -> Any:
        """Leave a gap of this height."""
        paragraph = self.say("", size=Pt(4))
        paragraph.paragraph_format.line_spacing = height
        _off_grid(paragraph)
        return paragraph

    def table(self, rows: Sequence[Sequence[str]], heights: dict[str, int]) -> None:
        """Write a form of labels and fields; a row of two spans the width.

        Rows in which somebody writes or seals have a height of their own.
        """
        table = self.document.add_table(0, 4)
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        widths = [Mm(one) for one in (26, 48, 26, 56)]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row in rows:
            added = table.add_row()
            if row[0] in heights:
                added.height = Mm(heights[row[0]])
            cells = added.cells
            for cell, width in zip(cells, widths, strict=True):
                cell.width = width
            if len(row) == 2:
                cells[1].merge(cells[3])
            for number, text in enumerate(row):
                self._cell(cells[number], text, label=number % 2 == 0)

    def _cell(self, cell: Any, text: str, *, label: bool) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.alignment = ALIGN.CENTER if label else ALIGN.LEFT
        paragraph.paragraph_format.line_spacing = Pt(25)
        _off_grid(paragraph)
        _style(paragraph.add_run(text), HEI if label else FANG, FOUR)
        _centre(cell)

    def seal(self, who: str) -> None:
        """Leave the place for the seal, over the name and the day."""
        self.say("", size=FOUR)
        self.say("（盖章处）", size=FOUR, align=ALIGN.RIGHT, right=5)
        self.say(who, align=ALIGN.RIGHT, right=3)
        self.say("{{ 成文日期 }}", align=ALIGN.RIGHT, right=4)

    def imprint(self, lines: Sequence[tuple[str, str]]) -> None:
        """Write the imprint between its lines at the foot of the last page."""
        # One paragraph of lines: a frame of several is drawn differently elsewhere.
        text = "\n".join(f" {left}\t{right} " for left, right in lines)
        paragraph = self.say(text, size=FOUR)
        paragraph.paragraph_format.line_spacing = Pt(24)
        paragraph.paragraph_format.tab_stops.add_tab_stop(
            Mm(TEXT_MM), WD_TAB_ALIGNMENT.RIGHT
        )
        _borders(paragraph, {"top": 8, "bottom": 8}, "000000")
        _to_the_foot(paragraph)

    def write(self, name: str, title: str) -> Path:
        """Save it, the same bytes each time."""
        core = self.document.core_properties
        core.author, core.title, core.comments = "Luoshi", title, ""
        raw = io.BytesIO()
        self.document.save(raw)
        path = OUT / f"{name}.docx"
        with (
            zipfile.ZipFile(raw) as old,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for part in old.infolist():
                info = zipfile.ZipInfo(part.filename, MOMENT)
                info.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(info, old.read(part))
        return path


def _add(parent: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def _set_fonts(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for name in ("eastAsia", "ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), font)


def _style(run: Any, font: str, size: Any, colour: RGBColor | None = None) -> None:
    run.font.size = size
    if colour is not None:
        run.font.color.rgb = colour
    _set_fonts(run._r.get_or_add_rPr(), font)


def _page_number(run: Any) -> None:
    for kind in ("begin", None, "end"):
        if kind is None:
            _add(run._r, "w:instrText").text = "PAGE"
        else:
            _add(run._r, "w:fldChar", fldCharType=kind)


def _borders(paragraph: Any, sides: dict[str, int], colour: str) -> None:
    """Draw lines along a paragraph, by their width in eighths of a point."""
    borders = OxmlElement("w:pBdr")
    for side, size in sides.items():
        _add(borders, f"w:{side}", val="single", sz=str(size), space="1", color=colour)
    # The schema has an order: the border comes before spacing and alignment.
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders,
        *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:snapToGrid", "w:spacing"),
        *("w:ind", "w:jc", "w:rPr", "w:sectPr"),
    )


def _off_grid(paragraph: Any) -> None:
    """Let a paragraph be as high as its own lines, not as the page's."""
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(
        off, "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )


def _centre(cell: Any) -> None:
    _add(cell._tc.get_or_add_tcPr(), "w:vAlign", val="center")


def _to_the_foot(paragraph: Any) -> None:
    """Let a paragraph stand at the foot of the text; neighbours share a frame."""
    frame = OxmlElement("w:framePr")
    for name, value in (
        *(("w", str(round(Mm(TEXT_MM).twips))), ("wrap", "notBeside")),
        *(("vAnchor", "margin"), ("hAnchor", "margin")),
        *(("xAlign", "left"), ("yAlign", "bottom")),
    ):
        frame.set(qn(f"w:{name}"), value)
    paragraph._p.get_or_add_pPr().insert(0, frame)


def assignment() -> Path:
    """Write the sheet by which a matter is given to an office."""
    sheet = Sheet()
    sheet.head("群众诉求交办单", form=True)
    sheet.table(
        [
            ("承办单位", "{{ 承办单位 }}", "承办人", "{{ 承办人 }}"),
            ("事项编号", "{{ 编号 }}", "办理期限", "{{ 期限 }}前"),
            ("来　　源", "{{ 来源 }}", "收到日期", "{{ 收到日期 }}"),
            ("事　　项", "{{ 事项 }}"),
            ("地　　点", "{{ 地点 }}"),
            ("内　　容", "{{ 内容 }}"),
            ("拟办意见", "{{ 拟办意见 }}"),
            ("领导批示", "{{ 领导批示 }}"),
            ("交办要求", "{{ 要求 }}"),
            (
                *("交办单位", "（盖章处）\n{{ 机关名称 }}\n{{ 成文日期 }}"),
                *("签　　收", "＿＿＿＿＿＿＿\n＿＿月＿＿日＿＿时"),
            ),
        ],
        heights={"拟办意见": 13, "领导批示": 13, "交办单位": 40},
    )
    sheet.imprint([("经办人：{{ 经办人 }}", "联系电话：{{ 联系电话 }}")])
    return sheet.write("assignment", "交办单")


def supervision() -> Path:
    """Write the sheet by which an office is reminded of what it owes."""
    sheet = Sheet()
    sheet.head("督办单")
    sheet.say("{{ 承办单位 }}：")
    sheet.say(
        "{{ 收到日期 }}收到的“{{ 事项 }}”（{{ 编号 }}），由{{ 承办人 }}主办，"
        "期限是{{ 期限 }}。要求如下：",
        indent=2,
        align=ALIGN.JUSTIFY,
    )
    sheet.say("{{ 要求 }}", indent=2, align=ALIGN.JUSTIFY)
    # These two take their own paragraphs away, so that nothing leaves no empty line.
    sheet.say("{%p if 领导批示 %}")
    sheet.say("领导批示：{{ 领导批示 }}", indent=2, align=ALIGN.JUSTIFY)
    sheet.say("{%p endif %}")
    sheet.say("办理结果和没办成的原因，请写在系统的这件事里，不另报材料。", indent=2)
    sheet.seal("{{ 机关名称 }}")
    sheet.imprint([("经办人：{{ 经办人 }}", "联系电话：{{ 联系电话 }}")])
    return sheet.write("supervision", "督办单")


def answer() -> Path:
    """Write the answer to who asked."""
    sheet = Sheet()
    sheet.head("答复意见书")
    sheet.say("{{ 反映人 }}：")
    sheet.say(
        "您在{{ 收到日期 }}反映的“{{ 事项 }}”（{{ 编号 }}），由{{ 承办单位 }}办理。"
        "现答复如下：",
        indent=2,
        align=ALIGN.JUSTIFY,
    )
    sheet.say("{{ 答复 }}", indent=2, align=ALIGN.JUSTIFY)
    sheet.say(
        "办得怎么样，您说了算：凭查询码在网上说，也可以打电话{{ 联系电话 }}说。",
        indent=2,
        align=ALIGN.JUSTIFY,
    )
    sheet.seal("{{ 机关名称 }}")
    sheet.imprint(
        [
            ("承办单位：{{ 承办单位 }}", "联系电话：{{ 联系电话 }}"),
            ("{{ 机关名称 }}", "{{ 成文日期 }}印发"),
        ]
    )
    return sheet.write("answer", "答复意见书")


def main() -> int:
    """Write all of them."""
    OUT.mkdir(parents=True, exist_ok=True)
    for make in (assignment, supervision, answer):
        print(make().name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
