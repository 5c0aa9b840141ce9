"""Reactions weighed to who lives there: beside the raw ones, and only when settled."""

import pytest
from django.test import Client

from luoshi.consultations import actions
from luoshi.consultations.actions import Told
from luoshi.consultations.maps.making import make_maps
from luoshi.consultations.maps.weighing import weighing_of
from luoshi.consultations.tests.play import AGREE, DISAGREE, again, code, ended, opened
from luoshi.consultations.tests.test_habits import lived_in
from luoshi.core.models import Village

WORDS = "按实际人口折算：每100人里50人赞同"


@pytest.fixture
def other(place):
    return Village.objects.create(town=place.town, name="石坎村", position=9)


def _answers(made, village, value, many, first=0):
    one = made.statements.first()
    for number in range(first, first + many):
        actions.react(made.pk, one.pk, value, code=code(number))
        if village:
            actions.tell_habits(made.pk, Told(village=village), code=code(number))


def _page(place, made):
    url = f"/{place.town.code}/consultations/{made.number}/results/"
    return Client().get(url).content.decode()


def test_a_village_that_answered_less_counts_as_many_as_live_there(place, other):
    lived_in(place, place.village, other)
    made = opened(place)
    _answers(made, place.village, AGREE, 60)
    _answers(made, other, DISAGREE, 20, first=60)
    make_maps(place.town, [made.number])
    assert weighing_of(again(made)) is None and WORDS not in _page(place, made)
    made = ended(made, place)
    make_maps(place.town, [made.number])
    told = weighing_of(made)
    # 60 of two thirds and 20 of two: 80 squared by 106.67.
    assert told.effective == 60
    side = told.sides[made.statements.first().pk]
    assert (side.agree.of_hundred, side.disagree.of_hundred) == (50, 50)
    assert side.agree.low < 50 < side.agree.high
    page = _page(place, made)
    assert WORDS in page and "赞同60 · 不赞同20" in page


@pytest.mark.parametrize(("villages", "many"), [(False, 60), (True, 20)])
def test_nothing_is_weighed_where_it_tells_nothing(place, other, villages, many):
    lived_in(place, place.village, other)
    made = opened(place)
    _answers(made, place.village if villages else None, AGREE, many)
    _answers(made, other if villages else None, DISAGREE, many // 4, first=many)
    made = ended(made, place)
    make_maps(place.town, [made.number])
    assert weighing_of(made) is None
    assert "按实际人口折算" not in _page(place, made)
