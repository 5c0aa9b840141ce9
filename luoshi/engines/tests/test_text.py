"""One normaliser: whatever width, case or unseen sign was typed, it reads the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.engines.text import LONGEST, clean, even


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ＷＩＦＩ　５Ｇ", "wifi 5g"),
        ("路\u200b灯\u00ad不\ufeff亮", "路灯不亮"),
        ("一行\n二行\r\n三行", "一行\n二行\r\n三行"),
        ("ⅳ级 ㎡ ①", "iv级 m2 1"),
        ("𠮷祥路", "𠮷祥路"),
        ("", ""),
        ("\x00\x07\ue000", ""),
    ],
)
def test_a_text_is_made_even(typed, read):
    assert even(typed) == read


def test_a_cleaned_text_is_one_line_without_addresses_and_not_long():
    assert clean(" 看\n这里 https://a.cn/b?c=1 的\t图 ") == "看 这里 的 图"
    assert len(clean("字" * 1_000_000)) == LONGEST


@given(st.text(max_size=60))
def test_what_is_even_stays_as_it_is_but_for_case_that_folds_twice(text):
    once = even(text)
    assert even(even(once)) == even(once)
    assert clean(text) == clean(text + " ")
