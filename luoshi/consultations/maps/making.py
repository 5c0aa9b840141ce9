"""Makes a map and keeps it: claimed, computed outside a transaction, stored.

A map is derived from reactions and can be made anew at any time: there is no trail of
it, as there is none of counts that are kept.
"""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django_scopes import scope

from luoshi.consultations.maps.kept import (
    FEWEST,
    FEWEST_STATEMENTS,
    Kept,
    Standing,
    keep,
)
from luoshi.consultations.maps.picture import draw
from luoshi.consultations.maps.reading import (
    SILENT,
    fingerprints,
    maps_due,
    patterns_of,
    votes_of,
)
from luoshi.consultations.maps.weighing import weigh_votes
from luoshi.consultations.models import Consultation, MapKept
from luoshi.core.clock import now
from luoshi.core.models import Town
from luoshi.engines.opinion import Alike, Settings, Votes, find_alike, fit

# Who answered fewer statements is in no group; all of them where there are fewer.
MIN_VOTES = 7


@dataclass(frozen=True)
class Found:
    """What is found in the votes beside their map."""

    alike: Sequence[Alike]
    weighed: dict[str, Any]


@transaction.atomic(durable=True)
def claim_map(consultation: Consultation) -> MapKept | None:
    """Begin a map; None where another process is at it."""
    kept, _made = MapKept.objects.get_or_create(
        consultation=consultation, defaults={"town_id": consultation.town_id}
    )
    free = Q(making=False) | Q(begun_at__lt=now() - SILENT)
    claimed = MapKept.objects.filter(free, pk=kept.pk)
    if not claimed.update(making=True, begun_at=now()):
        return None
    kept.refresh_from_db()
    return kept


def make_map(kept: MapKept) -> MapKept:
    """Compute the map that was claimed, and keep it."""
    consultation = kept.consultation
    # Taken before the reactions are read: what comes meanwhile makes the next map.
    told = fingerprints(Consultation.objects.filter(pk=consultation.pk))
    try:
        before = Standing.from_json(kept.standing) if kept.standing else None
        votes = votes_of(consultation)
        made = compute(votes, before)
        found = Found(
            find_alike(patterns_of(consultation)), weigh_votes(consultation, votes)
        )
    except BaseException:
        give_up(kept.pk)
        raise
    return store_map(kept.pk, made, found, told.get(consultation.pk, ""))


def compute(votes: Votes, before: Standing | None) -> tuple[Kept, Standing]:
    """Make the map of these votes, with the letters of the one before."""
    statements = len(votes.statements)
    settings = Settings(
        min_votes=max(1, min(MIN_VOTES, statements)),
        # More members than voters: no groups are looked for.
        fewest_members=FEWEST
        if statements >= FEWEST_STATEMENTS
        else len(votes.voters) + 1,
    )
    made = fit(
        [votes.voters[row] for row in votes.row.tolist()],
        [votes.statements[column] for column in votes.column.tolist()],
        votes.value,
        settings=settings,
        before=before,
    )
    return keep(made, min_votes=settings.min_votes, before=before)


@transaction.atomic(durable=True)
def store_map(
    pk: int, made: tuple[Kept, Standing], found: Found, fingerprint: str
) -> MapKept:
    """Keep a map in the place of the one before."""
    kept = MapKept.objects.select_for_update().get(pk=pk)
    told, standing = made
    kept.told, kept.standing = told.as_json(), standing.as_json()
    kept.dots = draw(standing).as_json()
    kept.alike = [_said(one) for one in found.alike]
    kept.weighed = found.weighed
    kept.fingerprint, kept.made_at, kept.making = fingerprint, now(), False
    kept.save(
        update_fields=[
            *("told", "standing", "dots", "alike", "weighed"),
            *("fingerprint", "made_at", "making"),
        ]
    )
    return kept


def _said(one: Alike) -> dict[str, object]:
    """Return how many were alike and when, without what they answered."""
    told = asdict(one)
    told["answers"] = len(one.answers)
    return told


@transaction.atomic(durable=True)
def give_up(pk: int) -> None:
    """Let another process begin: this one failed."""
    MapKept.objects.filter(pk=pk).update(making=False)


def make_maps(town: Town, numbers: Sequence[int] = ()) -> list[MapKept]:
    """Make what is due, or these whether due or not; others' work is left alone."""
    chosen = Consultation.objects.filter(town=town)
    chosen = (
        chosen.filter(number__in=numbers)
        if numbers
        else chosen.filter(pk__in=maps_due(town))
    )
    claimed = map(claim_map, chosen.order_by("number"))
    return [make_map(kept) for kept in claimed if kept is not None]


def start_making(town: Town) -> None:
    """Begin in a process that can be ended; a second one sees that one is at it."""
    subprocess.Popen(
        [
            *(sys.executable, "-m", "luoshi.cli.main", "make-maps"),
            *("--town", town.code),
        ],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def start_where_due() -> int:
    """Begin where people reacted since the last map; return in how many towns."""
    count = 0
    for town in Town.objects.all():
        with scope(town=town):
            if maps_due(town):
                start_making(town)
                count += 1
    return count
