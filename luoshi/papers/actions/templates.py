"""A town's own templates and words; what came with Luoshi is never lost."""

from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from luoshi.core.actions import check_administrator
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.files import keep_files
from luoshi.core.models import Town
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record
from luoshi.papers.models import Kind, PaperTemplate
from luoshi.papers.numbering import MOST_MARK, words_of


@transaction.atomic(durable=True)
def set_template(kind: str, upload: UploadedFile, *, actor: Staff) -> PaperTemplate:
    """Print a kind from this file from now on; papers made before keep theirs.

    The form has tried it (`papers.checking`): that takes too long here.
    """
    check_administrator(actor)
    if kind not in Kind.values:
        raise Refusal("papers.no_such_kind")
    # One at a time: of two templates at once one would be lost.
    Town.objects.select_for_update().get(pk=actor.town.pk)
    _retire(kind)
    template = PaperTemplate.objects.create(
        town=actor.town, kind=kind, added_at=now(), added_by=actor.person
    )
    keep_files([upload], owner=template, purpose="template", actor=actor)
    record(template, "papers.template_set", actor=actor, kind=kind)
    return template


@transaction.atomic(durable=True)
def retire_template(kind: str, *, actor: Staff) -> None:
    """Print a kind from what came with Luoshi again."""
    check_administrator(actor)
    Town.objects.select_for_update().get(pk=actor.town.pk)
    if not _retire(kind):
        raise Refusal("papers.no_template")
    record(actor.person, "papers.template_retired", actor=actor, kind=kind)


def _retire(kind: str) -> int:
    used = PaperTemplate.objects.filter(kind=kind, retired_at=None)
    return used.update(retired_at=now())


@transaction.atomic(durable=True)
def change_words(words: dict[str, str], *, actor: Staff) -> Town:
    """Say who issues the papers and what stands before their numbers from now on."""
    check_administrator(actor)
    town = Town.objects.select_for_update().get(pk=actor.town.pk)
    fresh = {name: words.get(name, "").strip() for name in words_of(town)}
    if not all(fresh.values()):
        raise Refusal("papers.words_missing")
    marks = [fresh[kind] for kind in Kind.values]
    if len(set(marks)) < len(marks):
        # Two papers would bear the same number.
        raise Refusal("papers.words_alike")
    if any(len(mark) > MOST_MARK for mark in marks):
        raise Refusal("papers.words_long", most=MOST_MARK)
    before, town.rules["papers"] = words_of(town), fresh
    town.save(update_fields=["rules"])
    cache.delete(f"town:{town.code}")
    changed: dict[str, Any] = {
        name: (before[name], fresh[name])
        for name in fresh
        if before[name] != fresh[name]
    }
    record(town, "papers.words_changed", actor=actor, **changed)
    return town
