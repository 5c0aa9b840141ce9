"""What backup and restore say to whoever runs them."""

from typing import Any


class Refused(Exception):
    """Why nothing was done, and what to do first."""


def say(report: dict[str, Any]) -> str:
    """Say a report in lines."""
    lines = [
        f"{report['file']}: {report['rows']} rows in {report['tables']} tables, "
        f"{report['files']} files."
    ]
    lines += [f"Missing on the disk: {name}" for name in report["missing"]]
    lines += report.get("notes", [])
    lines += report.get("faults", [])
    if report["command"] == "backup":
        lines.append("It is of no use without personal.key: keep a copy elsewhere.")
    elif report["check"] and report["ok"]:
        lines.append("It was restored aside and is the same to the row.")
    elif report["ok"]:
        lines.append("It is back. Start Luoshi again.")
    return "\n".join(lines)
