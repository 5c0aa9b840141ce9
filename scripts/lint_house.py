"""House rules that a machine can check; each message says what to write instead."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = 400

# (which paths, what is refused, what to write instead)
RULES = [
    (r"/views(/.*)?\.py$", r"\.objects\b", "read through queries.py or access.py"),
    (r"/actions", r"\.save\(\)", "name the fields: save(update_fields=[...])"),
    (r"\.py$", r"on_commit\(\s*lambda", "use functools.partial"),
    (r"\.py$", r"datetime\.now\(|timezone\.now\(", "use core.clock.now()"),
    (r"\.py$", r"^\s*self\.assertNumQueries", "write: with self.assertNumQueries(n):"),
    (r"\.py$", r"gettext(_lazy)?\(f[\"']|\b_\(f[\"']", "use named placeholders"),
    (r"/migrations/", r"^from luoshi(?!\.core\.indexes)", "use apps.get_model"),
    (r"\.html$", r"\sstyle=", "use a class: the policy refuses inline styles"),
    (
        r"\.css$",
        # A browser before Chromium 87 and Safari 14.1 drops the whole line.
        r"^(?!@supports).*(?<![\w-])((margin|padding)-(inline|block)|border-(inline|block)"
        r"|inset|inset-(inline|block)(-start|-end)?|aspect-ratio)\s*:",
        "name one side (-start, -end), or left, top",
    ),
    (
        r"\.css$",
        r"@(layer|container)\b|^\s*&|:(is|where)\(|color-mix\(|\d[sdl]v[hw]\b",
        "cheap phones' browsers (Chromium 80, Safari 13) drop it",
    ),
    (r"\.html$", r"<script>|<[^%>]*\son[a-z]+=[\"']", "put scripts into a file"),
]
EXEMPT = {"luoshi/core/clock.py", "scripts/lint_house.py"}


def faults_in(name: str, text: str) -> list[str]:
    """Return each broken rule of one file, with its line."""
    faults = []
    for where, pattern, instead in RULES:
        if not re.search(where, "/" + name):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(pattern, line):
                faults.append(f"{name}:{number}: {line.strip()[:60]} -> {instead}")
    lines = text.count("\n")
    if name.endswith(".py") and lines > MOST_LINES and "/migrations/" not in name:
        faults.append(f"{name}: {lines} lines -> make it a package")
    if "/migrations/" in name and "_auto_" in name:
        faults.append(f"{name} -> name the migration after what it does")
    return faults


def main() -> int:
    """Check the whole project."""
    faults = []
    for path in sorted([*ROOT.glob("luoshi/**/*"), *ROOT.glob("scripts/**/*")]):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix in (".py", ".html", ".css") and name not in EXEMPT:
            faults += faults_in(name, path.read_text())
    print("\n".join(faults) or "House rules hold.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
