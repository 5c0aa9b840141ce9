"""Publishing a matter with the mark that it was checked, withdrawing it, signals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from luoshi.cases import rules
from luoshi.cases.actions.covering import Box, cover
from luoshi.cases.actions.talk import contact_of
from luoshi.cases.models import Case, Publication, Reporter, Signal
from luoshi.cases.publishing import KIND_WORDS, Finding, find_personal, masked
from luoshi.commitments.actions.base import lock_commitment, people_with
from luoshi.commitments.models import Commitment
from luoshi.commitments.models.commitment import Visibility
from luoshi.core.actors import RESIDENT, Actor, Staff
from luoshi.core.clock import now
from luoshi.core.files import drop_files, keep_files
from luoshi.core.models import SearchRow, StoredFile
from luoshi.core.notices import leave_notices
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.roles import INSPECTOR, LEADER
from luoshi.core.search import index_within, remove_within
from luoshi.core.trail import record

MOST_WORDS, MOST_SIGNAL = 2000, 200


@dataclass(frozen=True)
class Public:
    """What a releaser wants to publish; `photos` are files with what to cover."""

    title: str
    words: str = ""
    # The mark 保密审查, and that doubtful places were looked at.
    checked: bool = False
    looked: bool = False
    photos: Mapping[int, Iterable[Box]] = field(default_factory=dict)


def known_of(commitment: Commitment) -> list[str]:
    """Return names and telephones of who told it; actions alone call this."""
    voices = Reporter.objects.filter(case__commitment=commitment)
    contacts = [contact_of(voice) for voice in voices]
    return [word for one in contacts for word in one.personal]


def proposal_for(case: Case, *, actor: Staff) -> tuple[str, str]:
    """Return a title and a text to begin from, with every finding covered."""
    if not rules.may_publish(actor, case):
        raise NotAllowed("commitments.not_yours")
    kind, place = case.commitment.category, case.village
    title = " · ".join(str(part) for part in (kind, place) if part)
    return title or case.number, masked(case.text, known_of(case.commitment))


@transaction.atomic(durable=True)
def publish_matter(case_id: int, *, public: Public, actor: Staff) -> Publication:
    """Publish a matter's public text; `Refusal` says where something personal is."""
    case = Case.objects.select_related("commitment").get(pk=case_id)
    if not rules.may_publish(actor, case):
        raise NotAllowed("commitments.not_yours")
    commitment = Commitment.objects.select_for_update().get(pk=case.commitment_id)
    title, words = public.title.strip(), public.words.strip()
    _check_text(commitment, title, words, public)
    told = {
        "town_id": commitment.town_id,
        "title": title[:120],
        "words": words,
        "checked_by": actor.person,
        "released_at": now(),
        "withdrawn_at": None,
        "withdrawn_by": None,
        "withdrawn_why": "",
    }
    publication, _new = Publication.objects.update_or_create(
        commitment=commitment, defaults=told
    )
    _publish_photos(publication, public, actor)
    commitment.visibility = Visibility.PUBLIC
    commitment.save(update_fields=["visibility"])
    row = SearchRow(
        town_id=commitment.town_id,
        kind="ledger",
        object_id=publication.pk,
        visibility=Visibility.PUBLIC,
        at=commitment.started_at,
    )
    index_within(row, title=title, body=words)
    record(commitment, "cases.published", actor=actor)
    return publication


def _check_text(commitment: Commitment, title: str, words: str, public: Public) -> None:
    if not title:
        raise Refusal("cases.title_missing")
    if len(words) > MOST_WORDS:
        raise Refusal("cases.too_long", most=MOST_WORDS, count=len(words))
    if not public.checked:
        raise Refusal("cases.not_checked")
    text = f"{title}\n{words}"
    found = find_personal(text, known_of(commitment))
    sure = [one for one in found if one.sure]
    if sure:
        raise Refusal("cases.holds_personal", where=_say(text, sure))
    if found and not public.looked:
        raise Refusal("cases.maybe_personal", where=_say(text, found))


