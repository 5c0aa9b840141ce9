"""Where the answer to each field of a form comes from: what is known is not asked.

A form says it in `sources`: what is asked of a person, what a record of ours gives
(such a field is hidden, or shown filled in), and what only machines fill in. A test
walks every form and every page, and fails on a field without a source and on a
derived one that is shown empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from django import forms


@dataclass(frozen=True)
class Source:
    """`record` gives it; empty where a person is asked. A trap is left empty."""

    record: str = ""
    trap: bool = False


Sources = dict[str, Source]


def asked(*names: str) -> Sources:
    """Return that a person is asked for these; `*` stands for any letters."""
    return dict.fromkeys(names, Source())


def derived(**records: str) -> Sources:
    """Return from which record each of these is filled in."""
    return {name: Source(record) for name, record in records.items()}


def trap(*names: str) -> Sources:
    """Return what no person sees, and only machines fill in."""
    return dict.fromkeys(names, Source(trap=True))


def source_of(form: type[forms.BaseForm], name: str) -> Source | None:
    """Return where a form's field comes from: its own word, then its bases'."""
    for base in form.__mro__:
        for pattern, source in vars(base).get("sources", {}).items():
            if fnmatchcase(name, pattern):
                return source
    return None


def faults_of(form: forms.BaseForm) -> Iterator[str]:
    """Say which fields of a form have no source, or are asked although known."""
    for bound in form:
        source = source_of(type(form), bound.name)
        where = f"{type(form).__module__}.{type(form).__name__}.{bound.name}"
        if source is None:
            yield f"{where}: say in `sources` where it comes from"
        elif source.record and not bound.is_hidden and _empty(bound):
            yield f"{where}: {source.record} gives it, so fill it in or leave it out"


def _empty(bound: Any) -> bool:
    return not bound.form.is_bound and bound.value() in (None, "", [], ())
