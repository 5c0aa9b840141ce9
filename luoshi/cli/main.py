"""The `luoshi` command: sets up a town, runs it, checks its trail."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable

# A restore holds the data alone; the server's parts hold their own locks; the others
# work on throw-away instances.
HOLD_THEIR_OWN = ("restore", "run", "walk-through", "screens", "bench")
# Each has a module that adds its options and runs it.
MODULES = {
    "verify-trail": ("trail", "check the chain of every town"),
    "rotate-key": ("rotate_key", "encrypt all secrets with a new key"),
    "import-cases": ("import_cases", "bring cases in from a file"),
    "import-orders": ("import_orders", "bring a platform's orders in"),
    "archive-package": ("archive_package", "make an archive's package"),
    "group-topics": ("group_topics", "find what many people say"),
    "import-polis": ("import_polis", "bring a Polis export in"),
    "make-maps": ("make_maps", "find who reacts alike"),
    "plan-upkeep": ("plan_upkeep", "compute the plans of upkeep that wait"),
    "retrain": ("retrain", "learn the desk's suggestions anew"),
    "walk-through": ("walk_through", "play a case through the pages"),
    "screens": ("screens", "picture every page"),
    "bench": ("bench", "measure"),
}
Run = Callable[[argparse.Namespace], int]


def _parser() -> argparse.ArgumentParser:
    from luoshi.cli import backup, serve, setting_up

    parser = argparse.ArgumentParser(prog="luoshi", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for several in (serve, setting_up, backup):
        several.add_commands(commands)
    for name, (module, told) in MODULES.items():
        part = importlib.import_module(f"luoshi.cli.{module}")
        one = commands.add_parser(name, help=told)
        part.add_arguments(one)
        one.set_defaults(run=part.run)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.conf.settings")
    import django

    django.setup()
    from luoshi.cli.running import WORK, Held, hold

    options = _parser().parse_args(arguments)
    if options.command not in HOLD_THEIR_OWN:
        try:
            hold(WORK, options.command, alone=False)
        except Held as held:
            print(held, file=sys.stderr)
            return 1
    run: Run = options.run
    return run(options)


if __name__ == "__main__":
    sys.exit(main())
