"""A town that told its problems, before and after a night."""

import pytest

from luoshi.topics.grouping import group_town
from luoshi.topics.tests.play import LAMPS, OTHERS, PLANT, tell


@pytest.fixture
def told(place):
    """Tell two problems several times, and four others once."""
    return {
        "plant": [tell(place, text) for text in PLANT],
        "lamps": [tell(place, text) for text in LAMPS],
        "others": [tell(place, text) for text in OTHERS],
    }


@pytest.fixture
def grouped(place, told):
    group_town(place.town)
    return told
