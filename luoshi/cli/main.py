"""The `luoshi` command: sets up a town, runs it, checks its trail."""

import argparse
import json
import os
import sys

# A restore holds the data alone; the server's parts hold their own locks; the others
# work on throw-away instances.
HOLD_THEIR_OWN = ("restore", "run", "walk-through", "screens", "bench")


def _parser() -> argparse.ArgumentParser:
    from luoshi.cli import (
        archive_package,
        backup,
        bench,
        group_topics,
        import_cases,
        import_orders,
        import_polis,
        make_maps,
        retrain,
        screens,
        walk_through,
    )

    parser = argparse.ArgumentParser(prog="luoshi", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="start web server and scheduler")
    run.add_argument("--demo", action="store_true", help="make the demo town first")
    town = commands.add_parser("setup-town", help="make the database and a town")
    town.add_argument("--code", required=True)
    town.add_argument("--name", required=True)
    town.add_argument("--prefix", default="")
    town.add_argument("--demo", action="store_true", help="fill it with made-up life")
    town.add_argument(
        "--demo-staff", action="store_true", help="add made-up staff and nothing else"
    )
    user = commands.add_parser("create-user", help="make an account for a new person")
    user.add_argument("--town", required=True)
    user.add_argument("--username", required=True)
    user.add_argument("--name", required=True)
    user.add_argument("--office", required=True)
    user.add_argument("--post", default="工作人员")
    user.add_argument("--roles", default="handler", help="names, with commas between")
    trail = commands.add_parser("verify-trail", help="check the chain of every town")
    trail.add_argument("--json", action="store_true")
    trail.add_argument("--head", help="number:hash, kept from an earlier check")
    key = commands.add_parser("rotate-key", help="encrypt all secrets with a new key")
    key.add_argument("--json", action="store_true")
    key.add_argument("--finish", action="store_true", help="go on after a stop")
    brought = commands.add_parser("import-cases", help="bring cases in from a file")
    import_cases.add_arguments(brought)
    orders = commands.add_parser("import-orders", help="bring a platform's orders in")
    import_orders.add_arguments(orders)
    packed = commands.add_parser("archive-package", help="make an archive's package")
    archive_package.add_arguments(packed)
    grouped = commands.add_parser("group-topics", help="find what many people say")
    group_topics.add_arguments(grouped)
    asked = commands.add_parser("import-polis", help="bring a Polis export in")
    import_polis.add_arguments(asked)
    maps = commands.add_parser("make-maps", help="find who reacts alike")
    make_maps.add_arguments(maps)
    learnt = commands.add_parser("retrain", help="learn the desk's suggestions anew")
    retrain.add_arguments(learnt)
    walk = commands.add_parser("walk-through", help="play a case through the pages")
    walk_through.add_arguments(walk)
    pictures = commands.add_parser("screens", help="picture every page")
    screens.add_arguments(pictures)
    measured = commands.add_parser("bench", help="measure")
    bench.add_arguments(measured)
    backup.add_arguments(commands)
    commands.add_parser("schedule", help="run the scheduler alone")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.conf.settings")
    import django

    django.setup()
    from luoshi.cli import (
        archive_package,
        backup,
        bench,
        group_topics,
        import_cases,
        import_orders,
        import_polis,
        make_maps,
        retrain,
        rotate_key,
        screens,
        serve,
        setting_up,
        trail,
        walk_through,
    )
    from luoshi.cli.running import WORK, Held, hold

    options = _parser().parse_args(arguments)
    if options.command not in HOLD_THEIR_OWN:
        try:
            hold(WORK, options.command, alone=False)
        except Held as held:
            print(held, file=sys.stderr)
            return 1

    match options.command:
        case "rotate-key":
            return rotate_key.run(options)
        case "backup" | "restore":
            return backup.run(options)
        case "run":
            return serve.run(demo=options.demo)
        case "schedule":
            return serve.schedule()
        case "import-cases":
            return import_cases.run(options)
        case "import-orders":
            return import_orders.run(options)
        case "archive-package":
            return archive_package.run(options)
        case "group-topics":
            return group_topics.run(options)
        case "import-polis":
            return import_polis.run(options)
        case "make-maps":
            return make_maps.run(options)
        case "retrain":
            return retrain.run(options)
        case "walk-through":
            return walk_through.run(options)
        case "screens":
            return screens.run(options)
        case "bench":
            return bench.run(options)
        case "setup-town":
            return setting_up.setup_town(options)
        case "create-user":
            return setting_up.create_user(options)
    report, status = trail.check_all(options.head)
    print(json.dumps(report, ensure_ascii=False) if options.json else trail.say(report))
    return status


if __name__ == "__main__":
    sys.exit(main())
