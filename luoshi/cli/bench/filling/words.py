"""What the cases of a fill say: texts with their terms, common and rare ones."""

import csv
import random
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from luoshi.core.search import terms_text
from luoshi.demo.names import GIVEN, STORIES, SURNAMES, WHERE

# So many additions differ; the n-th is said as often as 1/n of the first.
ADDITIONS = 20_000


@dataclass(frozen=True)
class Part:
    """Some words, and the terms under which they are found."""

    text: str
    terms: str


class Words:
    """Texts by category: a place, a story and an addition, or those of a file."""

    def __init__(self, chance: random.Random, file: str) -> None:
        self.chance = chance
        self.told = [_part(text) for text in _texts_of(file)]
        self.stories = {
            category: [_part(f"{where}{text}") for text in texts for where in WHERE]
            for category, texts in STORIES.items()
        }
        self.any = [part for parts in self.stories.values() for part in parts]
        self.more = [_part(self._addition()) for _one in range(ADDITIONS)]
        self.weights = list(accumulate(1 / rank for rank in range(1, ADDITIONS + 1)))

    def _addition(self) -> str:
        """Say beside whose house: of 20,000 names and numbers, most are rare."""
        chance = self.chance
        who = chance.choice(SURNAMES) + chance.choice(GIVEN)
        # Two characters taken at random make pairs that hardly anybody says.
        sign = chr(chance.randrange(0x4E00, 0x8000)) + chr(
            chance.randrange(0x4E00, 0x8000)
        )
        return f"{who}家{chance.randrange(2, 90)}号旁边{sign}店前"

    def draw(self, categories: list[str]) -> list[tuple[str, str]]:
        """Return a text and its terms for each category's name."""
        if self.told:
            some = self.chance.choices(self.told, k=len(categories))
            return [(part.text, part.terms) for part in some]
        additions = self.chance.choices(
            self.more, cum_weights=self.weights, k=len(categories)
        )
        found = []
        for name, more in zip(categories, additions, strict=True):
            story = self.chance.choice(self.stories.get(name, self.any))
            # A stop stands between them, so that no pair spans both.
            text = f"{story.text}，{more.text}"
            found.append((text, f"{story.terms} {more.terms}"))
        return found


def _part(text: str) -> Part:
    return Part(text, terms_text("", text))


def _texts_of(file: str) -> list[str]:
    """Return the longest column of a CSV; nothing where there is none."""
    if not file or not Path(file).exists():
        return []
    with Path(file).open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))[1:]
    return [max(row, key=len).replace(" ", "")[:400] for row in rows if row]
