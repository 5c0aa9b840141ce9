"""Figures: each number opens the list that it counts, and kept months stay true."""

import html
import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.cases.actions import judge_case, receive_case, seal_case
from luoshi.cases.figures.counts import count_between
from luoshi.cases.figures.months import by_month_received, counts_of
from luoshi.cases.figures.page import figures_page
from luoshi.cases.figures.periods import PERIODS, Period, period_named
from luoshi.cases.models import MonthFigures
from luoshi.commitments import actions
from luoshi.commitments.models import Commitment, Handback
from luoshi.core.actors import RESIDENT
from luoshi.core.clock import today
from luoshi.core.refusals import Refusal
from luoshi.ui.charts import HEIGHT, columns

from .test_main_job import dispatched, handed_in


def told(place):
    return receive_case(
        **dict(town=place.town, text="路灯不亮", actor=RESIDENT, channel="web"),
        village=place.village,
    )


def finish(place, clock, solved="solved", satisfied="satisfied", days=1):
    """Play a case to its verdict."""
    receipt = handed_in(place)
    clock.tick(timedelta(days=days))
    actions.accept_commitment(
        receipt.case.commitment_id, actor=place.staff("inspector")
    )
    judge_case(receipt.reporter.pk, solved=solved, satisfied=satisfied)
    return receipt


def numbers_on(place, period):
    page = place.client("leader").get(
        f"/{place.town.code}/work/figures/?period={period}"
    )
    assert page.status_code == 200
    found = re.findall(
        r'href="([^"]+list/[^"]+)" data-number="(\d+)"', page.content.decode()
    )
    return {html.unescape(url): int(number) for url, number in found}


def list_of(place, url):
    """Walk the pages of a list; return its total and how many rows came."""
    client, rows, total, address = place.client("leader"), 0, None, url
    while address:
        text = client.get(address).content.decode()
        total = total or int(re.search(r'data-total="(\d+)"', text).group(1))
        rows += text.count("<li data-row>")
        older = re.search(r'<nav[^>]*><a class="button" href="(\?[^"]+)"', text)
        address = url.split("?")[0] + html.unescape(older.group(1)) if older else ""
    return total, rows


@pytest.mark.parametrize("period", PERIODS)
def test_an_empty_town_has_figures_too(place, period):
    found = numbers_on(place, period)
    assert found and not any(found.values())


def test_each_number_opens_the_list_that_it_counts(place, clock):
    for number in range(12):
        finish(place, clock, *[("solved", "satisfied"), ("partly", "not")][number % 2])
    told(place)
    dispatched(place)
    merged, head = told(place), told(place)
    actions.merge_commitments(
        merged.case.commitment_id,
        head_id=head.case.commitment_id,
        actor=place.staff("dispatcher"),
    )
    clock.tick(timedelta(days=20))
    for period in PERIODS:
        found = numbers_on(place, period)
        assert len(found) > 20 and any(found.values())
        for url, number in found.items():
            assert list_of(place, url) == (number, number), url
    page = figures_page(place.town, "twelve")
    assert page.numbers["closed"].value == 12
    assert [rate.percent for rate in page.rates] == [100, 50, 50]
    assert page.numbers["merged"].value == 1


def test_what_was_asked_of_above_is_counted_apart(place, clock):
    receipt = dispatched(place)
    pk = receipt.case.commitment_id
    owner = place.staff(Commitment.objects.get(pk=pk).owner.name)
    actions.take_commitment(pk, actor=owner)

    def counted(period):
        numbers = figures_page(place.town, period).numbers
        return numbers["above"].value, numbers["above_waiting"].value

    assert counted("month") == (0, 0)
    until = today() + timedelta(days=3)
    above = actions.Above("lift", "县水利局", "王科长", "请派人", until)
    for answer in ("知道了", "来人看过"):
        actions.ask_higher(pk, above=above, actor=owner)
        assert counted("month") == (1, 1), "once, however often it was asked"
        actions.note_higher_answer(pk, answer=answer, actor=owner)
    clock.tick(timedelta(days=35))
    assert (counted("month"), counted("last")) == ((0, 0), (1, 0))
    assert not Handback.objects.exists()
    page = figures_page(place.town, "last")
    url = f"/{place.town.code}/work/figures/list/?{page.numbers['above'].asked.query()}"
    assert list_of(place, url) == (1, 1)
    assert place.client("water").get(url).status_code == 403


def test_fewer_than_ten_are_counted_and_not_rated(place, clock):
    for _number in range(9):
        finish(place, clock)
    assert [rate.percent for rate in figures_page(place.town, "twelve").rates] == [
        None,
        None,
        None,
    ]
    finish(place, clock, solved="partly")
    rates = figures_page(place.town, "twelve").rates
    assert [rate.percent for rate in rates] == [100, 90, 100]


def test_the_least_said_counts(place, clock):
    receipt = finish(place, clock, satisfied="neutral")
    commitment = receipt.case.commitment
    commitment.refresh_from_db()
    assert commitment.satisfied == "neutral"


def test_offices_stand_in_their_own_order(place, clock):
    finish(place, clock)
    told(place)
    names = [line.name for line in figures_page(place.town, "twelve").offices]
    order = [place.office(name).position for name in names]
    assert order == sorted(order)


