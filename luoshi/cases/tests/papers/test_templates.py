"""Templates: what came with Luoshi, a town's own, and files that are none."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from docx.shared import Emu

from luoshi.cases.tests.papers.play import assignment
from luoshi.core.files import BadFile
from luoshi.core.models import TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.papers.access import content_of_template
from luoshi.papers.actions import retire_template, set_template
from luoshi.papers.checking import MOST_BYTES, check_template
from luoshi.papers.defaults import HERE, default_of
from luoshi.papers.drawing import FieldsOnly, draw
from luoshi.papers.fields import fields_of, names_of, samples_of
from luoshi.papers.models import Kind, PaperTemplate

NEEDED = "{{ 文号 }} {{ 二维码 }}"
ROOT = Path(__file__).resolve().parents[4]


def word(*paragraphs):
    """Return a Word file of these paragraphs."""
    document, out = Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def with_part(content, name, part):
    """Return a Word file with a part put in or changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, part)
    return out.getvalue()


def part_of(content, name="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def text_of(content):
    document = Document(io.BytesIO(content))
    rows = [
        cell.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    ]
    return "\n".join([*(one.text for one in document.paragraphs), *rows])


def drawn(content, kind="answer", **values):
    stands = samples_of(kind) | values
    return draw(content, stands, link="https://x/q/p/1", fields=FieldsOnly(stands))


@pytest.mark.parametrize("kind", Kind.values)
def test_what_comes_with_luoshi_is_good_and_uses_only_known_fields(kind):
    content = default_of(kind)
    check_template(kind, content)
    fields = FieldsOnly(names_of(kind))
    text = text_of(
        draw(content, samples_of(kind), link="https://x/q/p/1", fields=fields)
    )
    assert "青禾镇人民政府" in text and "{{" not in text and "盖章处" in text
    assert {"文号", "二维码", "编号", "承办单位"} <= fields.used


def test_the_script_writes_the_same_files(tmp_path):
    """Read and changed there, and nowhere else."""
    code = (
        "import sys, runpy, pathlib; sys.argv = ['x'];"
        "module = runpy.run_path('scripts/paper_templates.py');"
        f"module['main'].__globals__['OUT'] = pathlib.Path({str(tmp_path)!r});"
        "module['main']()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    for kind in Kind.values:
        fresh, kept = tmp_path / f"{kind}.docx", HERE / f"{kind}.docx"
        with zipfile.ZipFile(fresh) as one, zipfile.ZipFile(kept) as other:
            assert one.namelist() == other.namelist()
            for name in one.namelist():
                assert one.read(name) == other.read(name), (kind, name)


def test_the_layout_is_the_official_one():
    """22 lines of 28 characters: 225 by 156 mm, as GB/T 9704 says."""
    section = Document(HERE / "answer.docx").sections[0]
    assert section.page_height.mm == pytest.approx(297, abs=0.1)
    high = Emu(section.page_height - section.top_margin - section.bottom_margin)
    wide = Emu(section.page_width - section.left_margin - section.right_margin)
    assert high.mm == pytest.approx(225, abs=0.5)
    assert wide.mm == pytest.approx(156, abs=0.5)
    normal = Document(HERE / "answer.docx").styles["Normal"]
    assert high.pt // normal.paragraph_format.line_spacing.pt == 22
    # Each character is a fifth of a point closer than its size.
    assert int(wide.pt / (normal.font.size.pt - 0.2)) == 28


def test_a_known_field_may_be_shown_only_where_it_is_filled():
    content = word(NEEDED, "{% if 地点 and not 类别 %}在{{ 地点 }}{% endif %}")
    check_template("answer", content)
    assert "在东头" in text_of(drawn(content, 地点="东头", 类别=""))
    assert "在" not in text_of(drawn(content, 地点="", 类别=""))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ 文号 }} {{ 二维码 }} {{ 身份证号 }} {{ 工资 }}", "工资、身份证号"),
        ("{{ 文号 }}", "{{ 二维码 }}"),
        ("{{ 二维码 }}", "{{ 文号 }}"),
        (NEEDED + "{{ 7 * 7 }}", "{{ 和 }}"),
        (NEEDED + "{{ 文号.__class__.__mro__ }}", "{{ 和 }}"),
        (NEEDED + "{{ 文号|upper }}", "{{ 和 }}"),
        (NEEDED + "{{ 文号() }}", "{{ 和 }}"),
        (NEEDED + "{{ '我' }}", "{{ 和 }}"),
        (NEEDED + "{% for x in 文号 %}{{ x }}{% endfor %}", "{{ 和 }}"),
        (NEEDED + "{% set 文号 = 1 %}", "{{ 和 }}"),
        (NEEDED + "{% include 'x' %}", "{{ 和 }}"),
        (NEEDED + "{% import 'os' as os %}", "{{ 和 }}"),
        (NEEDED + "{{ range }}", "range"),
        (NEEDED + "{{ 事项", "{{ 文号 }}"),
        (NEEDED + "{% if 事项 %}", "{{ 文号 }}"),
    ],
)
def test_a_template_that_does_more_than_name_fields_is_refused(text, said):
    with pytest.raises(BadFile) as refused:
        check_template("answer", word(text))
    assert said in str(refused.value)


