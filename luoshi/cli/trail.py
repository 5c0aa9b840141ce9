"""Checks the trail of every town."""

import argparse
import json
from typing import Any

from django_scopes import scope

from luoshi.core.models import Town
from luoshi.core.trail import seal_entries
from luoshi.core.verify import verify_trail


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--head", help="number:hash, kept from an earlier check")


def run(options: argparse.Namespace) -> int:
    """Check, and say how it stands."""
    report, status = check_all(options.head)
    print(json.dumps(report, ensure_ascii=False) if options.json else say(report))
    return status


def check_all(head: str | None) -> tuple[dict[str, Any], int]:
    """Return a report by town and the exit status: 0 whole, 1 not."""
    kept = None
    if head:
        number, _colon, digest = head.partition(":")
        kept = (int(number), digest)
    report = {}
    for town in Town.objects.order_by("code"):
        with scope(town=town):
            while seal_entries(town):
                pass
            report[town.code] = verify_trail(town, kept).as_dict()
    whole = all(one["ok"] for one in report.values())
    return {"ok": whole, "towns": report}, 0 if whole else 1


def say(report: dict[str, Any]) -> str:
    """Say it in lines."""
    lines = []
    for code, one in report["towns"].items():
        if one["ok"]:
            lines.append(f"{code}: {one['checked']} entries, the chain is whole.")
        else:
            lines.append(
                f"{code}: {one['reason']} (number {one['bad_sequence']}, "
                f"entry {one['bad_entry']})."
            )
    return "\n".join(lines) or "There is no town."