STEPS = st.lists(
    st.sampled_from(["tell", "finish", "merge", "undo", "day", "month"]), max_size=14
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(STEPS)
def test_kept_months_are_what_a_fresh_count_gives(place, clock, steps):
    open_ones, merges = [], []
    for step in steps:
        if step == "tell":
            open_ones.append(told(place))
        elif step == "finish":
            finish(place, clock)
        elif step == "merge" and len(open_ones) > 1:
            pair = [one.case.commitment_id for one in open_ones[-2:]]
            try:
                merge = actions.merge_commitments(
                    pair[0], head_id=pair[1], actor=place.staff("dispatcher")
                )
            except Refusal:
                continue
            merges.append(merge.pk)
        elif step == "undo" and merges:
            actions.undo_merge(merges.pop(), actor=place.staff("dispatcher"))
        elif step in ("day", "month"):
            clock.tick(timedelta(days=2 if step == "day" else 33))
        _all_true(place)


def _all_true(place):
    for month in period_named("twelve").months[-4:]:
        one = Period(month, month)
        fresh = count_between(one.since, one.until).sum()
        assert counts_of(place.town, one).sum() == +fresh


def test_past_months_are_kept_and_cost_one_query(
    place, clock, django_assert_num_queries
):
    finish(place, clock)
    clock.tick(timedelta(days=70))
    past = period_named("last")
    counts_of(place.town, past)
    assert MonthFigures.objects.exclude(data=None).exists()
    with django_assert_num_queries(1):
        counts_of(place.town, past)


def test_of_the_present_month_only_the_last_days_are_counted(place, clock):
    present = period_named("month")

    def received():
        return counts_of(place.town, present).sum()["received"]

    first = told(place).case.commitment
    assert (received(), MonthFigures.objects.count()) == (1, 0)
    clock.tick(timedelta(days=2))
    head = told(place).case.commitment
    assert received() == 2
    kept = MonthFigures.objects.get()
    # One row of counts: what came in today is not in it.
    assert [row[2:].count(1) for row in kept.data["rows"]] == [1]
    actions.merge_commitments(
        first.pk, head_id=head.pk, actor=place.staff("dispatcher")
    )
    kept.refresh_from_db()
    assert kept.data is None
    assert received() == 1


def test_columns_begin_at_zero_and_fit():
    chart = columns(["1", "2"], [0, 5], [10, 0])
    assert [bar.height for bar in chart.first] == [0, HEIGHT / 2]
    assert all(bar.y + bar.height == HEIGHT for bar in chart.first + chart.second)
    assert columns([], [], []).most == 1
    assert columns(["1"], [0], [0]).first[0].height == 0


def by_receipt(place, month):
    return by_month_received(Period(month, month))[month].sum()


def test_by_receipt_each_number_opens_the_list_that_it_counts(place, clock):
    for number in range(3):
        finish(place, clock, *[("solved", "satisfied"), ("partly", "not")][number % 2])
    told(place)
    clock.tick(timedelta(days=40))
    told(place)
    for period in PERIODS:
        found = numbers_on(place, f"{period}&by=received")
        assert len(found) > 20
        for url, number in found.items():
            assert list_of(place, url) == (number, number), url
    page = figures_page(place.town, "twelve", "received")
    numbers = {name: one.value for name, one in page.numbers.items()}
    assert [numbers[n] for n in ("received", "closed", "not_over")] == [5, 3, 2]


def test_a_matter_counts_in_the_month_of_its_receipt_or_of_its_closing(place, clock):
    first = period_named("month").first
    finish(place, clock, days=40)
    last = period_named("month").first
    assert first != last
    closing = counts_of(place.town, Period(first, first)).sum()
    assert (closing["received"], closing["closed"]) == (1, 0)
    assert by_receipt(place, first)["closed"] == 1
    assert by_receipt(place, last)["closed"] == 0
    assert counts_of(place.town, Period(last, last)).sum()["closed"] == 1


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(STEPS)
def test_both_ways_count_what_a_plain_count_gives(place, clock, steps):
    for step in steps:
        if step == "tell":
            told(place)
        elif step == "finish":
            finish(place, clock)
        elif step in ("day", "month"):
            clock.tick(timedelta(days=2 if step == "day" else 33))
    for month in period_named("twelve").months[-3:]:
        one = Period(month, month)
        plain = [
            matter
            for matter in Commitment.objects.filter(kind="case")
            if one.since <= matter.started_at < one.until and matter.ending != "merged"
        ]
        counted = by_receipt(place, month)
        assert counted["received"] == len(plain)
        over = [matter for matter in plain if matter.state == "closed"]
        assert counted["closed"] == len(over)
        assert counted["not_over"] == len(plain) - len(over)
        solved = [matter for matter in over if matter.ending == "solved"]
        assert counted["solved"] == len(solved)


def test_a_sealed_matter_is_in_no_number_either_way(place, clock):
    case = told(place).case
    month = period_named("month").first
    assert by_receipt(place, month)["received"] == 1
    seal_case(case.pk, kind="conduct", actor=place.staff("dispatcher"))
    assert by_receipt(place, month) == {}
    assert counts_of(place.town, Period(month, month)).sum()["received"] == 0
