"""Fills a Word template in: its expressions are names of known fields, no more."""

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

import segno
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from luoshi.papers.fields import CODE

CODE_MM = 17
# What a template may consist of: fields, and parts shown only where a field is filled.
ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name),
    *(nodes.If, nodes.Not, nodes.And, nodes.Or),
)
# What XML cannot hold, and the page break that docxtpl would make of a form feed.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


class NotAField(TemplateError):
    """A template does something other than naming a field."""


class FieldsOnly(SandboxedEnvironment):
    """Compiles a template only if it consists of known fields; notes what it names."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(autoescape=True)
        self.known = frozenset(names)
        self.used: set[str] = set()
        self.unknown: set[str] = set()
        # No `range`, no `lipsum`: a name is a field or nothing.
        self.globals.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> Any:
        tree = super()._parse(source, name, filename)
        for node in _inside(tree):
            if not isinstance(node, ALLOWED):
                raise NotAField(type(node).__name__)
            if isinstance(node, nodes.Name):
                where = self.used if node.name in self.known else self.unknown
                where.add(node.name)
        return tree


def _inside(node: nodes.Node) -> Iterable[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _inside(child)


def draw(
    template: bytes, values: Mapping[str, str], *, link: str, fields: FieldsOnly
) -> bytes:
    """Return the Word file with every field filled in, and the link as a QR code."""
    document = DocxTemplate(io.BytesIO(template))
    document.init_docx()
    context: dict[str, Any] = {name: _laid_out(text) for name, text in values.items()}
    context[CODE] = InlineImage(document, _qr_of(link), height=Mm(CODE_MM))
    document.render(context, jinja_env=fields, autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _laid_out(text: str) -> str:
    """Make each line a paragraph like the one in which the field stands."""
    lines = [UNFIT.sub("", line).strip() for line in re.split(r"\r\n|[\r\n\f]", text)]
    return "\a".join(filter(None, lines))


def _qr_of(link: str) -> io.BytesIO:
    out = io.BytesIO()
    segno.make(link, error="m").save(out, kind="png", scale=8, border=2)
    out.seek(0)
    return out
