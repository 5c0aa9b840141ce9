"""Reads who comes into which post: the list of posts, filled in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from luoshi.core.models import Person, Tenure
from luoshi.core.sheets.read import Line, Names, Preview, read_whole

NAMES: Names = {
    "office": ("单位", "站所", "office"),
    "post": ("岗位", "职务", "post"),
    "giver": ("现任", "离任", "原任", "now"),
    "taker": ("接任", "新任", "comes"),
    "username": ("登录名", "用户名", "user name"),
}
NEEDED = ("office", "post", "giver", "taker")
HEADER = ["单位", "岗位", "现任", "接任", "登录名"]


@dataclass(frozen=True)
class Coming:
    """One row: which tenure ends, and what the form is filled in with."""

    line: int
    tenure_id: int = 0
    told: dict[str, str] | None = None
    fault: str = ""


def posts_sheet(tenures: Iterable[Tenure]) -> list[list[Any]]:
    """Return the posts as they are, with who comes left empty."""
    rows = [
        [one.post.organisation.name, one.post.title, one.person.name, "", ""]
        for one in tenures
    ]
    return [HEADER, *rows]


def _reader(tenures: list[Tenure], people: list[Person]) -> Callable[[Line], Coming]:
    held: dict[tuple[str, str, str], list[int]] = {}
    for one in tenures:
        key = (one.post.organisation.name, one.post.title, one.person.name)
        held.setdefault(key, []).append(one.pk)
    known: dict[str, list[int]] = {}
    for person in people:
        known.setdefault(person.name, []).append(person.pk)

    def read(line: Line) -> Coming:
        key = (line.word("office"), line.word("post"), line.word("giver"))
        name, username = line.word("taker"), line.word("username")
        if not name:
            return Coming(line.number)
        found = held.get(key, [])
        if len(found) != 1:
            fault = _("“%(post)s” of %(name)s is not one post of %(office)s")
            told = {"office": key[0], "post": key[1], "name": key[2]}
            return Coming(line.number, fault=fault % told)
        if username:
            told = {"person": "new", "name": name, "username": username}
            return Coming(line.number, found[0], told)
        same = known.get(name, [])
        if len(same) != 1:
            fault = _(
                "“%(name)s” is not one person of the town; "
                "write a user name for somebody new"
            )
            return Coming(line.number, fault=fault % {"name": name})
        return Coming(line.number, found[0], {"person": str(same[0])})

    return read


def read_coming(
    path: Path, tenures: list[Tenure], people: list[Person]
) -> Preview[Coming]:
    """Read a filled-in list of posts; `BadSheet` if it is none, or too long."""
    return read_whole(path, NAMES, NEEDED, _reader(tenures, people))
