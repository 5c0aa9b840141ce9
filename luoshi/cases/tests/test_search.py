"""Cases are found in their own town, by those who may see them."""

from datetime import timedelta

from django_scopes import scope

from luoshi.cases.queries import search_cases
from luoshi.cases.tests.test_main_job import dispatched
from luoshi.conftest import build_town


def test_hits_of_another_town_do_not_push_out_ones_own(place, monkeypatch):
    monkeypatch.setattr("luoshi.core.search.find.MOST_HITS", 2)
    mine = [dispatched(place).case.pk for _case in range(2)]
    other = build_town("other")
    with scope(town=other.town):
        for _case in range(6):
            dispatched(other)
    found = search_cases(place.staff("dispatcher"), "路灯")
    assert [case.pk for case in found] == mine[::-1]


def test_hits_that_one_may_not_see_do_not_push_out_older_months(
    place, monkeypatch, clock
):
    monkeypatch.setattr("luoshi.core.search.find.MOST_HITS", 2)
    mine = dispatched(place).case
    clock.tick(timedelta(days=40))
    for _case in range(6):
        dispatched(place, "Water")
    found = search_cases(place.staff("handler"), "路灯")
    assert [case.pk for case in found] == [mine.pk]
