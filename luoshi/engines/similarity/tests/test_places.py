"""Names of places, the town's own and by pattern."""

import pytest

from luoshi.engines.similarity import Gazetteer, mentions
from luoshi.engines.text import clean

TOWN = Gazetteer.of(
    {
        "village 1": ["清水村", "清水"],
        "village 2": ["石桥村"],
        "group 5": ["前进组"],
        "group 9": ["前进组", "石桥前进组"],
        "estate 3": ["Ａ栋花园"],
    }
)


def names(text, gazetteer=TOWN):
    return [(found.name, found.known) for found in mentions(clean(text), gazetteer)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("投诉丽水新城小区停水", "丽水新城小区"),
        ("我们住在望江路，路灯不亮", "望江路"),
        ("请修红旗小学门口的路", "红旗小学"),
        ("附近的宏达砖厂冒黑烟", "宏达砖厂"),
        ("位于松柏镇石塘村的水渠", "石塘村"),
    ],
)
def test_a_name_is_found_by_its_ending(text, name):
    assert (name, None) in names(text, Gazetteer())


def test_the_longest_known_name_wins():
    assert names("清水村没水")[0] == ("清水村", "village 1")
    assert names("石桥前进组的路")[0] == ("石桥前进组", "group 9")


def test_an_alias_leads_to_its_place():
    assert ("清水", "village 1") in names("清水停电了")


def test_a_name_of_two_places_tells_neither():
    assert all(known is None for _name, known in names("前进组停电"))


def test_widths_and_cases_do_not_matter():
    assert ("a栋花园", "estate 3") in names("A栋花园漏水")


def test_a_known_name_is_not_guessed_again():
    found = mentions("清水村的路", TOWN)
    spans = [(one.start, one.end) for one in found]
    assert len(spans) == len(set(spans))
    assert [one.known for one in found if one.start < 3] == ["village 1"]


def test_no_text_no_place():
    assert mentions("", TOWN) == []
    assert Gazetteer.of({"one": ["", "村"]}).find("村") == []
