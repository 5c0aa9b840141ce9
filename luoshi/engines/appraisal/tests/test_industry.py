"""An industry that needs years: its money, its risks, and its yearly word."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.engines.appraisal import AppraisalError, Venture, Word, follow, returns
from luoshi.engines.appraisal.industry import LONGEST, SHORTEST, check_word

# Tea: planted in 2026, the first leaf that anybody may ask for in 2029.
TEA = Venture(
    "tea",
    begins=2026,
    income_from=2029,
    paid=(400_000_00, 100_000_00, 0, 0, 0, 0),
    running=(50_000_00,) * 6,
    sales=(0, 0, 0, 300_000_00, 500_000_00, 600_000_00),
    farmers=Fraction(4, 10),
    price_risk=Fraction(3, 10),
    harvest_risk=Fraction(2, 10),
)
NO_RATE = Fraction(0)


def test_the_money_of_each_year_as_planned():
    found = returns(TEA, NO_RATE)
    assert [row.to_farmers for row in found.rows] == [
        *(0, 0, 0, 120_000_00, 200_000_00, 240_000_00)
    ]
    assert [row.balance for row in found.rows] == [
        -450_000_00,
        -600_000_00,
        -650_000_00,
        -520_000_00,
        -270_000_00,
        40_000_00,
    ]
    assert found.paid_back == 2031
    assert found.net_now == 40_000_00
    # 60 % of 1,400,000 stays; 40,000 of those 840,000 may be missing.
    assert found.can_fall == Fraction(4, 84)


def test_with_the_risks_come_true_it_is_not_paid_back():
    found = returns(TEA, NO_RATE, risks=True)
    # 70 % of the price for 80 % of the harvest.
    assert [row.sales for row in found.rows][3:] == [
        *(168_000_00, 280_000_00, 336_000_00)
    ]
    assert found.paid_back is None
    assert found.can_fall is None
    assert found.farmers_now == Fraction(4, 10) * 784_000_00


def test_income_later_is_worth_less():
    assert returns(TEA, Fraction(8, 100)).net_now < returns(TEA, NO_RATE).net_now


@given(
    st.integers(SHORTEST, LONGEST),
    st.integers(0, 100),
    st.lists(st.integers(0, 10**8), min_size=30, max_size=30),
)
def test_nothing_is_lost_between_farmers_and_the_rest(years, percent, amounts):
    sales = (0, *amounts[1:years])
    venture = Venture(
        "v",
        2026,
        2027,
        tuple(amounts[10 : 10 + years]),
        tuple(amounts[20 : 20 + years]),
        sales,
        Fraction(percent, 100),
    )
    found = returns(venture, Fraction(8, 100))
    for row in found.rows:
        assert row.sales == row.to_farmers + row.running + row.left
    assert found.rows[-1].balance == sum(row.left - row.paid for row in found.rows)
    if found.paid_back:
        late = [row for row in found.rows if row.year >= found.paid_back]
        assert all(row.balance >= 0 for row in late)
    if found.can_fall is not None:
        assert 0 <= found.can_fall <= 1


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"paid": (1,) * 4, "running": (0,) * 4, "sales": (0,) * 4}, "years"),
        ({"paid": (1,) * 11, "running": (0,) * 11, "sales": (0,) * 11}, "years"),
        ({"sales": (0,) * 5}, "sales"),
        ({"income_from": 2026}, "income_from"),
        ({"income_from": 2032}, "income_from"),
        ({"income_from": 2030}, "sales"),
        ({"paid": (-1, 0, 0, 0, 0, 0)}, "paid"),
        ({"farmers": Fraction(11, 10)}, "farmers"),
        ({"price_risk": Fraction(-1, 10)}, "price_risk"),
    ],
)
def test_a_bad_plan_is_refused(bad, field):
    with pytest.raises(AppraisalError) as refused:
        replace(TEA, **bad)
    assert refused.value.field == field


def on(year):
    return Word(year, True, "Nine tenths of the plants have taken.", "Party committee")


def stop(year):
    return Word(year, False, "The frost took them twice.", "Party committee")


def test_no_income_is_asked_before_the_stated_year():
    assert not follow(TEA, [], 2028).income_asked
    assert follow(TEA, [], 2029).income_asked


def test_each_year_after_the_first_wants_a_word():
    assert follow(TEA, [], 2026).due is None
    assert follow(TEA, [], 2027).due == 2027
    assert follow(TEA, [on(2027)], 2027).due is None
    late = follow(TEA, [on(2027)], 2030)
    assert (late.due, late.missed) == (2030, (2028, 2029))
    # After its last year nothing more is due, but what was missed stays missed.
    over = follow(TEA, [on(2027)], 2040)
    assert over.over and over.due is None
    assert over.missed == (2028, 2029, 2030, 2031)


def test_what_was_stopped_wants_no_word_and_no_income():
    stopped = follow(TEA, [on(2027), stop(2028)], 2030)
    assert stopped.over and stopped.stopped.year == 2028
    assert (stopped.due, stopped.missed, stopped.income_asked) == (None, (), False)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([replace(on(2027), reason="  ")], "missing"),
        ([on(2026)], "bounds"),
        ([on(2032)], "bounds"),
        ([on(2027), stop(2027)], "twice"),
        ([stop(2027), on(2028)], "stopped"),
    ],
)
def test_a_bad_word_is_refused(words, code):
    with pytest.raises(AppraisalError) as refused:
        follow(TEA, words, 2030)
    assert refused.value.code == code


def test_a_word_for_a_year_before_the_stop_may_still_come():
    check_word(TEA, on(2027), [stop(2028)])
