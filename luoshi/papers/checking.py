"""Tells whether a Word file can be a template, before it becomes one."""

import io
import re
import zipfile

from django.utils.translation import gettext as _
from jinja2.exceptions import TemplateError
from lxml import etree

from luoshi.core.files import BadFile
from luoshi.papers.drawing import FieldsOnly, NotAField, draw
from luoshi.papers.fields import in_braces, missing_in, names_of, samples_of

MOST_BYTES = 2 * 1024 * 1024
# Unpacked, and how many parts: a bomb is small only while it is packed.
MOST_UNPACKED, MOST_PARTS = 20 * 1024 * 1024, 300
# What docxtpl looks through again and again, from each opening brace on.
MOST_XML, MOST_BRACES = 3 * 1024 * 1024, 1000
MAIN = "word/document.xml"
LIVE = re.compile(r"vbaProject|/activeX/|/embeddings/|macroEnabled", re.IGNORECASE)
# Fields of Word that fetch or start something when the file is opened.
FETCHES = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|DATABASE)\b",
    re.IGNORECASE,
)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAMPLE_LINK = "https://example.org/q/p/0123456789ABCDEF"


def check_template(kind: str, content: bytes) -> None:
    """Try a template with sample data; `BadFile` says what is wrong and what to do."""
    _check_parts(content)
    fields = FieldsOnly(names_of(kind))
    try:
        draw(content, samples_of(kind), link=SAMPLE_LINK, fields=fields)
    except NotAField as error:
        raise BadFile(
            _(
                "The file computes something (%(what)s). Between {{ and }} there may "
                "only be the name of a field."
            )
            % {"what": error.message}
        ) from error
    except TemplateError as error:
        raise BadFile(
            _(
                "A field is not closed or is misspelt: %(what)s. Look at the braces: "
                "{{ 文号 }}."
            )
            % {"what": error.message}
        ) from error
    except Exception as error:
        raise BadFile(
            _("Word cannot open what comes of this file. Save it in Word once more.")
        ) from error
    if fields.unknown:
        raise BadFile(
            _("There is no field named %(names)s. The list says which there are.")
            % {"names": "、".join(sorted(fields.unknown))}
        )
    if missing := missing_in(fields.used):
        raise BadFile(
            _("Put in %(names)s: without it a scan does not find its paper.")
            % {"names": "、".join(map(in_braces, missing))}
        )


def _check_parts(content: bytes) -> None:
    """Refuse what is no plain Word file: archives, bombs, macros, what fetches."""
    if len(content) > MOST_BYTES:
        raise BadFile(_("The file is larger than 2 MB. Take pictures out."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if size > MOST_UNPACKED or len(parts) > MOST_PARTS:
                raise BadFile(_("The file unpacks to far too much. It is not taken."))
            # Reading stops at the size that was declared.
            read = {part.filename: archive.read(part) for part in parts}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadFile(_not_word()) from error
    if MAIN not in read or "[Content_Types].xml" not in read:
        raise BadFile(_not_word())
    if any(map(LIVE.search, read)) or LIVE.search(
        read["[Content_Types].xml"].decode("utf-8", "replace")
    ):
        raise BadFile(
            _("The file has macros or embedded objects. Save it as a plain .docx.")
        )
    for name, part in read.items():
        if name.endswith((".xml", ".rels")):
            _check_xml(name, part)


def _check_xml(name: str, part: bytes) -> None:
    """Refuse what leads out of the file, and what swells as it is read."""
    if len(part) > MOST_XML or part.count(b"{") > MOST_BRACES or b"\0" in part:
        raise BadFile(_("The file unpacks to far too much. It is not taken."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise BadFile(_not_word()) from error
    if tree.getroottree().docinfo.doctype:
        raise BadFile(_not_word())
    leads_out = name.endswith(".rels") and any(
        one.get("TargetMode") == "External"
        and not one.get("Type", "").endswith("/hyperlink")
        for one in tree
    )
    told = "".join(one.text or "" for one in tree.iter(f"{WORD}instrText"))
    simple = " ".join(
        one.get(f"{WORD}instr", "") for one in tree.iter(f"{WORD}fldSimple")
    )
    if leads_out or FETCHES.search(told) or FETCHES.search(simple):
        raise BadFile(
            _("The file fetches something from elsewhere. Put it in itself instead.")
        )


def _not_word() -> str:
    return _("This is no Word file. Save it in Word as .docx and choose it again.")
