"""Brings a Polis export in as a consultation that is closed and to be answered."""

import argparse
import json
import sys
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import override
from django_scopes import scope

from luoshi.commitments.actions.base import tenures_with
from luoshi.consultations.actions.bringing import (
    BroughtIn,
    bring_consultation,
    take,
    threshold_for,
    words_of,
)
from luoshi.consultations.maps.making import make_maps
from luoshi.consultations.models import Consultation
from luoshi.core.clock import today
from luoshi.core.models import Person, Tenure, Town
from luoshi.core.refusals import Refusal
from luoshi.core.roles import DISPATCHER
from luoshi.core.staff import staff_of_person
from luoshi.engines.opinion import Export, OpinionError, exchange, read_export

DAYS = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("folder", type=Path, help="with votes.csv and comments.csv")
    parser.add_argument("--town", required=True)
    parser.add_argument("--title", default="", help="else what the export calls it")
    parser.add_argument("--person", type=int, help="who answers; else the dispatcher")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Import and make its map; 1 where the files or the town cannot be used."""
    town = Town.objects.filter(code=options.town).first()
    if town is None:
        print(f"There is no town {options.town}.", file=sys.stderr)
        return 1
    try:
        export = read_export(files_in(options.folder))
        with scope(town=town), override(settings.LANGUAGE_CODE):
            made = _bring(export, options)
            make_maps(town, [made.number])
            told = _told(made, export)
    except (OpinionError, Refusal) as error:
        words = error.sentence if isinstance(error, Refusal) else f"{error}."
        print(words, file=sys.stderr)
        return 1
    print(json.dumps(told, ensure_ascii=False) if options.json else told)
    return 0


def files_in(folder: Path) -> dict[str, bytes]:
    """Read the files of an export that are there."""
    paths = [folder / name for name in exchange.FILES]
    return {path.name: path.read_bytes() for path in paths if path.is_file()}


def _bring(export: Export, options: argparse.Namespace) -> Consultation:
    tenure = _tenure(options.person)
    told = words_of(export)
    wanted = BroughtIn(
        title=options.title or told["title"],
        question=told["question"],
        affected=told["affected"],
        organisation=tenure.post.organisation,
        until=today() + timedelta(days=DAYS),
        threshold=threshold_for(len(take(export).votes.voters)),
    )
    actor = staff_of_person(tenure.person)
    return bring_consultation(export, wanted, actor=actor)


def _tenure(person: int | None) -> Tenure:
    """Return the post of who answers."""
    if person is None:
        found = tenures_with(DISPATCHER)
    else:
        one = Person.objects.filter(pk=person).first()
        found = list(
            Tenure.objects.filter(person=one, until=None).select_related(
                "person", "post__organisation"
            )
        )
    if not found:
        raise Refusal("consultations.brought_by_nobody")
    return found[0]


def _told(made: Consultation, export: Export) -> dict[str, object]:
    taken = take(export)
    kept = made.map_kept
    return {
        "consultation": made.number,
        "voters": len(taken.votes.voters),
        "statements": len(taken.texts),
        "votes": len(taken.votes.value),
        "replaced": export.replaced,
        "turned_down": taken.turned_down,
        "held": len(taken.held),
        "wordless": taken.wordless,
        "too_long": taken.too_long,
        "silent": len(set(export.silent) & set(taken.texts)),
        "groups": [group["size"] for group in kept.told["groups"]],
        "stability": kept.told["stability"],
    }
