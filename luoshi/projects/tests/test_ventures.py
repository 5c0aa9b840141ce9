"""What needs years: begun with its risks, asked once a year, handed on."""

from dataclasses import replace
from datetime import date

import pytest
from django_scopes import scopes_disabled
from hypothesis import given
from hypothesis import strategies as st

from luoshi.conftest import Browser
from luoshi.core.actions.handover import Successor, hand_posts_over
from luoshi.core.clock import at
from luoshi.core.models import Notice, Person, Tenure, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.projects import ventures
from luoshi.projects.actions.ventures import (
    Beginning,
    YearsWord,
    ask_for_words,
    begin_venture,
    open_ventures,
    say_word,
    years_of,
)
from luoshi.projects.models import Venture, VentureWord
from luoshi.projects.tests.play import join

TEA = Beginning(
    title="高山茶",
    why="坡地种粮不够本，茶要三年才能采。",
    kind="crop",
    village_id=None,
    begins=2026,
    years=6,
    income_from=2029,
    full_from=2031,
    paid=50_000_000,
    pay_years=2,
    running=5_000_000,
    first_sales=30_000_000,
    full_sales=60_000_000,
    sharing="price",
    farmers=40,
    price_risk=30,
    harvest_risk=20,
    risk_words="邻县的茶也多起来了。",
    leader_id=0,
)
ON = YearsWord(2027, True, "成活九成。", "党委会，12月3日")


def begun(place, **more):
    """Begin it in the leader's hands."""
    leader = place.staff("leader")
    told = replace(TEA, leader_id=leader.person.pk, **more)
    return begin_venture(told, actor=leader)


def test_a_leader_begins_it_with_its_plan_and_answers_for_it(place):
    told = replace(TEA, leader_id=place.staff("leader").person.pk)
    with pytest.raises(NotAllowed):
        begin_venture(told, actor=place.staff("dispatcher"))
    assert not Venture.objects.exists()
    venture = begun(place)
    assert [one.sales for one in venture.plan.all()] == [
        *(0, 0, 0, 30_000_000, 45_000_000, 60_000_000)
    ]
    assert [one.paid for one in venture.plan.all()] == [
        *(25_000_000, 25_000_000, 0, 0, 0, 0)
    ]
    assert venture.holders.get().position == "leader"
    assert TrailEntry.objects.get(code="projects.venture_begun").person.name == "leader"
    # Nobody is told what they did themselves.
    assert not Notice.objects.filter(code="projects.venture_yours").exists()


WRONG = [
    ({"title": " "}, "title_missing"),
    ({"why": " "}, "need_missing"),
    ({"risk_words": " "}, "risk_missing"),
    ({"why": "找老王13812345678"}, "holds_personal"),
    ({"years": 4, "full_from": 2029}, "venture_bad"),
    ({"years": 11}, "venture_bad"),
    ({"income_from": 2026}, "venture_bad"),
    ({"pay_years": 0}, "venture_bad"),
    ({"pay_years": 7}, "venture_bad"),
    ({"full_from": 2028}, "full_later"),
    ({"full_from": 2032}, "full_later"),
    ({"paid": -1}, "sum_absurd"),
    ({"full_sales": 10**14}, "sum_absurd"),
    ({"full_sales": 1}, "sales_grow"),
]


@pytest.mark.parametrize(("wrong", "code"), WRONG)
def test_what_does_not_fit_is_refused(place, wrong, code):
    with pytest.raises(Refusal, match=code):
        begun(place, **wrong)
    assert not Venture.objects.exists()


def test_only_a_leader_answers_for_it(place):
    handler = place.staff("handler").person.pk
    with pytest.raises(Refusal, match="no_leader"):
        begin_venture(replace(TEA, leader_id=handler), actor=place.staff("leader"))


@given(
    st.integers(5, 10),
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(1, 10),
    st.integers(0, 10**9),
)
def test_every_year_adds_up_and_sales_never_fall(years, wait, grow, pay, paid):
    told = replace(
        TEA,
        years=years,
        income_from=TEA.begins + wait,
        full_from=TEA.begins + wait + grow,
        pay_years=min(pay, years),
        paid=paid,
    )
    plan = list(years_of(told))
    assert sum(one[1] for one in plan) == paid
    sales = [one[3] for one in plan]
    assert sales == sorted(sales)
    assert not any(sales[: min(wait, years)])
    assert max(sales) <= told.full_sales
    if wait + grow < years:
        assert sales[wait + grow] == told.full_sales


def test_nobody_asks_for_income_before_the_year_that_is_written_down(place):
    venture = begun(place)
    url = f"/{place.town.code}/projects/years/{venture.number}/"
    assert "2029年以前不要它的收入" in Browser().get(url).content.decode()
    with at("2029-02-01 09:00"):
        assert ventures.full(venture).standing.income_asked
        assert "2029年起可以要它的收入" in Browser().get(url).content.decode()


