"""In which order statements are shown: by chance, with a pull to less-seen ones."""

from collections.abc import Mapping
from random import Random

from luoshi.consultations.models import Consultation

# How much less often a statement is drawn the more people reacted to it: its weight is
# (1 + reactions) to the power of this. Only how many reacted counts, never how.
POWERS = {
    Consultation.Pull.NONE: 0.0,
    Consultation.Pull.SOME: -0.5,
    Consultation.Pull.STRONG: -2.0,
}


def draw_order(seen: Mapping[int, int], pull: int, chance: Random) -> list[int]:
    """Return the ids in a drawn order, without putting any back.

    Each gets the key u ** (1 / weight); the greatest goes first (Efraimidis and
    Spirakis 2006), which is the same as drawing one after the other by weight.
    """
    power = POWERS[Consultation.Pull(pull)]
    keys = {
        pk: chance.random() ** (1 / (1 + count) ** power)
        for pk, count in sorted(seen.items())
    }
    return sorted(keys, key=lambda pk: (-keys[pk], pk))
