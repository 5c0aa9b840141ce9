"""Word documents in the official layout (公文格式, GB/T 9704)."""

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

TITLE, BODY, HEAD = "方正小标宋简体", "仿宋_GB2312", "黑体"
# 二号 and 三号.
TITLE_PT, BODY_PT, LINE_PT = 22, 16, 28


def official_document() -> WordDocument:
    """Return an empty document on A4 with the margins of an official one."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    return document


def write(
    paragraph: Paragraph,
    text: str,
    face: str,
    size: float,
    *,
    centre: bool = False,
    indent: bool = False,
    line: float = LINE_PT,
) -> None:
    """Write a text in one face, which Word then takes for Chinese letters too."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = face, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    paragraph.paragraph_format.line_spacing = Pt(line)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
