"""The town's names of places: kept by the administrator, read in every text."""

from io import BytesIO

import openpyxl
import pytest

from luoshi.core import actions
from luoshi.core.gazetteer import town_gazetteer
from luoshi.core.models import NamedPlace, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.sheets.named_places import read_named_places

HEADER = ["名称", "类型", "别名", "村"]
GOOD = [
    ["东风渠", "水利", "东渠、老渠", ""],
    ["幸福家园", "小区", "安置房", "Qingxi"],
]


def add(place, who="administrator", **other):
    told = {"name": "东风渠", "kind": "water", "aliases": "东渠，老渠", "village": None}
    return actions.add_named_place(**told | other, actor=place.staff(who))


def write(folder, rows):
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    for row in rows:
        book.active.append(row)
    book.save(folder / "places.xlsx")
    return folder / "places.xlsx"


def test_only_the_administrator_names_places_and_no_name_twice(place):
    with pytest.raises(NotAllowed):
        add(place, "dispatcher")
    with pytest.raises(Refusal, match=r"core\.place_missing"):
        add(place, name=" ")
    assert not NamedPlace.objects.exists()
    kept = add(place)
    assert kept.aliases == ["东渠", "老渠"]
    with pytest.raises(Refusal, match=r"core\.name_taken"):
        add(place)
    assert TrailEntry.objects.filter(code="core.place_added").count() == 1
    with pytest.raises(NotAllowed):
        actions.remove_named_place(kept.pk, actor=place.staff("leader"))
    actions.remove_named_place(kept.pk, actor=place.staff("administrator"))
    assert not NamedPlace.objects.exists()
    assert TrailEntry.objects.filter(code="core.place_removed").count() == 1


def test_every_name_of_a_place_is_the_same_place_in_a_text(place):
    assert not town_gazetteer().find("老渠没水")
    add(place)
    found = town_gazetteer()
    assert [one.known for one in found.find("老渠没水，东渠也没水")] == ["东风渠"] * 2
    # A name that two places share tells neither.
    add(place, name="西风渠", aliases="老渠")
    assert not town_gazetteer().find("老渠没水")


def test_a_table_comes_in_once_and_says_what_is_wrong(place, tmp_path):
    wrong = [["", "道路"], ["甲路", "山"], ["乙路", "道路", "", "无此村"], GOOD[0]]
    found = read_named_places(write(tmp_path, [*GOOD, *wrong]))
    assert [bool(row.fault) for row in found.rows] == [False, False, *[True] * 4]
    rows, admin = found.rows, place.staff("administrator")
    with pytest.raises(NotAllowed):
        actions.bring_named_places(rows, actor=place.staff("handler"))
    brought = actions.bring_named_places(rows, actor=admin)
    assert (brought.added, brought.changed, brought.unchanged) == (2, 0, 0)
    again = actions.bring_named_places(rows, actor=admin)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    changed = read_named_places(write(tmp_path, [["东风渠", "水利", "东渠", ""]])).rows
    third = actions.bring_named_places(changed, actor=admin)
    assert (third.added, third.changed, third.stayed) == (0, 1, 1)
    assert TrailEntry.objects.filter(code="core.places_brought").count() == 2
    with pytest.raises(Refusal, match=r"core\.nothing_to_bring"):
        actions.bring_named_places([], actor=admin)


def test_the_pages_add_bring_and_take_off(place, tmp_path):
    base = f"/{place.town.code}/work/manage/places/"
    client = place.client("administrator")
    assert place.client("dispatcher").get(base).status_code == 403
    assert client.post(base, {"name": ""}).status_code == 422
    told = {"name": "东风渠", "kind": "water", "aliases": "东渠"}
    assert client.post(base, told).status_code == 302
    assert "东渠" in client.get(base).content.decode()
    sheet = BytesIO(write(tmp_path, GOOD).read_bytes())
    sheet.name = "places.xlsx"
    looked = client.post(f"{base}bring/", {"sheet": sheet})
    assert looked.status_code == 302
    assert "幸福家园" in client.get(looked.headers["Location"]).content.decode()
    assert client.post(looked.headers["Location"]).status_code == 302
    assert NamedPlace.objects.count() == 2
    first = NamedPlace.objects.get(name="东风渠")
    assert client.get(f"{base}bring/example/").status_code == 200
    assert client.post(f"{base}{first.pk}/remove/").status_code == 302
    assert client.post(f"{base}{first.pk}/remove/").status_code == 404
    assert NamedPlace.objects.count() == 1