def test_scripts_in_the_head_and_the_properties_are_refused_too():
    document = Document()
    document.add_paragraph(NEEDED)
    document.sections[0].header.paragraphs[0].text = "{{ 文号.__class__ }}"
    out = io.BytesIO()
    document.save(out)
    with pytest.raises(BadFile):
        check_template("answer", out.getvalue())
    document = Document()
    document.add_paragraph(NEEDED)
    document.core_properties.title = "{{ 文号.__class__ }}"
    out = io.BytesIO()
    document.save(out)
    with pytest.raises(BadFile):
        check_template("answer", out.getvalue())


def bomb():
    return with_part(word(NEEDED), "word/media/x.xml", b"0" * (40 * 1024 * 1024))


RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="{sort}" Target="{target}" '
    'TargetMode="External"/></Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FETCH = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:r><w:instrText>INCLUDE</w:instrText></w:r>"
    "<w:r><w:instrText>PICTURE http://x/y.png</w:instrText></w:r></w:p>"
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a file", "Word文件"),
        (b"", "Word文件"),
        (b"PK\x03\x04" + b"0" * 100, "Word文件"),
        (with_part(b"PK\x05\x06" + b"\0" * 18, "xl/workbook.xml", "<x/>"), "Word文件"),
        (b"0" * (MOST_BYTES + 1), "2MB"),
        (bomb(), "太大"),
        (word(NEEDED, "{{" * 60_000), "太大"),
        (word(NEEDED, "{% if 事项 %}" * 2_000), "太大"),
        (word(NEEDED, "字" * 1_200_000), "太大"),
        (with_part(word(NEEDED), "word/vbaProject.bin", b"x"), "宏"),
        (with_part(word(NEEDED), "word/embeddings/o.bin", b"x"), "宏"),
        (
            with_part(
                word(NEEDED),
                "word/_rels/settings.xml.rels",
                RELS.format(
                    sort=f"{OFFICE}/attachedTemplate", target="http://x/t.dotm"
                ),
            ),
            "别处",
        ),
        (with_part(word(NEEDED), "word/footnotes.xml", FETCH), "别处"),
        (
            with_part(
                word(NEEDED),
                "word/x.xml",
                '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>',
            ),
            "Word文件",
        ),
        (with_part(word(NEEDED), "word/document.xml", "<w:document"), "Word文件"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(content, said):
    with pytest.raises(BadFile) as refused:
        check_template("answer", content)
    assert said in str(refused.value)


def test_a_plain_link_in_a_template_is_no_fault():
    rels = RELS.format(sort=f"{OFFICE}/hyperlink", target="https://example.org")
    check_template("answer", with_part(word(NEEDED), "word/_rels/x.xml.rels", rels))


def test_what_was_told_is_text_whatever_it_looks_like():
    told = "<w:p/> & {{ 文号 }} {% if %} \x00\x0b]]>\n第二行\n\n𠮷"
    text = text_of(drawn(word(NEEDED, "{{ 内容 }}完"), 文号="7", 内容=told))
    assert "<w:p/> & {{ 文号 }} {% if %} ]]>" in text
    assert "第二行\n𠮷完" in text and text.count("7") == 1


def upload(content):
    return SimpleUploadedFile("our.docx", content)


def test_a_towns_own_template_is_used_from_then_on(place):
    before = assignment(place)
    content = word(NEEDED, "镇里自己的")
    with pytest.raises(NotAllowed):
        set_template("assignment", upload(content), actor=place.staff("dispatcher"))
    administrator = place.staff("administrator")
    own = set_template("assignment", upload(content), actor=administrator)
    after = assignment(place)
    assert (before.template, after.template) == (None, own)
    assert "镇里自己的" in text_of(content_of_template(after.template, after.kind))
    again = set_template("assignment", upload(word(NEEDED)), actor=administrator)
    assert assignment(place).template == again
    assert "镇里自己的" in text_of(content_of_template(after.template, after.kind))
    retire_template("assignment", actor=administrator)
    assert assignment(place).template is None
    with pytest.raises(Refusal) as refused:
        retire_template("assignment", actor=administrator)
    assert refused.value.code == "papers.no_template"
    codes = TrailEntry.objects.filter(code__startswith="papers.template")
    assert codes.count() == 3


def test_the_administrator_changes_a_template_through_the_pages(place):
    client = place.client("administrator")
    base = f"/{place.town.code}/work/manage/paper-templates/"
    page = client.get(f"{base}answer/").content.decode()
    for field in fields_of("answer"):
        assert "{{ " + field.name + " }}" in page
    wrong = client.post(f"{base}answer/", {"file": upload(word("{{ 工资 }}"))})
    assert wrong.status_code == 422 and "工资" in wrong.content.decode()
    assert client.post(f"{base}answer/", {"x": ""}).status_code == 422
    good = client.post(f"{base}answer/", {"file": upload(word(NEEDED))})
    assert good.status_code == 302
    assert PaperTemplate.objects.get().kind == "answer"
    given = client.get(f"{base}answer/file/")
    assert "{{ 文号 }}" in text_of(given.content)
    assert client.get(f"{base}answer/file/?first").content == default_of("answer")
    assert client.post(f"{base}answer/retire/").status_code == 302
    assert client.get(f"{base}answer/file/").content == default_of("answer")
    assert client.get(f"{base}none/").status_code == 404
    told = dict(issuer="青禾镇人民政府", assignment="甲", supervision="乙", answer="丙")
    assert client.post(base, told | {"answer": "甲"}).status_code == 422
    assert client.post(base, told).status_code == 302
    assert assignment(place).number == "甲〔2026〕1号"
