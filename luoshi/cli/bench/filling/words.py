"""What the cases of a fill say: texts with their terms, common and rare ones."""

import csv
import random
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from luoshi.core.search import terms_text, title_marks
from luoshi.demo.names import GIVEN, STORIES, SURNAMES, WHERE

# So many additions differ; the n-th is said as often as 1/n of the first.
ADDITIONS = 20_000
# A title is the beginning of the text.
TITLE_SIGNS = 40


@dataclass(frozen=True)
class Part:
    """Some words, the terms under which they are found, and those of a title."""

    text: str
    terms: str
    marks: str


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

    def draw(self, categories: list[str]) -> list[tuple[str, str, str]]:
        """Return a title, a text and their terms for each category's name.

        The title is how the text begins; what else it says, another title may say.
        """
        if self.told:
            some = self.chance.choices(self.told, k=len(categories))
            return [
                (one.text[:TITLE_SIGNS], one.text, f"{one.terms} {one.marks}")
                for one in some
            ]
        additions = self.chance.choices(
            self.more, cum_weights=self.weights, k=len(categories)
        )
        others = self.chance.choices(self.any, k=len(categories))
        found = []
        for name, more, other in zip(categories, additions, others, strict=True):
            story = self.chance.choice(self.stories.get(name, self.any))
            # A stop stands between them, so that no pair spans both.
            text = f"{story.text}，{more.text}，{other.text}"
            terms = f"{story.terms} {story.marks} {more.terms} {other.terms}"
            found.append((story.text, text, terms))
        return found


def _part(text: str) -> Part:
    marks = " ".join(dict.fromkeys(title_marks(text[:TITLE_SIGNS])))
    return Part(text, terms_text("", text), marks)


def _texts_of(file: str) -> list[str]:
    """Return the longest column of a CSV; nothing where there is none."""
    if not file or not Path(file).exists():
        return []
    with Path(file).open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))[1:]
    return [max(row, key=len).replace(" ", "")[:400] for row in rows if row]
