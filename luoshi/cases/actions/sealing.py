"""Sealing a matter: its words go into one ciphertext, and out of everything else."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from luoshi.cases import rules
from luoshi.cases.actions.indexing import index_case_within
from luoshi.cases.actions.publish import withdraw_within
from luoshi.cases.keepers import keepers_of
from luoshi.cases.models import Case, Note, Reply, Reporter, SealedMatter, SealedWord
from luoshi.cases.sealed_queries import family_of
from luoshi.cases.sealed_words import WORDS
from luoshi.commitments.actions.base import people_with, tell_transfer
from luoshi.commitments.hooks import tell_changed
from luoshi.commitments.models import Commitment, Evidence, Verdict
from luoshi.commitments.models.commitment import Visibility
from luoshi.core.actors import RESIDENT, Actor, Staff
from luoshi.core.clock import now
from luoshi.core.files import files_of, keep_files, seal_files
from luoshi.core.models import Notice, StoredFile
from luoshi.core.notices import Reach, leave_notices
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.roles import ADMINISTRATOR, LEADER
from luoshi.core.search import remove_within
from luoshi.core.secrets import seal, unseal
from luoshi.core.trail import record
from luoshi.papers.models import PaperScan

# What files are handed in with.
HOLD_FILES = {Commitment, Case, Reply, Note, Reporter, Evidence, Verdict, PaperScan}
# A row's label, its id, the field, and what stood there.
Word = tuple[str, int, str, Any]


@transaction.atomic(durable=True)
def seal_case(case_id: int, *, kind: str, actor: Staff) -> SealedMatter:
    """Seal a matter that somebody saw; who held it loses sight of it at once."""
    case = Case.objects.select_related("commitment").filter(pk=case_id).first()
    if case is None or not rules.may_seal(actor, case):
        raise NotAllowed("commitments.not_yours")
    if kind not in SealedMatter.Kind.values:
        raise Refusal("cases.seal_kind")
    whole = case.commitment.parent
    if whole is not None:
        # A part is sealed with its whole, from which its words come.
        case = Case.objects.get(town=case.town_id, number=whole.number)
    return seal_within(case, kind=kind, actor=actor)


@transaction.atomic(savepoint=False)
def seal_within(case: Case, *, kind: str, actor: Actor) -> SealedMatter:
    """Seal a case's matter, and each out of whose words it was taken."""
    ids = family_of(case.commitment_id)
    family = _lock_all(ids)
    head = next(one for one in family if one.pk == case.commitment_id)
    for one in family:
        withdraw_within(one.pk, why="", actor=actor)
    matter = SealedMatter(
        town_id=case.town_id,
        commitment=head,
        kind=kind,
        sealed_at=now(),
        sealed_by=actor.person,
    )
    words = [*_take_out(family), *_hide_files(ids)]
    matter.vault = seal(json.dumps(words), town_id=case.town_id, place=matter.place)
    matter.save(force_insert=True)
    _drop_traces(ids)
    _show_to(family, Visibility.SEALED)
    for one in family:
        record(one, "cases.sealed", actor=actor, kind=kind)
    _tell_keepers(matter, "cases.sealed_came", actor)
    # What a case was taken out of kept its own words: these are among them.
    firsts = Case.objects.filter(split_off__commitment__in=ids)
    while (first := firsts.order_by("pk").first()) is not None:
        seal_within(first, kind=kind, actor=actor)
    return matter


def _take_out(family: list[Commitment]) -> Iterator[Word]:
    """Empty every field that holds words, and yield what stood there."""
    numbers = {one.pk: one.number for one in family}
    for words in WORDS:
        for row in words.rows(list(numbers)):
            held = {name: text for name in words.fields if (text := getattr(row, name))}
            of_matter = getattr(row, "commitment_id", None)
            number = numbers[of_matter] if of_matter else getattr(row, "number", "")
            for name, text in held.items():
                yield words.label, row.pk, name, text
                setattr(row, name, words.emptied(name, text, number))
            if held:
                row.save(update_fields=list(held))


def _files(ids: list[int]) -> list[StoredFile]:
    """Return every file of a matter: told, added, handed in."""
    owners: list[models.Model] = []
    for words in WORDS:
        if words.model in HOLD_FILES:
            owners += words.rows(ids)
    return [file for owner in owners for file in files_of(owner)]


def _hide_files(ids: list[int]) -> Iterator[Word]:
    """Encrypt the files where they lie; yield their names, and what they say."""
    files = _files(ids)
    seal_files(files)
    for file in files:
        label = file._meta.label_lower
        yield (label, file.pk, "shown_name", file.shown_name)
        if file.words:
            yield (label, file.pk, "words", file.words)
        file.shown_name, file.words = file.kind, ""
        file.save(update_fields=["shown_name", "words"])


def _drop_traces(ids: list[int]) -> None:
    """Take it out of the search, and take back what anybody was told of it."""
    cases = list(Case.with_sealed.filter(commitment__in=ids).order_by("pk"))
    for case in cases:
        remove_within("case", case.pk)
    for model, rows in ((Commitment, ids), (Case, [case.pk for case in cases])):
        told = Notice.objects.filter(subject_kind=model._meta.label_lower)
        told.filter(subject_id__in=rows).delete()


