"""Cases are found in their own town, by those who may see them, titles first."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, transaction
from django_scopes import scope

from luoshi.cases.actions import receive_case
from luoshi.cases.found import search_work
from luoshi.cases.ledger import Filters, ledger_page
from luoshi.cases.models import Case, Publication
from luoshi.cases.queries import search_cases
from luoshi.cases.tests.test_ledger import publish
from luoshi.cases.tests.test_ledger import told as to_publish
from luoshi.cases.tests.test_main_job import dispatched
from luoshi.cases.tests.test_parts import lead, part_of
from luoshi.commitments.actions.dispatch import open_within, prepare_opening
from luoshi.commitments.models import Kind
from luoshi.conftest import Browser, build_town
from luoshi.core.actors import RESIDENT
from luoshi.core.clock import now


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


def tell(place, text):
    return receive_case(
        town=place.town, text=text, actor=RESIDENT, channel="web", village=place.village
    ).case


LONG = "村里修了一条新路，两边种了树，大家都说好，只是到了晚上什么也看不见，因为"


def test_who_says_it_in_the_title_comes_before_who_says_it_later(place, clock):
    titled = tell(place, "路灯不亮。")
    clock.tick(timedelta(days=1))
    later = tell(place, f"{LONG}没有路灯<b>。")
    dispatcher = place.staff("dispatcher")
    assert [one.pk for one in search_cases(dispatcher, "路灯")] == [titled.pk, later.pk]
    page = (
        place.client("dispatcher")
        .get(f"/{place.town.code}/work/search/?q=路灯")
        .content.decode()
    )
    first, second = page.split("<tr data-row>")[1:]
    assert "<mark>路灯</mark>不亮" in first and "…" not in first
    assert "没有<mark>路灯</mark>&lt;b&gt;。" in second and "…" in second


def test_the_ledger_gives_titles_first_page_by_page_and_marks_them(
    place, monkeypatch, clock
):
    monkeypatch.setattr("luoshi.cases.ledger.ROWS", 2)
    wanted = []
    for title, words in (
        *(("水泵修好", "桥头的水泵"), ("路灯修好", "路灯")),
        *(("道路整治", "沿路装路灯"), ("小桥加固", "桥边装路灯")),
    ):
        case = to_publish(place).case
        publish(place, case, title=title, words=words)
        clock.tick(timedelta(minutes=7))
        wanted.append(title)
    seen, after, turns = [], "", 0
    while not turns or after:
        page = ledger_page(place.town, Filters(words="路灯"), after)
        seen += [one.commitment.publication.title for one in page.entries]
        after, turns = page.older, turns + 1
    assert (seen, turns) == (["路灯修好", "小桥加固", "道路整治"], 2)
    shown = Browser().get(f"/{place.town.code}/open/?q=路灯").content.decode()
    assert "<mark>路灯</mark>修好" in shown and "桥边装<mark>路灯</mark>" in shown
    odd = Browser().get(f"/{place.town.code}/open/?q=路灯&after=-1~x")
    assert odd.status_code == 200


def indexed_terms():
    sql = {
        "sqlite": "SELECT rowid, terms FROM core_searchterms",
        "postgresql": (
            "SELECT id, array_to_string(tsvector_to_array(terms), ' ') "
            "FROM core_searchterms"
        ),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        return {pk: set(terms.split()) for pk, terms in cursor.fetchall()}


def test_what_was_indexed_before_is_built_anew_as_it_is_indexed_today(place):
    tell(place, f"３ 栋2单元没有WIFI\u200b信号，{LONG}\n第二行")
    publish(place, to_publish(place).case, title="G318国道", words="限高杆")
    before = indexed_terms()
    assert len(before) == 3 and Publication.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_searchterms")
    migration = import_module("luoshi.cases.migrations.0015_search_titles")
    migration.build(apps, SimpleNamespace(connection=connection))
    assert indexed_terms() == before


@pytest.mark.parametrize("text", ["。。。。", "👍👍👍", "…… ！"])
def test_what_has_nothing_to_be_found_by_is_received_all_the_same(place, text):
    case = tell(place, text)
    assert search_cases(place.staff("dispatcher"), text) == []
    assert Case.objects.get(pk=case.pk).text == text


def test_a_part_is_found_once_and_leads_to_its_page(place):
    part = part_of(place, lead(place))
    page = place.client("handler").get(f"/{place.town.code}/work/search/?q=水渠").text
    assert page.count("<mark>水渠</mark>") == 1
    assert f"/work/case/{part.number}/" in page
    assert search_work(place.staff("handler"), "水渠") == []


def test_what_answers_no_case_is_found_and_where_it_is_read(place):
    opening = prepare_opening(place.town, now())
    with transaction.atomic():
        owed = open_within(opening, kind=Kind.MILESTONE, number="M-1", title="打好地基")
    assert search_work(place.staff("dispatcher"), "地基") == [owed]
    assert search_work(place.staff("handler"), "地基") == []
