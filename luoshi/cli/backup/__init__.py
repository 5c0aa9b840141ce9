"""Backup and restore: one encrypted file, the key apart."""

import argparse
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

from django.db import DatabaseError

from luoshi.cli.backup.archive import DamagedArchive
from luoshi.cli.backup.restore import restore
from luoshi.cli.backup.save import back_up
from luoshi.cli.backup.say import Refused, say
from luoshi.cli.running import Held


def add_commands(commands: Any) -> None:
    """Say what the two commands take."""
    saved = commands.add_parser("backup", help="write one encrypted backup file")
    saved.add_argument("folder", type=Path)
    saved.add_argument(
        "--key-copied",
        action="store_true",
        help="a copy of personal.key lies in another place",
    )
    saved.add_argument("--json", action="store_true")
    back = commands.add_parser("restore", help="bring a backup back, or check it")
    back.add_argument("source", type=Path, help="a backup, or a folder: its newest")
    back.add_argument(
        "--check", action="store_true", help="restore it aside, compare, throw it away"
    )
    back.add_argument(
        "--replace", action="store_true", help="put what is there now aside"
    )
    back.add_argument("--json", action="store_true")
    for one in (saved, back):
        one.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Back up or restore; 1 with a sentence where that is not possible."""
    try:
        if options.command == "backup":
            report = back_up(options.folder, key_copied=options.key_copied)
        else:
            report = restore(
                options.source, check=options.check, replace=options.replace
            )
    except (Refused, DamagedArchive, Held) as refusal:
        return _tell(options, str(refusal))
    except (sqlite3.Error, DatabaseError) as error:
        return _tell(options, f"The database: {error}. Nothing was changed or kept.")
    except OSError as error:
        place = error.filename or "The disk"
        return _tell(
            options, f"{place}: {error.strerror}. Nothing was changed or kept."
        )
    print(json.dumps(report, ensure_ascii=False) if options.json else say(report))
    return 0 if report["ok"] else 1


def _tell(options: argparse.Namespace, reason: str) -> int:
    if options.json:
        print(json.dumps({"ok": False, "reason": reason}))
    print(reason, file=sys.stderr)
    return 1