def _show_to(family: list[Commitment], visibility: Visibility) -> None:
    """Set who sees it, and let the counts of months that are over go."""
    ids = [one.pk for one in family]
    Case.with_sealed.filter(commitment__in=ids).update(visibility=visibility)
    for one in family:
        # What was read before the words were taken out has them still.
        one.refresh_from_db()
        one.visibility = visibility
        one.version += 1
        one.save(update_fields=["visibility", "version"])
        one.counted_before = None
        tell_changed(one)


def _tell_keepers(matter: SealedMatter, code: str, actor: Actor) -> None:
    """Tell those who keep it, at once; where nobody is named, who can name somebody."""
    keepers = keepers_of(matter.kind)
    if not keepers:
        code = "cases.sealed_nobody"
        keepers = [*people_with(LEADER), *people_with(ADMINISTRATOR)]
    told = {one.pk: one for one in keepers if one != actor.person}
    # Not by the group's robot: a group would ask what it is.
    leave_notices(matter, code, told.values(), reach=Reach.OWN)


def _lock_matter(matter_id: int, actor: Staff) -> SealedMatter:
    rows = SealedMatter.objects.select_for_update(of=("self",))
    matter = rows.filter(pk=matter_id, opened_at=None).first()
    if matter is None or not rules.may_read_sealed(actor, matter):
        raise NotAllowed("commitments.not_yours")
    return matter


def _under_seal(matter: SealedMatter) -> list[Commitment]:
    """Return the commitments that one seal covers."""
    return _lock_all(family_of(matter.commitment_id))


def _lock_all(ids: list[int]) -> list[Commitment]:
    rows = Commitment.with_sealed.select_for_update().filter(pk__in=ids)
    return list(rows.order_by("pk"))


def words_in(matter: SealedMatter) -> list[Word]:
    """Open a vault; who calls it has asked whether the reader may."""
    assert matter.vault is not None
    text = unseal(matter.vault, town_id=matter.town_id, place=matter.place)
    return [tuple(word) for word in json.loads(text)]


@transaction.atomic(durable=True)
def look_at_sealed(matter_id: int, *, actor: Staff) -> list[Word]:
    """Read what is under a seal, and write down who read it."""
    matter = _lock_matter(matter_id, actor)
    record(matter, "cases.sealed_read", actor=actor)
    return words_in(matter)


@transaction.atomic(durable=True)
def note_on_sealed(matter_id: int, *, text: str, actor: Staff) -> SealedWord:
    """Leave a word that only those who keep it read."""
    return _add_word(_lock_matter(matter_id, actor), text, person=actor.person)


@transaction.atomic(savepoint=False)
def add_to_sealed_within(
    reporter: Reporter, *, text: str, uploads: Iterable[UploadedFile]
) -> SealedWord:
    """Add what the person who told it says later; those who keep it are told."""
    matter = SealedMatter.objects.get(
        commitment=reporter.case.commitment_id, opened_at=None
    )
    files = keep_files(uploads, owner=reporter.case, purpose="told", actor=RESIDENT)
    word = _add_word(matter, text, files, reporter_id=reporter.pk)
    seal_files(files)
    StoredFile.objects.filter(pk__in=[one.pk for one in files]).update(
        shown_name=StoredFile.Kind.DOCUMENT
    )
    _tell_keepers(matter, "cases.sealed_added", RESIDENT)
    return word


def _add_word(
    matter: SealedMatter, text: str, files: Iterable[StoredFile] = (), **by: Any
) -> SealedWord:
    """Add a word; a recording needs none beside it."""
    if not text.strip() and not any(file.kind == "audio" for file in files):
        raise Refusal("cases.nothing_said")
    word = SealedWord(town_id=matter.town_id, matter=matter, at=now(), **by)
    word.text = seal(text.strip(), town_id=matter.town_id, place=word.place)
    word.save(force_insert=True)
    return word


@transaction.atomic(durable=True)
def finish_sealed(matter_id: int, *, text: str, actor: Staff) -> SealedMatter:
    """Say how it was dealt with; it stays sealed for good."""
    matter = _lock_matter(matter_id, actor)
    _add_word(matter, text, person=actor.person)
    matter.done_at = now()
    matter.save(update_fields=["done_at"])
    record(matter, "cases.sealed_done", actor=actor)
    return matter


@transaction.atomic(durable=True)
def open_sealed(matter_id: int, *, actor: Staff) -> Commitment:
    """Undo a wrong sealing: decrypted, found and counted again, with who had it.

    What was said under the seal stays under it.
    """
    matter = _lock_matter(matter_id, actor)
    family = _under_seal(matter)
    _put_back(matter)
    matter.vault, matter.opened_at, matter.opened_by = None, now(), actor.person
    matter.save(update_fields=["vault", "opened_at", "opened_by"])
    ids = [one.pk for one in family]
    seal_files(_files(ids), sealed=False)
    _show_to(family, Visibility.INTERNAL)
    for case in Case.objects.filter(commitment__in=ids).order_by("pk"):
        index_case_within(case)
    head = next(one for one in family if one.pk == matter.commitment_id)
    for one in family:
        record(one, "cases.unsealed", actor=actor)
    if head.closed_at is None:
        tell_transfer(head, actor=actor, code="cases.unsealed")
    return head


def _put_back(matter: SealedMatter) -> None:
    """Write every word back to where it stood."""
    by_label: dict[str, type[models.Model]] = {one.label: one.model for one in WORDS}
    by_label[StoredFile._meta.label_lower] = StoredFile
    for label, pk, name, text in words_in(matter):
        rows = by_label[label]._base_manager.filter(pk=pk, town_id=matter.town_id)
        rows.update(**{name: text})