def test_once_a_year_a_word_is_owed_with_its_reason(place):
    venture, leader = begun(place), place.staff("leader")
    assert ventures.years_without_word(venture) == []
    with pytest.raises(Refusal, match="word_early"):
        say_word(venture.pk, ON, actor=leader)
    with at("2028-01-10 09:00"):
        assert ventures.years_without_word(venture) == [2027, 2028]
        with pytest.raises(NotAllowed):
            say_word(venture.pk, ON, actor=place.staff("dispatcher"))
        for wrong, code in (
            ({"reason": " "}, "why_missing"),
            ({"decided_by": ""}, "decider_missing"),
            ({"year": 2026}, "word_bounds"),
            ({"reason": "找13812345678"}, "holds_personal"),
        ):
            with pytest.raises(Refusal, match=code):
                say_word(venture.pk, replace(ON, **wrong), actor=leader)
        assert not VentureWord.objects.exists()
        say_word(venture.pk, ON, actor=leader)
        with pytest.raises(Refusal, match="word_twice"):
            say_word(venture.pk, ON, actor=leader)
        assert ventures.years_without_word(Venture.objects.get()) == [2028]
        entry = TrailEntry.objects.get(code="projects.venture_goes_on")
        assert (entry.data["year"], entry.person.name) == (2027, "leader")


def test_what_is_stopped_stays_to_be_read_and_owes_nothing(place):
    venture, leader = begun(place), place.staff("leader")
    with at("2028-01-10 09:00"):
        stop = YearsWord(2027, False, "冻了两回。", "党委会")
        say_word(venture.pk, stop, actor=leader)
        with pytest.raises(Refusal, match="word_stopped"):
            say_word(venture.pk, replace(ON, year=2028), actor=leader)
        assert ventures.years_without_word(Venture.objects.get()) == []
        assert Venture.objects.get().state == "stopped"
        assert not open_ventures(leader.person).exists()
        url = f"/{place.town.code}/projects/years/"
        assert "冻了两回" in Browser().get(url).content.decode()


def test_it_goes_over_with_the_post_and_outlives_who_began_it(place):
    venture = begun(place)
    stopped = begun(place, title="停了的")
    VentureWord.objects.create(
        town=place.town,
        venture=stopped,
        year=2027,
        go_on=False,
        reason="冻了",
        decided_by="党委会",
        at=stopped.began_at,
        by=stopped.leader,
    )
    join(place, "newcomer", "handler", "Roads")
    taker = Person.objects.get(name="newcomer")
    tenure = Tenure.objects.get(person__name="leader", until=None)
    hand_posts_over(
        [Successor(tenure.pk, taker.pk)],
        day=date(2026, 3, 2),
        actor=place.staff("administrator"),
    )
    venture.refresh_from_db()
    assert venture.leader == taker
    assert [one.person.name for one in venture.holders.all()] == ["leader", "newcomer"]
    assert Notice.objects.filter(code="projects.venture_yours", person=taker).exists()
    assert TrailEntry.objects.filter(code="projects.venture_handed").count() == 1
    # Plan and words stay as they were; what was stopped is nobody's to carry on.
    assert venture.plan.count() == 6
    stopped.refresh_from_db()
    assert stopped.leader.name == "leader"
    page = Browser().get(f"/{place.town.code}/projects/years/{venture.number}/")
    # The public reads positions and no names.
    assert "newcomer" not in page.content.decode()


def test_it_is_begun_and_spoken_of_on_its_pages(place):
    base = f"/{place.town.code}/work/projects/years/"
    leader = place.client("leader")
    form = leader.get(f"{base}new/").context["form"]
    fields = {bound.html_name: bound.value() for bound in form if bound.value()}
    fields |= {
        **{"title": "民宿", "why": "老屋空着。", "kind": "tourism"},
        **{"paid": "500000", "running": "20000", "first_sales": "100000"},
        **{"full_sales": "400000", "sharing": "rent", "farmers": "30"},
        **{"risk_words": "游客只在周末来。", "price_risk": "20", "harvest_risk": "10"},
    }
    assert place.client("dispatcher").get(f"{base}new/").status_code == 403
    assert leader.post(f"{base}new/", fields | {"years": "3"}).status_code == 422
    assert leader.post(f"{base}new/", fields).status_code == 302
    venture = Venture.objects.get()
    word = f"{base}{venture.number}/word/"
    told = {
        **{"year": venture.begins + 1, "go_on": "no"},
        **{"reason": "没有客人。", "decided_by": "党委会"},
    }
    # No year wants a word yet, so none can be chosen.
    assert leader.post(word, told).status_code == 422
    with at(f"{venture.begins + 1}-12-10 09:00"):
        later = place.client("leader")
        assert later.post(word, told | {"reason": ""}).status_code == 422
        assert later.post(word, told).status_code == 302
        page = later.get(f"{base}{venture.number}/").content.decode()
    assert "没有客人。" in page


def test_the_years_word_is_asked_for_once_from_october_on(place):
    venture = begun(place)
    asked = Notice.objects.filter(code="projects.word_due")
    with scopes_disabled():
        assert ask_for_words() == 0
        with at("2027-09-30 09:00"):
            assert ask_for_words() == 0
        with at("2027-10-01 09:00"):
            assert ask_for_words() == 1
            assert ask_for_words() == 0
    assert asked.get().person.name == "leader"
    assert TrailEntry.objects.get(code="projects.word_asked").data["year"] == 2027
    with at("2028-03-01 09:00"):
        told = replace(ON, year=2028)
        say_word(venture.pk, told, actor=place.staff("leader"))
    # What has its word, and what is over, is not asked for.
    with scopes_disabled():
        for day in ("2028-10-02 09:00", "2032-10-02 09:00"):
            with at(day):
                assert ask_for_words() == 0


def test_those_that_owe_a_word_come_first(place):
    begun(place)
    later = begun(place, title="民宿", begins=2024, income_from=2027, full_from=2028)
    assert ventures.listed(place.town)[0].venture == later
