"""Lasting or showy: each fact's sign, the label, and a year's list against others."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.engines.appraisal import AppraisalError, Facts, balance, compare, profile

ROAD = Facts(
    "road",
    cost=380_000_00,
    years=30,
    after_five=Fraction(77, 100),
    upkeep=12_000_00,
    funded=True,
    asked=9,
    people=420,
    households=300,
    appearance=Fraction(0),
)
SCREEN = Facts(
    "screen",
    cost=450_000_00,
    years=8,
    after_five=Fraction(13, 100),
    upkeep=20_000_00,
    funded=False,
    asked=0,
    people=20,
    households=900,
    appearance=Fraction(6, 10),
)


def test_every_fact_of_a_road_points_to_lasting_and_of_a_screen_to_showy():
    assert profile(ROAD).label == "lasting"
    assert len(profile(ROAD).pointing("lasting")) == 5
    assert profile(SCREEN).label == "showy"
    assert len(profile(SCREEN).pointing("showy")) == 5


EDGES = [
    ("after_five", Fraction(1, 2), "lasting"),
    ("after_five", Fraction(49, 100), "neither"),
    ("after_five", Fraction(26, 100), "neither"),
    ("after_five", Fraction(1, 4), "showy"),
    ("after_five", None, "unknown"),
    ("appearance", Fraction(1, 10), "lasting"),
    ("appearance", Fraction(11, 100), "neither"),
    ("appearance", Fraction(3, 10), "showy"),
    ("asked", 1, "lasting"),
    ("asked", 0, "showy"),
    ("asked", None, "unknown"),
    ("funded", True, "lasting"),
    ("funded", False, "showy"),
    ("people", 60, "lasting"),
    ("people", 59, "neither"),
    ("people", 15, "showy"),
    ("people", None, "unknown"),
    ("households", 0, "unknown"),
]


@pytest.mark.parametrize(("name", "value", "sign"), EDGES)
def test_a_fact_points_where_its_mark_says(name, value, sign):
    told = profile(replace(ROAD, **{name: value})).signs
    assert told["people" if name == "households" else name] == sign


def test_three_of_five_decide_and_two_do_not():
    three = replace(ROAD, funded=False, asked=0)
    assert profile(three).label == "lasting"
    assert profile(replace(three, people=30)).label == "mixed"
    assert profile(replace(three, people=1)).label == "showy"


def test_of_what_little_is_known_nothing_is_said():
    little = Facts("new", cost=1, asked=3, funded=True)
    assert profile(little).label == "unknown"
    assert profile(replace(little, appearance=Fraction(0))).label == "lasting"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cost", 0),
        ("after_five", Fraction(3, 2)),
        ("appearance", Fraction(-1, 2)),
        ("people", -1),
        ("asked", -1),
        ("upkeep", -1),
    ],
)
def test_an_impossible_fact_is_refused(name, value):
    with pytest.raises(AppraisalError) as refused:
        replace(ROAD, **{name: value})
    assert refused.value.field == name


def test_a_list_is_weighed_by_its_money():
    year = balance(2026, [ROAD, SCREEN])
    assert year.money == 830_000_00
    assert year.share("funded") == Fraction(38, 83)
    assert year.share("asked") == Fraction(38, 83)
    assert year.share("appearance") == Fraction(45 * 6, 83 * 10)
    assert year.share("after_five") == Fraction(38 * 77 + 45 * 13, 83 * 100)
    assert year.label_share("showy") == Fraction(45, 83)
    assert year.people == 440


def test_what_is_unknown_is_left_out_of_its_own_share_only():
    year = balance(2026, [replace(ROAD, appearance=None), SCREEN])
    assert year.share("appearance") == Fraction(6, 10)
    assert year.share("funded") == Fraction(38, 83)
    assert balance(2026, []).share("funded") is None


def test_a_list_that_gets_worse_is_said_so():
    before = [balance(year, [ROAD]) for year in range(2021, 2026)]
    found = compare(balance(2026, [ROAD, SCREEN]), before)
    assert found.turn == "worse"
    assert found.those("worse") == ("after_five", "funded", "asked", "appearance")
    back = compare(balance(2026, [ROAD]), [balance(2025, [ROAD, SCREEN])])
    assert back.turn == "better"
    assert compare(balance(2026, [ROAD]), before).turn == "same"


def test_only_the_last_five_years_count():
    old, later = balance(2020, [SCREEN]), balance(2027, [SCREEN])
    found = compare(balance(2026, [ROAD]), [later, old, balance(2021, [ROAD])])
    assert [one.year for one in found.before] == [2021]
    assert found.turn == "same"


def test_with_no_list_before_nothing_is_compared():
    assert compare(balance(2026, [ROAD]), []).turn == "none_before"
    empty = balance(2025, [])
    assert compare(balance(2026, [ROAD]), [empty]).turn == "none_before"
    unknown = balance(2025, [Facts("x", cost=1)])
    assert compare(balance(2026, [ROAD]), [unknown]).turn == "unknown"


def test_a_move_below_the_step_says_nothing():
    some = replace(ROAD, appearance=Fraction(10, 100))
    more = replace(ROAD, appearance=Fraction(14, 100))
    assert compare(balance(2026, [more]), [balance(2025, [some])]).turn == "same"
    most = replace(ROAD, appearance=Fraction(15, 100))
    assert compare(balance(2026, [most]), [balance(2025, [some])]).turn == "worse"


SHARES = st.none() | st.integers(0, 20).map(lambda one: Fraction(one, 20))


@st.composite
def lists(draw):
    return [
        Facts(
            str(at),
            cost=draw(st.integers(1, 10**9)),
            after_five=draw(SHARES),
            funded=draw(st.none() | st.booleans()),
            asked=draw(st.none() | st.integers(0, 9)),
            people=draw(st.none() | st.integers(0, 999)),
            households=draw(st.none() | st.integers(0, 999)),
            appearance=draw(SHARES),
        )
        for at in range(draw(st.integers(0, 5)))
    ]


@given(lists(), lists())
def test_labels_share_all_the_money_and_a_list_is_never_worse_than_itself(some, more):
    year = balance(2026, some)
    assert sum(year.labels.values()) == year.money == sum(one.cost for one in some)
    for name in year.shares:
        assert year.share(name) is None or 0 <= year.share(name) <= 1
    again = compare(year, [balance(2025, some)])
    assert not again.those("worse") and not again.those("better")
    # What is better one way round is worse the other way round.
    there = compare(year, [balance(2025, more)])
    back = compare(balance(2026, more), [balance(2025, some)])
    assert there.those("better") == back.those("worse")


def test_two_things_of_one_name_are_refused():
    with pytest.raises(AppraisalError):
        balance(2026, [ROAD, ROAD])
