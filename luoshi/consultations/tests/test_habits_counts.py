"""What is hidden, how questions are read: no view, no trail."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from luoshi.consultations.habits.hiding import LEAST, in_steps, shown_groups
from luoshi.consultations.habits.kit import (
    INCOME,
    KIT,
    Line,
    kit_line,
    kit_name,
    lines_in,
    lines_shown,
)
from luoshi.consultations.habits.people import band_code, band_of_code, in_parts


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({}, set()),
        ({"a": 9}, set()),
        ({"a": 10}, {"a"}),
        # One hidden alone could be subtracted: the smallest shown goes with it.
        ({"a": 30, "b": 12, "c": 4}, {"a"}),
        ({"a": 30, "b": 4}, set()),
        # Two hidden of ten or more together tell nothing of one.
        ({"a": 30, "b": 5, "c": 5}, {"a"}),
        ({"a": 30, "b": 5, "c": 4}, set()),
        ({"a": 30, "b": 20, "c": 5, "d": 4}, {"a"}),
        # Who is not there hides nobody and needs no hiding.
        ({"a": 10, "b": 0}, {"a"}),
    ],
)
def test_no_group_under_ten_can_be_read_or_subtracted(sizes, shown):
    assert shown_groups(sizes) == shown


@given(some.dictionaries(some.integers(0, 40), some.integers(0, 40), max_size=12))
def test_what_is_hidden_stays_hidden(sizes):
    shown = shown_groups(sizes)
    hidden = sum(size for group, size in sizes.items() if group not in shown)
    assert all(sizes[group] >= LEAST for group in shown)
    # What is left of the total tells of nobody, or of ten and more.
    assert hidden == 0 or hidden >= LEAST or not shown
    # And nothing is hidden for no reason.
    if all(size >= LEAST for size in sizes.values() if size):
        assert shown == {group for group, size in sizes.items() if size}


@given(some.integers(0, 500))
def test_results_move_in_steps_of_ten(count):
    assert in_steps(count) <= count < in_steps(count) + LEAST
    assert in_steps(count) % LEAST == 0


def test_questions_are_read_as_they_are_written():
    text = "你家几点浇地？（可多选）\r\n早上\n 傍晚 \n\n\n谁管水泵？\n我自己\n村里"
    assert lines_in(text) == [
        Line("你家几点浇地？", ("早上", "傍晚"), several=True),
        Line("谁管水泵？", ("我自己", "村里")),
    ]
    assert lines_in(lines_shown(lines_in(text))) == lines_in(text)
    assert lines_in(" \n\n ") == []


WORDS = some.text("abc水井吗？", min_size=1, max_size=8)


@given(
    some.lists(
        some.builds(
            Line, WORDS, some.lists(WORDS, max_size=4).map(tuple), some.booleans()
        ),
        max_size=4,
    )
)
def test_what_is_written_is_read_again(lines):
    assert lines_in(lines_shown(lines)) == lines


def test_the_kit_is_short_and_asks_no_income():
    for name in KIT:
        line = kit_line(name)
        assert kit_name(line) == name
        assert 2 <= len(line.options) <= 10
        assert max(Counter(line.options).values()) == 1
        assert not INCOME.search(line.text + "".join(line.options))
    assert kit_name(Line("x", ("a", "b"))) == ""


@pytest.mark.parametrize(
    "words",
    ["你家一年收入多少？", "工资", "有没有存款", "一年挣多少", "INCOME?", "any debts"],
)
def test_an_income_is_known_in_other_words(words):
    assert INCOME.search(words)


@pytest.mark.parametrize("words", ["收集垃圾", "learned", "outcomes", "几点浇地"])
def test_other_words_are_no_income(words):
    assert not INCOME.search(words)


@pytest.mark.parametrize("band", [(16, 29), (75, None), (0, 0)])
def test_a_band_goes_through_a_form(band):
    assert band_of_code(band_code(band)) == band
    assert band_of_code("") is None


@given(
    some.integers(0, 100_000),
    some.lists(some.integers(0, 100_000), min_size=1, max_size=8),
)
def test_a_number_is_shared_out_whole_and_nobody_gets_one_too_many(total, parts):
    told = in_parts(total, np.array(parts))
    assert told.sum() == total
    whole = sum(parts)
    if whole:
        exact = [total * part / whole for part in parts]
        assert all(abs(one - of) < 1 for one, of in zip(told, exact, strict=True))
