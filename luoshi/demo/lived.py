"""How people of the demo town live, and whether they can give what bins cost."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from luoshi.consultations import actions
from luoshi.consultations.actions import Told, Wanted
from luoshi.consultations.habits.kit import Line, kit_line
from luoshi.consultations.habits.people import band_of_code, bands_asked
from luoshi.consultations.models import Consultation, Question
from luoshi.core.actors import Staff
from luoshi.core.clock import Frozen
from luoshi.core.models import Village

WATERING = Line(
    "您家的地一般什么时候浇？", ("清早", "白天", "傍晚", "夜里"), several=True
)
PUMPING = Line("浇地用什么？", ("渠水自流", "自家水泵", "村里的泵", "挑水"))
# How likely each thing is ticked, in the order of a question's options.
LIKELY = (8, 5, 3, 2, 2, 1, 1)


@dataclass(frozen=True)
class Lives:
    """What is asked of how people live, and how many tell it."""

    wanted: Wanted
    people: int
    # Villages in which most cannot give it; in the first it costs more.
    poor: tuple[str, ...] = ()
    dear_fen: int = 0


def bins_asked() -> Lives:
    """Ask for what a year of collecting costs, and what is done with waste now."""
    lines = (kit_line("home"), kit_line("waste"), kit_line("away"))
    wanted = Wanted(120_00, "一年的垃圾清运费", True, lines)
    return Lives(wanted, 110, ("石塘村", "下洋村"), 150_00)


def water_asked() -> Lives:
    """Ask when people water their fields; nothing has to be paid."""
    return Lives(Wanted(lines=(WATERING, PUMPING)), 34)


def ask_how_they_live(made: Consultation, lives: Lives, staff: Staff) -> Consultation:
    """Ask it beside the statements, before it is open."""
    return actions.ask_habits(made.pk, lives.wanted, version=made.version, actor=staff)


def tell_how_they_live(
    made: Consultation,
    lives: Lives,
    codes: Sequence[str],
    chance: random.Random,
    clock: Frozen,
) -> None:
    """Let people tell it; some villages and men answer less, as everywhere."""
    villages = list(made.villages.all()) or list(Village.objects.filter(ended_on=None))
    usual = [9, 7, 6, 6] + [2] * len(villages)
    # Where most cannot give it, people come to say so.
    likely = [
        9 if village.name in lives.poor else many
        for village, many in zip(villages, usual, strict=False)
    ]
    bands = [band_of_code(code) for code, _label in bands_asked(made)]
    questions = list(made.questionnaire.questions.prefetch_related("options"))
    wanted = lives.wanted
    for person in range(lives.people):
        clock.tick(timedelta(minutes=40))
        village = chance.choices(villages, likely)[0]
        can = [2, 3, 5] if village.name in lives.poor else [7, 3, 1]
        told = Told(
            village=village,
            sex=chance.choice(["female", "female", "male", ""]),
            band=chance.choice([*bands, None]),
            can=_one(chance, ["yes", "tight", "no"], can) if wanted.sum_fen else "",
            form=_one(chance, ["money", "labour", "none"], [5, 4, 1])
            if wanted.asks_form
            else "",
            options=_ticked(chance, questions),
        )
        code = f"{chance.randrange(10**8):08d}"
        # Those who reacted first; some come for this alone.
        code = codes[person] if person < len(codes) else code
        actions.tell_habits(made.pk, told, code=code, channel="poster")


def write_costs(made: Consultation, lives: Lives, staff: Staff) -> None:
    """Write down where it costs more than people were asked about."""
    far = Village.objects.filter(name__in=lives.poor[:1])
    if far:
        actions.set_costs(made.pk, dict.fromkeys(far, lives.dear_fen), actor=staff)


def _one(chance: random.Random, words: list[str], likely: list[int]) -> str:
    return chance.choices(words, likely)[0]


def _ticked(chance: random.Random, questions: list[Question]) -> set[int]:
    """Tick one thing of each question, two where several can be true at once."""
    found: set[int] = set()
    for one in questions:
        options = [option.pk for option in one.options.all()]
        first, second = chance.choices(options, LIKELY[: len(options)], k=2)
        found.add(first)
        if one.several and options[0] not in (first, second):
            found.add(second)
    return found
