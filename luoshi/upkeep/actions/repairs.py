"""A defect becomes a matter: found on a round, or reported at the plate."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from luoshi.cases.actions import (
    Own,
    Receipt,
    Told,
    open_own_within,
    prepare_case,
    store_within,
)
from luoshi.cases.actions.intake import code_of, subject_of
from luoshi.cases.models import Case, Reporter
from luoshi.commitments.actions import dispatch_desk
from luoshi.commitments.actions.base import people_with, receiver_in, tell_each
from luoshi.commitments.models import Kind
from luoshi.core.actors import RESIDENT, Staff
from luoshi.core.clock import now, today
from luoshi.core.files import keep_files
from luoshi.core.models import Organisation, Person
from luoshi.core.notices import Reach
from luoshi.core.refusals import Refusal
from luoshi.core.roles import DISPATCHER, LEADER
from luoshi.core.trail import record
from luoshi.upkeep.models import Asset, Defect, Inspection
from luoshi.upkeep.models.kinds import Severity

MOST_WORDS = 2_000


@dataclass(frozen=True)
class Found:
    """A defect that somebody found on a round."""

    asset: Asset
    look: Inspection
    severity: str
    words: str
    uploads: tuple[UploadedFile, ...] = ()


@dataclass(frozen=True)
class Reported:
    """What a resident says at the plate; the place is known."""

    words: str
    form_token: str
    uploads: tuple[UploadedFile, ...] = ()
    phone: str = ""
    # Somebody can be hurt by it: outside office hours those on duty get it.
    urgent: bool = False
    held_why: str = ""


def title_for(asset: Asset, words: str) -> str:
    """Return a matter's title: what it is, and what is wrong with it."""
    return f"{asset.name}：{subject_of(words)}"[:120]


def hands_for(asset: Asset) -> tuple[Organisation, Person]:
    """Return who gets a defect: who keeps it up, or the desk where nobody is named."""
    for office in filter(None, (asset.keeper, asset.kind.keeper)):
        if office.closed_at is None:
            try:
                return office, receiver_in(office)
            except Refusal:
                continue
    desk = dispatch_desk(asset.town)
    return desk.post.organisation, desk.person


@transaction.atomic(savepoint=False)
def open_repair_within(found: Found, *, actor: Staff) -> Defect:
    """Open the commitment with the day of its severity; danger is told at once."""
    asset = found.asset
    office, person = hands_for(asset)
    danger = found.severity == Severity.DANGER
    own = Own(
        kind=Kind.REPAIR,
        channel=Case.Channel.ROUND,
        title=title_for(asset, found.words),
        words=found.words,
        organisation=office,
        person=person,
        until=today() + timedelta(days=asset.kind.days_for(found.severity)),
        village=asset.village,
        place=asset.place,
        urgent=danger,
    )
    commitment = open_own_within(own, actor=actor)
    case = commitment.cases.get()
    keep_files(found.uploads, owner=case, purpose="told", actor=actor)
    defect = Defect.objects.create(
        town_id=asset.town_id,
        asset=asset,
        case=case,
        inspection=found.look,
        severity=found.severity,
        at=now(),
    )
    record(commitment, "upkeep.found", actor=actor, asset=asset.name)
    watchers = [*people_with(DISPATCHER), *people_with(LEADER)] if danger else []
    tell_each(
        commitment,
        ("upkeep.given_to_you", [person], Reach.EVERYWHERE),
        ("upkeep.danger", watchers, Reach.EVERYWHERE),
        actor=actor,
    )
    return defect


def report_defect(asset_id: int, told: Reported) -> Receipt:
    """Receive what a resident says of an asset; a form token twice is one matter."""
    try:
        return _report(asset_id, told)
    except IntegrityError:
        # The database refuses the second of a token, however close they come.
        known = Case.objects.filter(form_token=told.form_token).first()
        if known is None:
            raise
        voice = known.reporters.earliest("pk")
        return Receipt(known, voice, code_of(voice), again=True)


@transaction.atomic(durable=True)
def _report(asset_id: int, told: Reported) -> Receipt:
    asset = Asset.objects.select_related("kind__category", "village", "town").get(
        pk=asset_id, retired_on=None
    )
    if len(told.words) > MOST_WORDS:
        raise Refusal("cases.too_long", most=MOST_WORDS, count=len(told.words))
    ready = Told(
        town=asset.town,
        text=told.words,
        subject=title_for(asset, told.words) if told.words.strip() else "",
        actor=RESIDENT,
        channel=Case.Channel.PLATE,
        village=asset.village,
        place=f"{asset.name} {asset.place}".strip(),
        phone=told.phone,
        answer=Reporter.Answer.SMS if told.phone else Reporter.Answer.NONE,
        form_token=told.form_token,
        held_why=told.held_why,
        urgent=told.urgent,
        category=asset.kind.category,
    )
    receipt = store_within(prepare_case(ready))
    keep_files(told.uploads, owner=receipt.case, purpose="told", actor=RESIDENT)
    Defect.objects.create(
        town_id=asset.town_id, asset=asset, case=receipt.case, at=now()
    )
    return receipt


def tie_to_asset(case: Case, code: str) -> None:
    """Tie a case to the facility at whose plate it was told; gone ones take none."""
    asset = Asset.objects.filter(code=code, retired_on=None).first()
    if asset is not None:
        Defect.objects.create(town_id=case.town_id, asset=asset, case=case, at=now())


def fresh_token() -> str:
    """Return what makes a double send one matter."""
    return f"plate:{uuid.uuid4().hex}"
