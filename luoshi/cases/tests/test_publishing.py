"""What must not be public is found, and nothing else stands in the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.cases.publishing import Kind, find_personal, masked

SURE = [
    ("打13800001111找我", Kind.PHONE),
    ("电话138 0000 1111", Kind.PHONE),
    ("１３８－００００－１１１１", Kind.PHONE),
    ("一三八〇〇〇〇一一一一", Kind.PHONE),
    ("+86 138-0000-1111", Kind.PHONE),
    ("座机0570-6001234", Kind.PHONE),
    ("身份证11010519491231002X", Kind.ID),
    ("11010519491231002x", Kind.ID),
    ("浙H·12345的车", Kind.PLATE),
    ("浙HD12345挡路", Kind.PLATE),
    ("卡号4111 1111 1111 1111", Kind.CARD),
    ("写信 wang@example.com", Kind.ADDRESS),
    ("微信号：wang_12345", Kind.ADDRESS),
]
FINE = [
    "村口三盏路灯不亮",
    "11月27日前修好，投入38000元",
    "2026年11月24日第3次停水",
    "距离1200米，服务420人",
    "三组一共一百二十户",
    "编号QH-2291",
]


@pytest.mark.parametrize(("text", "kind"), SURE)
def test_it_is_found_for_sure(text, kind):
    found = find_personal(text)
    assert [one.kind for one in found if one.sure] == [kind], found
    assert not [one for one in find_personal(masked(text)) if one.sure]


@pytest.mark.parametrize("text", FINE)
def test_it_is_left_alone(text):
    assert find_personal(text) == []


def test_what_might_be_is_said_to_be_doubtful():
    for text in ("打6001234", "110105194912310021"):
        assert [one.sure for one in find_personal(text)] == [False]


def test_known_names_are_found_and_single_characters_are_not():
    found = find_personal("王建国家门口，王家", ["王建国", "王"])
    assert [(one.start, one.end, one.kind) for one in found] == [(0, 3, Kind.KNOWN)]


@given(
    st.text("路灯不亮，。村口abc", max_size=12),
    st.integers(10**9, 10**10 - 1).filter(lambda n: str(n)[0] in "3456789"),
    st.lists(st.sampled_from(["", " ", "-", "　", "·"]), min_size=10, max_size=10),
    st.booleans(),
    st.text("路灯不亮，。村口abc", max_size=12),
)
def test_any_mobile_number_is_found_however_it_is_written(a, tail, gaps, wide, b):
    digits = f"1{tail}"
    number = digits[0] + "".join(g + d for g, d in zip(gaps, digits[1:], strict=True))
    if wide:
        number = number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    text = f"{a}{number}{b}"
    found = [one for one in find_personal(text) if one.kind == Kind.PHONE and one.sure]
    assert found and found[0].start <= len(a)
    assert found[0].end >= len(a) + len(number)
