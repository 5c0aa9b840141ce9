"""Makes towns and accounts from the command line."""

import argparse
import secrets
import sys
from typing import Any

from django.core.management import call_command

from luoshi.core.models import Town
from luoshi.core.towns import add_person, make_town


def add_commands(commands: Any) -> None:
    """Add the commands that make towns and accounts."""
    town = commands.add_parser("setup-town", help="make the database and a town")
    town.add_argument("--code", required=True)
    town.add_argument("--name", required=True)
    town.add_argument("--prefix", default="")
    town.add_argument("--demo", action="store_true", help="fill it with made-up life")
    town.add_argument(
        "--demo-staff", action="store_true", help="add made-up staff and nothing else"
    )
    town.set_defaults(run=setup_town)
    user = commands.add_parser("create-user", help="make an account for a new person")
    user.add_argument("--town", required=True)
    user.add_argument("--username", required=True)
    user.add_argument("--name", required=True)
    user.add_argument("--office", required=True)
    user.add_argument("--post", default="工作人员")
    user.add_argument("--roles", default="handler", help="names, with commas between")
    user.set_defaults(run=create_user)


def setup_town(options: argparse.Namespace) -> int:
    """Make the database where there is none, and a town in it."""
    call_command("migrate", verbosity=0)
    if Town.objects.filter(code=options.code).exists():
        print(f"The town {options.code} exists already.", file=sys.stderr)
        return 1
    prefix = (options.prefix or options.code[:2]).upper()
    town = make_town(code=options.code, name=options.name, prefix=prefix)
    if options.demo:
        from luoshi.demo.town import fill_town

        fill_town(town)
    elif options.demo_staff:
        from luoshi.demo.town import staff_only

        staff_only(town)
    print(f"{town.name} is ready.")
    return 0


def create_user(options: argparse.Namespace) -> int:
    """Make a person with a post and an account, and print a first password."""
    town = Town.objects.filter(code=options.town).first()
    if town is None:
        print(f"There is no town {options.town}.", file=sys.stderr)
        return 1
    password = secrets.token_urlsafe(9)
    add_person(
        town,
        username=options.username,
        password=password,
        name=options.name,
        office=options.office,
        title=options.post,
        roles=[role.strip() for role in options.roles.split(",")],
    )
    print(f"{options.username} {password}")
    return 0
