"""The figure: closed forms, the example by hand, and sums that agree to the fen."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.engines.appraisal import AppraisalError, Method, Span, appraise, ranges
from luoshi.engines.appraisal.money import rows_in_fen, to_fen
from luoshi.engines.appraisal.tests.made import PATH, plain, plan, plans

EVEN = Method(rate=Span.of(0), water_rate=Span.of(0))
METHODS = st.sampled_from(
    [
        Method(),
        EVEN,
        Method(apart=False),
        Method(horizon=10),
        Method(weight=Fraction(3, 2)),
    ]
)


def test_the_example_of_the_docs():
    one = appraise(PATH)
    assert [row.benefit for row in one.rows] == [0] + [90_000_00] * 5
    assert [row.benefit_now for row in one.rows] == [
        *(0, 83_333_33, 77_160_50, 71_444_90, 66_152_69, 61_252_48)
    ]
    assert [row.upkeep_now for row in one.rows] == [
        *(0, 4_629_63, 4_286_69, 3_969_16, 3_675_15, 3_402_92)
    ]
    assert (one.benefit, one.build, one.upkeep) == (
        *(359_343_90, 300_000_00, 19_963_55),
    )
    assert one.net == 39_380_35
    assert one.per_yuan == Fraction(39_380_35, 319_963_55)
    assert round(one.per_yuan, 4) == Fraction(1231, 10_000)
    assert to_fen(one.per_household) == 328_17
    assert one.after_five == 0


def test_without_discount_it_is_plain_arithmetic():
    one = appraise(plan("p", years=Span.of(30)), EVEN)
    assert one.benefit == 30 * 90_000_00
    assert one.cost == 300_000_00 + 30 * 5_000_00
    assert one.after_five == Fraction(25, 30)


@pytest.mark.parametrize(("rate", "factor"), [(8, "11.2577833"), (6, "13.7648312")])
def test_thirty_years_have_the_factor_of_the_tables(rate, factor):
    method = Method(rate=Span.of(Fraction(rate, 100)))
    one = appraise(plan("p", years=Span.of(30)), method)
    assert abs(one.benefit - 90_000_00 * Decimal(factor)) < 1


def test_what_lasts_longer_than_the_horizon_counts_up_to_it():
    longer = appraise(plan("p", years=Span.of(50)))
    assert longer.years == 30
    assert longer.net == appraise(plan("p", years=Span.of(30))).net


def test_money_over_two_years_puts_use_off_by_one():
    half = Fraction(1, 2)
    one = appraise(plan("p", spread=(half, half)), EVEN)
    assert [row.build for row in one.rows][:3] == [150_000_00, 150_000_00, 0]
    assert [row.benefit for row in one.rows][:3] == [0, 0, 90_000_00]
    assert len(one.rows) == 7


def test_water_has_its_own_rate_unless_switched_off():
    water = plan("p", water=True)
    assert appraise(water).rate == Fraction(6, 100)
    assert appraise(water, Method(apart=False)).rate == Fraction(8, 100)
    assert appraise(PATH).rate == Fraction(8, 100)
    assert appraise(water).benefit == to_fen(
        sum(Fraction(90_000_00) / Fraction(106, 100) ** t for t in range(1, 6))
    )


def test_without_upkeep_money_it_ends_sooner():
    kept = plan("p", years=Span.of(20), unkept=Span.of(5))
    left = plan("p", years=Span.of(20), unkept=Span.of(5), funded=False)
    assert appraise(kept).years == 20
    assert appraise(left).years == 5
    assert appraise(left).upkeep == 0
    assert appraise(left).net < appraise(kept).net


def test_hardship_counts_more_only_when_switched_on():
    poor = plan("p", hardship=Fraction(1, 4))
    assert appraise(poor).extra == 0
    assert appraise(poor).net == appraise(PATH).net
    on = appraise(poor, Method(weight=Fraction(2)))
    # A quarter of the benefit counts once more; the plain figure stays beside it.
    assert on.extra == to_fen(Fraction(on.benefit, 4))
    assert on.plain_net == appraise(PATH).net
    assert on.net == on.plain_net + on.extra
    assert on.weight == 2


def test_of_nobody_reached_nothing_is_said_per_household():
    assert appraise(plan("p", households=Span.of(0))).per_household is None
    assert appraise(plan("p", people=Span.of(0))).after_five is None


@given(plans(), METHODS)
@settings(max_examples=150, deadline=None)
def test_the_figure_is_that_of_its_twin_and_sums_agree(one, method):
    result = appraise(one, method)
    benefit, cost = plain(one, method)
    # Four parts, each rounded once.
    assert abs(result.net - (benefit - cost)) <= 2
    assert result.net == result.benefit + result.extra - result.build - result.upkeep
    assert sum(row.net_now for row in result.rows) == result.plain_net
    assert sum(row.build for row in result.rows) == one.build.central
    assert len(result.rows) == len(one.spread) + result.years


@given(st.lists(st.fractions(-(10**6), 10**6, max_denominator=997), max_size=40))
def test_rows_sum_to_the_rounded_sum_and_stay_within_a_fen(amounts):
    rows = rows_in_fen(amounts)
    assert sum(rows) == to_fen(sum(amounts, Fraction(0)))
    assert all(abs(row - exact) <= 1 for row, exact in zip(rows, amounts, strict=True))


def test_half_a_fen_goes_away_from_zero():
    assert [to_fen(Fraction(n, 2)) for n in (-3, -1, 0, 1, 3)] == [-2, -1, 0, 1, 2]


@given(plans(), METHODS)
@settings(max_examples=100, deadline=None)
def test_worst_and_best_hold_every_case_between(one, method):
    found = ranges(one, method)
    assert found.central == appraise(one, method).net
    assert found.low <= found.central <= found.high
    for swing in found.swings:
        assert found.low <= min(swing.low, swing.high)
        assert max(swing.low, swing.high) <= found.high
    widths = [swing.width for swing in found.swings]
    assert widths == sorted(widths, reverse=True)


def test_a_swing_says_where_nothing_is_gained():
    found = ranges(plan("p", people=Span.of(200, 100, 300)))
    (people, rate) = found.swings
    assert people.assumption == "people"
    assert rate.assumption == "rate"
    # 319,963.55 over 5 years at 8 % are 80,137.01 a year: 178.08 people.
    assert round(people.zero, 2) == Fraction(17808, 100)
    assert not found.sure
    assert ranges(plan("p", worth=Span.of(1000))).sure
    assert ranges(plan("p", worth=Span.of(0))).sure


BAD = [
    ("build", Span.of(0), "bounds"),
    ("build", Span.of(-5), "bounds"),
    ("build", Span.of(10**14), "bounds"),
    ("years", Span.of(0), "bounds"),
    ("years", Span.of(Decimal("2.5")), "whole"),
    ("years", Span.of(101), "bounds"),
    ("days", Span.of(367), "bounds"),
    ("people", Span.of(-1), "bounds"),
    ("people", Span.of(5, 6, 7), "order"),
    ("fades", Span.of(1), "bounds"),
    ("unkept", Span.of(0), "bounds"),
    ("hardship", Fraction(3, 2), "bounds"),
    ("spread", (), "sum"),
    ("spread", (Fraction(1, 2), Fraction(1, 3)), "sum"),
    ("spread", (Fraction(3, 2), Fraction(-1, 2)), "sum"),
]


@pytest.mark.parametrize(("name", "value", "code"), BAD)
def test_a_bad_plan_is_refused_by_the_name_of_what_is_wrong(name, value, code):
    with pytest.raises(AppraisalError) as refused:
        plan("p", **{name: value})
    assert (refused.value.field, refused.value.code) == (name, code)


def test_without_upkeep_money_its_life_must_be_known():
    with pytest.raises(AppraisalError, match="unkept"):
        plan("p", funded=False)


@pytest.mark.parametrize("value", [1.5, True, "3", Decimal("NaN"), None])
def test_only_exact_numbers_are_taken(value):
    with pytest.raises(AppraisalError):
        Span.of(value)


@pytest.mark.parametrize(
    "bad",
    [
        {"rate": Span.of(-1)},
        {"rate": Span.of(2)},
        {"horizon": 0},
        {"horizon": 101},
        {"weight": Fraction(1, 2)},
        {"weight": Fraction(11)},
    ],
)
def test_a_bad_method_is_refused(bad):
    with pytest.raises(AppraisalError):
        Method(**bad)