def _say(text: str, found: list[Finding]) -> str:
    """Name each place by what it is and how it begins."""
    return "；".join(
        f"{KIND_WORDS[one.kind]}“{text[one.start : one.end]}”" for one in found[:5]
    )


def _publish_photos(publication: Publication, public: Public, actor: Staff) -> None:
    """Copy the chosen photos with faces and plates covered; drop those before."""
    drop_files(publication)
    cases = publication.commitment.cases.values_list("pk", flat=True)
    evidence = publication.commitment.evidence.values_list("pk", flat=True)
    own = {"cases.case": set(cases), "commitments.evidence": set(evidence)}
    chosen = StoredFile.objects.filter(
        pk__in=list(public.photos), kind=StoredFile.Kind.PHOTO
    )
    uploads = [
        cover(file, public.photos[file.pk])
        for file in chosen.order_by("pk")
        if file.owner_id in own.get(file.owner_kind, set())
    ]
    keep_files(uploads, owner=publication, purpose="published", actor=actor)


@transaction.atomic(durable=True)
def withdraw_publication(case_id: int, *, why: str, actor: Staff) -> Commitment:
    """Take a matter off the public pages."""
    case = Case.objects.select_related("commitment").get(pk=case_id)
    if not rules.may_withdraw(actor, case):
        raise NotAllowed("commitments.not_yours")
    if not why.strip():
        raise Refusal("commitments.reason_missing")
    return withdraw_within(case.commitment_id, why=why.strip(), actor=actor)


@transaction.atomic(durable=True)
def withdraw_by_reporter(reporter_id: int) -> Commitment:
    """Take it off at the wish of one who told it: at once, and without a reason."""
    reporter = Reporter.objects.select_related("case").get(pk=reporter_id)
    return withdraw_within(reporter.case.commitment_id, why="", actor=RESIDENT)


@transaction.atomic(savepoint=False)
def withdraw_within(commitment_id: int, *, why: str, actor: Actor) -> Commitment:
    """Empty text, photos and search row; nothing where nothing is public."""
    commitment = lock_commitment(commitment_id)
    publication = Publication.objects.filter(
        commitment=commitment, withdrawn_at=None
    ).first()
    if publication is None:
        return commitment
    publication.words, publication.withdrawn_at = "", now()
    publication.withdrawn_by, publication.withdrawn_why = actor.person, why[:500]
    publication.save(
        update_fields=["words", "withdrawn_at", "withdrawn_by", "withdrawn_why"]
    )
    drop_files(publication)
    remove_within("ledger", publication.pk)
    commitment.visibility = Visibility.INTERNAL
    commitment.save(update_fields=["visibility"])
    record(commitment, "cases.withdrawn", actor=actor, words=why)
    return commitment


@transaction.atomic(durable=True)
def signal_broken(commitment_id: int, *, words: str = "") -> Signal:
    """Take a neighbour's "still broken": no verdict, but checkers and leader know."""
    commitment = Commitment.objects.get(pk=commitment_id, visibility=Visibility.PUBLIC)
    signal = Signal.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        words=words.strip()[:MOST_SIGNAL],
        at=now(),
    )
    record(commitment, "cases.still_broken", actor=RESIDENT)
    office = commitment.owner_organisation_id
    leave_notices(
        commitment,
        "cases.still_broken",
        [*people_with(INSPECTOR), *people_with(LEADER, overseeing=office)],
        number=commitment.number,
        title=commitment.title,
    )
    return signal


@transaction.atomic(durable=True)
def see_signals(case_id: int, *, actor: Staff) -> int:
    """Say that somebody looks after the signals of a matter; return how many."""
    case = Case.objects.select_related("commitment").get(pk=case_id)
    if not rules.may_see_signals(actor, case):
        raise NotAllowed("commitments.not_yours")
    open_ones = Signal.objects.filter(commitment=case.commitment_id, seen_at=None)
    count = open_ones.update(seen_at=now(), seen_by=actor.person)
    if count:
        record(case.commitment, "cases.signals_seen", actor=actor, count=count)
    return count
