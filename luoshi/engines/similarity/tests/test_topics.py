"""Topics: one for each problem, with numbers that last."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from luoshi.engines.similarity import Case, Gazetteer, Topics, group, learn_weights
from luoshi.engines.similarity.tests.conftest import NOW, PROBLEMS, told

# Forty families that say nothing of each other.
SIGNS = [chr(0x4E00 + 37 * number) for number in range(400)]


def topics_of(cases, **told_too) -> Topics:
    """Group as of now."""
    return group(cases, now=NOW, **told_too)


def sets(topics: Topics) -> set[frozenset]:
    """Return what stands together, without numbers."""
    return {frozenset(topic.cases) for topic in topics.topics}


def keep(cases: list[Case], topics: Topics) -> list[Case]:
    """Return the cases as the product has them the next night."""
    return [replace(case, topic=topics.of.get(case.id)) for case in cases]


def test_each_problem_is_a_topic_of_its_own(cases):
    expected = {
        frozenset(f"{problem} {number}" for number in range(len(texts)))
        for problem, texts in PROBLEMS.items()
    }
    assert sets(topics_of(cases)) == expected


def test_the_order_of_the_cases_decides_nothing(cases):
    first = topics_of(cases)
    for seed in range(5):
        mixed = cases.copy()
        random.Random(seed).shuffle(mixed)
        assert topics_of(mixed) == first


def test_a_topic_says_title_place_span_and_people(cases):
    topic = next(topic for topic in topics_of(cases).topics if "plant 0" in topic.cases)
    assert any(topic.title in text for text in PROBLEMS["plant"])
    assert "青山花园" in topic.place
    assert topic.first == told(60)
    assert topic.last == told(57)
    assert topic.people == 4


def test_one_persons_ten_messages_count_once(cases):
    text = PROBLEMS["plant"][0]
    cases += [
        Case(f"again {day}", text, time=told(day), person="person 0")
        for day in range(10)
    ]
    topic = next(topic for topic in topics_of(cases).topics if "plant 0" in topic.cases)
    assert len(topic.cases) == 14
    assert topic.people == 4
    assert topic.weeks[-2:] == (1, 1)
    # One of today, and three of two months ago: ten letters are as warm as one.
    assert 1 < topic.heat < 2


def test_numbers_are_those_of_the_night_before(cases):
    """Cases come one after the other; nobody's number ever changes."""
    known: dict = {}
    weights = learn_weights(cases)
    for nights in range(8, len(cases) + 1, 3):
        tonight = [replace(case, topic=known.get(case.id)) for case in cases[:nights]]
        found = topics_of(tonight, weights=weights)
        assert {case: found.of[case] for case in known} == known
        known = found.of
    assert len(set(known.values())) >= 3


def test_a_second_run_changes_nothing(cases):
    first = topics_of(cases)
    assert topics_of(keep(cases, first)) == first


def test_new_cases_join_an_old_topic(cases):
    first = topics_of(cases)
    new = Case("new", "青山花园的搅拌站又在半夜开工，噪音粉尘不断", time=told(0))
    second = topics_of([*keep(cases, first), new])
    assert second.of["new"] == first.of["plant 0"]


def test_new_numbers_begin_above_all_that_were_used(cases):
    assert min(topics_of(cases, first_number=40).of.values()) == 40
    only = [replace(cases[0], topic=90), *cases[1:]]
    assert max(topics_of(only).of.values()) == 93


def test_a_split_by_a_person_lasts(cases):
    first = topics_of(cases)
    split = [
        replace(case, topic=77) if case.id in {"plant 2", "plant 3"} else case
        for case in keep(cases, first)
    ]
    found = topics_of(split)
    assert found.of["plant 2"] == found.of["plant 3"] == 77
    assert found.of["plant 0"] == found.of["plant 1"] == first.of["plant 0"]


def test_a_merge_by_a_person_lasts(cases):
    first = topics_of(cases)
    into, gone = first.of["plant 0"], first.of["potholes 0"]
    merged = [
        replace(case, topic=into) if case.topic == gone else case
        for case in keep(cases, first)
    ]
    found = topics_of(merged)
    assert found.of["potholes 1"] == into
    assert gone not in found.of.values()


