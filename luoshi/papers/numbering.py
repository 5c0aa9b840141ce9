"""Numbers of papers: by town, kind and year, without gaps; and a town's own words."""

from dataclasses import dataclass
from typing import Any

from luoshi.core.models import Town
from luoshi.core.numbers import next_number
from luoshi.papers.models import Kind

# What stands before the year unless a town says otherwise.
MARKS = {Kind.ASSIGNMENT: "交办", Kind.SUPERVISION: "督办", Kind.ANSWER: "答复"}
MOST_MARK = 20


@dataclass(frozen=True)
class Number:
    """A number given out, and how it is written."""

    sequence: int
    shown: str


def words_of(town: Town) -> dict[str, str]:
    """Return who issues a town's papers, and the words before each kind's number."""
    own: dict[str, Any] = town.rules.get("papers", {})
    words = {"issuer": f"{town.name}人民政府"}
    words |= {kind.value: f"{town.name}{mark}" for kind, mark in MARKS.items()}
    return words | {name: own[name] for name in words if own.get(name)}


def take_number(town: Town, kind: str, year: int) -> Number:
    """Give out the next number of a year, in the transaction that uses it.

    If that transaction fails the number was never given; if two run at once the
    second waits for the first.
    """
    sequence = next_number(town.pk, f"paper:{kind}:{year}")
    mark = words_of(town)[kind]
    return Number(sequence, f"{mark}〔{year}〕{sequence}号")
