"""Look-ups while somebody writes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from luoshi.engines.similarity import PROBABLY, Case, learn_weights, similar
from luoshi.engines.similarity.tests.conftest import NOW

PLANT = "青山花园小区的搅拌站噪音很大，粉尘严重，晚上睡不着"


def test_the_same_problem_comes_first(cases):
    weights = learn_weights(cases)
    found = similar(Case("new", PLANT, time=NOW), cases, weights=weights)
    assert [name.rsplit(" ", 1)[0] for name, _score in found[:3]] == ["plant"] * 3
    scores = [score for _name, score in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_the_same_words_are_probably_the_same(cases):
    weights = learn_weights(cases)
    twin = replace(cases[0], id="twin", person="another")
    found = dict(similar(twin, cases, weights=weights))
    assert found["plant 0"] >= PROBABLY
    assert found["other 1"] < 0.1


def test_a_text_alone_is_enough(cases):
    assert similar(PLANT, cases)[0][0].startswith("plant")


def test_a_case_is_not_like_itself(cases):
    assert cases[0].id not in dict(similar(cases[0], cases))


def test_time_and_village_count(cases):
    weights = learn_weights(cases)
    new = Case("new", PLANT, time=NOW, village="east")
    here = Case("here", cases[0].text, time=NOW, village="east")
    there = replace(here, id="there", village="west")
    long_ago = replace(here, id="long ago", time=NOW - timedelta(days=900))
    scores = dict(similar(new, [here, there, long_ago], weights=weights))
    assert scores["here"] > scores["there"]
    assert scores["here"] > scores["long ago"]


def test_the_order_of_candidates_decides_nothing(cases):
    weights = learn_weights(cases)
    assert similar(PLANT, cases, weights=weights) == similar(
        PLANT, cases[::-1], weights=weights
    )


@pytest.mark.parametrize(
    "text", ["", "路", "😀", "\x00", "!?", "a" * 100_000, "\udfff"]
)
def test_strange_texts_are_answered(cases, text):
    found = similar(text, [*cases, Case("strange", text)])
    assert len(found) == len(cases) + 1
    assert all(0 <= score <= 1 for _name, score in found)


def test_what_shares_nothing_has_no_chance(cases):
    assert set(dict(similar("zebra xylophone", cases)).values()) == {0.0}
    assert similar(PLANT, []) == []


def test_no_more_than_two_hundred_are_looked_at():
    many = [Case(number, PLANT) for number in range(500)]
    assert len(similar(PLANT, many)) == 200


def test_what_many_told_is_found_by_what_is_said_otherwise():
    """Among forty neighbours' words of one pump, its words tell nothing apart."""
    asked = Case("asked", "东风渠的抽水泵又坏了，田里没水")
    crowd = [Case(n, f"东风渠抽水泵坏了，秧田干了，{n}") for n in range(40)]
    things, wrongs = (
        ("路灯", "垃圾", "校车", "狗", "公路"),
        ("不亮", "没来", "太吵", "坏了"),
    )
    others = [
        Case(1000 + n, f"{n}组的{things[n % 5]}{wrongs[n % 4]}，请来看看")
        for n in range(400)
    ]
    alone = similar(asked, crowd)
    told = similar(asked, crowd, weights=learn_weights([*crowd, *others]))
    assert min(score for _id, score in told) > max(score for _id, score in alone) + 0.2
