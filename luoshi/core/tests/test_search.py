"""Two-character words, rare characters and Latin words are found on both databases."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.clock import now
from luoshi.core.models import SearchRow, Village
from luoshi.core.search import (
    HIT,
    Words,
    excerpt_beside,
    find_titles_first,
    highlight,
    index_within,
    query_terms,
    remove_within,
)

TEXTS = [
    "村口的路灯不亮，已经三天了",
    "垃圾车没来，路边都是垃圾",
    "𠮷祥路的WIFI信号不好，5G也没有",
    "灯会那天路很堵",
]


@pytest.fixture
def indexed(place):
    for number, text in enumerate(TEXTS, 1):
        row = SearchRow(
            town=place.town,
            kind="case",
            object_id=number,
            visibility="internal",
            at=now() + timedelta(minutes=number),
        )
        index_within(row, title=text[:6], body=text)
    return place.town


def find(town, words, *, visibility=("internal",), most=50, seen=None):
    told = Words(town, words, "case")
    return find_titles_first(told, visibility=visibility, most=most, seen=seen)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("路灯", [1]),
        ("垃圾", [2]),
        ("垃圾车没来", [2]),
        ("𠮷", [3]),
        ("wifi", [3]),
        ("ＷＩＦＩ 信号", [3]),
        ("5g", [3]),
        ("灯", [4, 1]),
        ("路", [4, 3, 1, 2]),
        ("没有的词", []),
        ("", []),
        ("\"' OR 1=1 -- * ( ) &|!:", []),
        ("，。！", []),
    ],
)
def test_words_find_what_they_should_newest_first(indexed, words, expected):
    assert find(indexed, words) == expected


def test_what_may_not_be_seen_or_was_removed_is_not_found(indexed):
    assert find(indexed, "路灯", visibility=["public"]) == []
    remove_within("case", 1)
    assert find(indexed, "路灯") == []


def plant(town, count, *, at, first=100, title="", text="路灯"):
    for number in range(first, first + count):
        row = SearchRow(
            town=town,
            kind="case",
            object_id=number,
            visibility="internal",
            at=at + timedelta(minutes=number),
        )
        index_within(row, title=title, body=text)


def test_a_common_word_gives_the_newest_first_whatever_came_in_first(
    place, monkeypatch
):
    monkeypatch.setattr("luoshi.core.search.find.MOST_HITS", 3)
    plant(place.town, 3, at=now(), first=300)
    plant(place.town, 3, at=now() - timedelta(days=40), first=400)
    plant(place.town, 10, at=now() - timedelta(days=3000), first=500)
    assert find(place.town, "路灯")[:6] == [302, 301, 300, 402, 401, 400]


def test_what_may_not_be_seen_takes_the_place_of_nothing(place):
    seen = place.village
    plant(place.town, 1, at=now(), first=seen.pk)
    plant(place.town, 4, at=now(), first=90_000)
    assert find(place.town, "路灯", most=1) == [90_003]
    villages = Village.objects.filter(pk=HIT)
    assert find(place.town, "路灯", most=1, seen=villages) == [seen.pk]


@pytest.mark.parametrize(
    ("titled", "others", "asked", "found"),
    [(0, 0, 2, 0), (0, 1, 3, 1), (0, 30, 3, 4), (30, 30, 2, 4), (2, 30, 4, 4)],
)
def test_a_search_asks_at_most_four_times_however_many_hits_there_are(
    place, monkeypatch, django_assert_num_queries, titled, others, asked, found
):
    monkeypatch.setattr("luoshi.core.search.find.MOST_HITS", 5)
    plant(place.town, titled, at=now(), title="路灯", text="")
    plant(place.town, others, at=now() + timedelta(days=1), first=200)
    with django_assert_num_queries(asked):
        hits = find(place.town, "路灯", most=4)
    assert len(hits) == found
    assert sum(hit < 200 for hit in hits) == min(titled, 4), "titles first"


def test_marks_are_set_around_escaped_text():
    marked = highlight("<b>路灯</b>不亮", "路灯")
    assert marked == "&lt;b&gt;<mark>路灯</mark>&lt;/b&gt;不亮"


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("ＷＩＦＩ很慢，wifi6快", "wifi", "<mark>ＷＩＦＩ</mark>很慢，wifi6快"),
        ("3 栋和13栋", "3栋", "<mark>3 栋</mark>和13栋"),
        ("路\u200b灯", "路灯", "<mark>路\u200b灯</mark>"),
        ("垃圾车没来", "垃圾车没", "<mark>垃圾车没</mark>来"),
        ("灯火", "路灯", "灯火"),
        ("灯", "", "灯"),
    ],
)
def test_what_made_it_found_is_marked_as_it_was_written(text, words, marked):
    assert highlight(text, words) == marked


@given(st.text(max_size=30), st.text(max_size=10))
def test_marks_change_nothing_else(text, words):
    marked = highlight(text, words)
    assert marked.replace("<mark>", "").replace("</mark>", "") == escape(text)


def test_an_excerpt_shows_what_the_title_does_not():
    text = "长" * 50 + "路灯" + "短" * 80
    shown = excerpt_beside("水泵", text, "路灯")
    assert shown == f"…{'长' * 20}<mark>路灯</mark>{'短' * 38}…"
    assert excerpt_beside("路灯坏了", text, "路灯") == ""
    assert excerpt_beside("水泵", "只在录音里", "路灯") == ""


def test_a_very_long_query_is_cut():
    assert len(query_terms("长" * 10_000)) <= 60


def test_what_was_indexed_before_gets_its_town_and_month(place):
    plant(place.town, 1, at=now(), first=600)
    vector = "'路灯'" if connection.vendor == "sqlite" else "'路灯'::tsvector"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE core_searchterms SET terms = {vector}")
    assert find(place.town, "路灯") == []
    tags = import_module("luoshi.core.migrations.0003_search_tags").TAGS
    with connection.cursor() as cursor:
        cursor.execute(tags[connection.vendor])
    assert find(place.town, "路灯") == [600]
