"""Two-character words, rare characters and Latin words are found on both databases."""

from datetime import timedelta

import pytest

from luoshi.core.clock import now
from luoshi.core.models import SearchRow
from luoshi.core.search import find, highlight, index_within, query_terms, remove_within

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
        ("路", [4, 3, 2, 1]),
        ("没有的词", []),
        ("", []),
        ("\"' OR 1=1 -- * ( ) &|!:", []),
        ("，。！", []),
    ],
)
def test_words_find_what_they_should_newest_first(indexed, words, expected):
    assert find(indexed, words, kind="case", visibility=["internal"]).ids == expected


def test_what_may_not_be_seen_or_was_removed_is_not_found(indexed):
    assert find(indexed, "路灯", kind="case", visibility=["public"]).ids == []
    remove_within("case", 1)
    assert find(indexed, "路灯", kind="case", visibility=["internal"]).ids == []


def test_marks_are_set_around_escaped_text():
    marked = highlight("<b>路灯</b>不亮", "路灯")
    assert marked == "&lt;b&gt;<mark>路灯</mark>&lt;/b&gt;不亮"


def test_a_very_long_query_is_cut():
    assert len(query_terms("长" * 10_000)) <= 60
