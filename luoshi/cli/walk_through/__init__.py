"""Plays matters through the web pages alone, in a throw-away instance."""

import argparse
import json
from dataclasses import asdict

from luoshi.cli.instance import demo_town
from luoshi.cli.walk_through.case import CaseWalk
from luoshi.cli.walk_through.consultations import ConsultationsWalk
from luoshi.cli.walk_through.ledger import LedgerWalk
from luoshi.cli.walk_through.projects import ProjectsWalk
from luoshi.cli.walk_through.town import TownWalk
from luoshi.cli.walk_through.upkeep import UpkeepWalk
from luoshi.cli.walk_through.walk import Walk, WrongState

WALKS: dict[str, type[Walk]] = {
    "case": CaseWalk,
    "consultations": ConsultationsWalk,
    "ledger": LedgerWalk,
    "projects": ProjectsWalk,
    "town": TownWalk,
    "upkeep": UpkeepWalk,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("name", nargs="?", default="case", choices=list(WALKS))
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Play it in a throw-away instance; 1 at the first wrong state."""
    from luoshi.demo.town import PASSWORD

    fault = ""
    with demo_town() as instance:
        walk = WALKS[options.name](instance.address, PASSWORD)
        try:
            walk.play()
        except (WrongState, LookupError, IndexError) as error:
            fault = str(error)
    told = {"steps": [asdict(step) for step in walk.steps]}
    if fault:
        told["fault"] = fault  # type: ignore[assignment]
    if options.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        for step in walk.steps:
            print(f"{step.role:11} {step.did:18} {step.state:10} {step.page}")
        print(fault or "Every page showed what it should.")
    return 1 if fault else 0