def test_what_a_person_took_out_stays_out(cases):
    assert topics_of(cases).of["plant 1"] == topics_of(cases).of["plant 0"]
    found = topics_of(cases, apart=[("plant 1", one) for one in ("plant 0", "plant 2")])
    assert found.of.get("plant 1") not in {found.of["plant 0"], found.of["plant 2"]}


def test_what_is_apart_stays_apart_though_the_words_are_the_same(cases):
    twins = [
        Case("one", PROBLEMS["plant"][0], time=told(3)),
        Case("two", PROBLEMS["plant"][0], time=told(2)),
    ]
    assert (
        topics_of([*cases, *twins]).of["one"] == topics_of([*cases, *twins]).of["two"]
    )
    found = topics_of([*cases, *twins], apart=[("one", "two")])
    assert found.of.get("one") != found.of.get("two")


def test_what_a_person_put_together_is_together(cases):
    found = topics_of(cases, together=[("pension 0", "other 3"), ("nobody", "other 1")])
    assert found.of["other 3"] == found.of["pension 0"]


def test_an_alias_of_the_gazetteer_is_the_same_place(cases):
    """Neither text names the estate as the other does."""
    gazetteer = Gazetteer.of({"estate 7": ["青山花园", "青花"]})
    more = Case("alias", "青花那边的搅拌站噪音扰民，粉尘很大", time=told(1))
    found = topics_of([*cases, more], gazetteer=gazetteer)
    assert found.of["alias"] == found.of["plant 0"]
    topic = next(one for one in found.topics if one.number == found.of["alias"])
    assert topic.place == "estate 7"


def test_another_village_is_another_topic():
    text = "路灯坏了很久没有人修，晚上走路看不见"
    same = [
        Case(f"{village} {number}", text, time=told(number), village=village)
        for village in ("east", "west")
        for number in range(3)
    ]
    lines = [Case(f"x{at}", SIGNS[at] * 3, village="east") for at in range(20)]
    found = topics_of([*same, *lines])
    assert found.of["east 0"] == found.of["east 2"] != found.of["west 0"]


@pytest.mark.parametrize(
    "text",
    ["", " ", "路", "?", "😀😀😀", "\x00\x01\x02", "...", "\ud800", "a" * 100_000],
)
def test_strange_texts_are_answered(cases, text):
    strange = [Case(f"strange {number}", text) for number in range(3)]
    found = topics_of([*cases, *strange])
    assert sets(topics_of(cases)) <= sets(found)


def test_texts_that_say_nothing_are_no_topic():
    assert topics_of([Case(number, "!!!") for number in range(50)]).topics == ()
    assert topics_of([]).topics == ()
    assert topics_of([Case(1, "只有一件事")]).topics == ()


def test_five_thousand_times_the_same_is_one_topic():
    text = "青山花园小区停水三天了，什么时候来水"
    many = [Case(number, text, person=str(number % 7)) for number in range(5000)]
    (topic,) = topics_of(many).topics
    assert len(topic.cases) == 5000
    assert topic.people == 7
    assert topic.first is None
    assert topic.heat == 0


def test_five_thousand_nearly_the_same_are_one_topic():
    """All tie: a chain of equals must not join two a round."""
    text = "青山花园小区停水三天了，什么时候来水，请答复，户号"
    many = [Case(number, f"{text}{number:04}") for number in range(5000)]
    biggest = max(len(topic.cases) for topic in topics_of(many).topics)
    assert biggest > 4900


def test_a_time_in_the_future_is_now(cases):
    ahead = [replace(case, time=case.time + timedelta(days=4000)) for case in cases]
    found = topics_of(ahead)
    assert len(found.topics) == len(PROBLEMS)
    assert all(topic.heat == topic.people for topic in found.topics)


def test_other_languages_are_grouped_too(cases):
    lines = [
        "the bridge at Riverside Farm is broken and closed",
        "Riverside Farm bridge broken, closed for weeks",
    ]
    more = [Case(f"english {at}", text) for at, text in enumerate(lines)]
    found = topics_of([*cases, *more])
    assert found.of["english 0"] == found.of["english 1"]


def test_an_id_that_comes_twice_is_refused(cases):
    with pytest.raises(ValueError, match="id of its own"):
        topics_of([*cases, cases[0]])
