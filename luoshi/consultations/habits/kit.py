"""Questions that a town can take as they are; it writes others in its own words."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

MOST_QUESTIONS, MOST_OPTIONS = 6, 10
MOST_TEXT, MOST_OPTION = 100, 40
# Nobody is asked for an income, in whatever words: see docs/decisions.
INCOME = re.compile(
    r"收入|工资|薪水|薪资|月薪|年薪|存款|积蓄|欠债|负债|欠款|家产|财产|挣多少|赚多少|挣几|赚几"
    r"|\b(?:incomes?|salar(?:y|ies)|wages?|savings|debts?|earn(?:s|ings?)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """One question with what can be ticked."""

    text: str
    options: tuple[str, ...]
    several: bool = False


HOURS = (
    gettext_noop("Before 6 in the morning"),
    gettext_noop("6 to 9"),
    gettext_noop("9 to 12"),
    gettext_noop("12 to 15"),
    gettext_noop("15 to 18"),
    gettext_noop("18 to 21"),
    gettext_noop("After 21"),
)
KIT: dict[str, Line] = {
    "water": Line(
        gettext_noop("When does your household mostly use water?"), HOURS, several=True
    ),
    "home": Line(gettext_noop("When is somebody at home?"), HOURS, several=True),
    "cooking": Line(
        gettext_noop("With what do you cook and heat?"),
        (
            gettext_noop("Gas"),
            gettext_noop("Electricity"),
            gettext_noop("Firewood or straw"),
            gettext_noop("Coal"),
            gettext_noop("Biogas or sun"),
        ),
        several=True,
    ),
    "away": Line(
        gettext_noop("Who of your household is away for most of the year?"),
        (
            gettext_noop("Nobody"),
            gettext_noop("Some work elsewhere"),
            gettext_noop("All who can work are elsewhere"),
            gettext_noop("Children who live at school"),
        ),
        several=True,
    ),
    "waste": Line(
        gettext_noop("What do you do with kitchen waste now?"),
        (
            gettext_noop("It goes to the animals"),
            gettext_noop("It goes on the field"),
            gettext_noop("Into the bin with the rest"),
            gettext_noop("It is burnt or buried"),
        ),
    ),
    "animals": Line(
        gettext_noop("Which animals do you keep at the house?"),
        (
            gettext_noop("No animals"),
            gettext_noop("Poultry"),
            gettext_noop("Pigs"),
            gettext_noop("Cattle or sheep"),
        ),
        several=True,
    ),
    "way": Line(
        gettext_noop("How do you get to the town centre?"),
        (
            gettext_noop("On foot"),
            gettext_noop("By bicycle or electric bicycle"),
            gettext_noop("By bus"),
            gettext_noop("By car, tractor or motorcycle"),
            gettext_noop("Somebody takes me along"),
        ),
    ),
}


def kit_line(name: str) -> Line:
    """Return a question of the kit in the reader's language."""
    one = KIT[name]
    return Line(_(one.text), tuple(_(text) for text in one.options), one.several)


def kit_name(line: Line) -> str:
    """Return which question of the kit a line is; empty for the town's own."""
    for name in KIT:
        if kit_line(name) == line:
            return name
    return ""


# Written behind a question of which several answers can be ticked.
SEVERAL = re.compile(r"\s*[（(]\s*(?:可多选|多选|several)\s*[）)]\s*$", re.IGNORECASE)


def lines_in(text: str) -> list[Line]:
    """Read questions as staff write them: options below each, then an empty line."""
    found = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [" ".join(line.split()) for line in block.split("\n")]
        first, *options = [line for line in lines if line] or [""]
        if first:
            several = SEVERAL.search(first) is not None
            found.append(Line(SEVERAL.sub("", first), tuple(options), several))
    return found


def lines_shown(lines: list[Line]) -> str:
    """Write questions so that `lines_in` reads them again."""
    mark = _(" (several)")
    return "\n\n".join(
        "\n".join([line.text + (mark if line.several else ""), *line.options])
        for line in lines
    )
