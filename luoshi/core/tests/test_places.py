"""Villages' groups and figures: refused first, twice the same changes nothing."""

import io
from itertools import pairwise

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from luoshi.core import actions
from luoshi.core.models import Population, TrailEntry, VillageGroup
from luoshi.core.population import bands_of, in_bands
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.sheets import BadSheet
from luoshi.core.sheets.population import band_in, read_figures

HEADER = ["村", "性别", "年龄段", "人数", "日期"]
GOOD = [
    ["Qingxi", "女", "0-14岁", 86, "2026-01-31"],
    ["Qingxi", "女", "60岁以上", "1,168", "2026/1/31"],
    ["Qingxi", "男", "0—14", 91.0, "2026年1月31日"],
]
BAD = [
    ["合计", "女", "0-14", 1, "2026-01-31"],
    ["Qingxi", "不详", "0-14", 1, "2026-01-31"],
    ["Qingxi", "女", "老人", 1, "2026-01-31"],
    ["Qingxi", "女", "15-20", -1, "2026-01-31"],
    ["Qingxi", "女", "15-20", 1, "年底"],
    ["Qingxi", "女", "15-20", 1, "2027-01-31"],
    ["Qingxi", "女", "10-20", 1, "2026-01-31"],
]


def write(tmp_path, rows, header=HEADER):
    book = openpyxl.Workbook()
    for row in [header, *rows]:
        book.active.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("told", "band"),
    [
        ("0-14", (0, 14)),
        ("15至59岁", (15, 59)),
        ("60岁及以上", (60, None)),
        ("80+", (80, None)),
        ("17岁及以下", (0, 17)),
        ("14-0", None),
        ("老人", None),
        ("0-999", None),
    ],
)
def test_age_bands_as_people_write_them(told, band):
    assert band_in(told) == band


def test_each_row_says_why_it_stays_out(place, tmp_path):
    found = read_figures(write(tmp_path, GOOD + BAD))
    faults = [row.fault for row in found.rows]
    assert faults[:3] == ["", "", ""]
    assert all(faults[3:])
    assert len(set(faults[3:])) == 7
    assert (found.read, found.faulty) == (10, 7)


def test_a_table_without_the_columns_is_refused(place, tmp_path):
    with pytest.raises(BadSheet):
        read_figures(
            write(tmp_path, GOOD, header=["村", "性别", "年龄段", "人", "日期"])
        )


def test_figures_come_in_once(place, tmp_path):
    rows = read_figures(write(tmp_path, GOOD)).rows
    with pytest.raises(NotAllowed):
        actions.bring_population(rows, actor=place.staff("handler"))
    assert Population.objects.count() == 0
    administrator = place.staff("administrator")
    brought = actions.bring_population(rows, actor=administrator)
    assert (brought.added, brought.changed, brought.unchanged) == (3, 0, 0)
    entry = TrailEntry.objects.get(code="core.population_brought")
    assert entry.data == {"added": 3, "changed": 0}
    assert entry.person == administrator.person
    again = actions.bring_population(rows, actor=administrator)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    assert TrailEntry.objects.filter(code="core.population_brought").count() == 1


def test_a_band_told_anew_takes_the_place_of_those_it_overlaps(place, tmp_path):
    administrator = place.staff("administrator")
    actions.bring_population(
        read_figures(write(tmp_path, GOOD)).rows, actor=administrator
    )
    anew = [["Qingxi", "女", "0-17", 100, "2026-01-31"]]
    brought = actions.bring_population(
        read_figures(write(tmp_path, anew)).rows, actor=administrator
    )
    assert (brought.added, brought.changed) == (0, 1)
    women = Population.objects.filter(sex="female").order_by("age_from")
    assert list(women.values_list("age_from", "age_to", "people")) == [
        (0, 17, 100),
        (60, None, 1168),
    ]


def test_nothing_good_is_refused(place, tmp_path):
    rows = read_figures(write(tmp_path, BAD[:2])).rows
    with pytest.raises(Refusal) as refused:
        actions.bring_population(rows, actor=place.staff("administrator"))
    assert refused.value.code == "core.nothing_to_bring"


def test_the_pages_from_the_example_to_the_villages(place, tmp_path):
    client = place.client("administrator")
    base = f"/{place.town.code}/work/manage/population/"
    given = client.get(f"{base}example/").content
    header = next(
        openpyxl.load_workbook(io.BytesIO(given)).active.iter_rows(values_only=True)
    )
    assert list(header) == HEADER
    with write(tmp_path, GOOD + BAD).open("rb") as file:
        look = client.post(base, {"sheet": file}).headers["Location"]
    page = client.get(look).content.decode()
    assert "10行，其中7行" in page
    assert "合计" in page
    assert Population.objects.count() == 0
    answer = client.post(look, follow=True)
    assert Population.objects.count() == 3
    assert "1,345" in answer.content.decode()
    assert client.get(look).status_code == 404


def test_the_table_goes_out_and_comes_in_again(place, tmp_path):
    administrator = place.staff("administrator")
    actions.bring_population(
        read_figures(write(tmp_path, GOOD)).rows, actor=administrator
    )
    client = place.client("administrator")
    base = f"/{place.town.code}/work/manage/population/"
    page = client.get(f"{base}table/").content.decode()
    assert "1,345" in page
    path = tmp_path / "out.xlsx"
    path.write_bytes(client.get(f"{base}sheet/").content)
    found = read_figures(path)
    assert (found.read, found.faulty) == (3, 0)
    brought = actions.bring_population(found.rows, actor=administrator)
    assert (brought.added, brought.changed, brought.unchanged) == (0, 0, 3)


def test_a_town_without_a_table_is_told_what_to_do(place):
    base = f"/{place.town.code}/work/manage/population/"
    page = place.client("administrator").get(f"{base}table/").content.decode()
    assert f'href="{base}"' in page
    assert "<tbody>" not in page


def test_rows_to_mend_are_given_as_a_file_that_comes_back(place, tmp_path):
    client = place.client("administrator")
    base = f"/{place.town.code}/work/manage/population/"
    with write(tmp_path, GOOD + BAD).open("rb") as file:
        look = client.post(base, {"sheet": file}).headers["Location"]
    assert "?mend" in client.get(look).content.decode()
    given = client.get(f"{look}?mend").content
    rows = list(
        openpyxl.load_workbook(io.BytesIO(given)).active.iter_rows(values_only=True)
    )
    assert len(rows) == 1 + len(BAD)
    assert rows[1][0] == "合计"
    assert "合计" in rows[1][-1]
    path = tmp_path / "mended.xlsx"
    mended = openpyxl.load_workbook(io.BytesIO(given))
    mended.active["A2"] = "Qingxi"
    mended.active["C2"] = "20-30"
    mended.active["E2"] = "2026-01-31"
    mended.save(path)
    assert next(row.fault for row in read_figures(path).rows) == ""


def rows_in(bands):
    return [Population(age_from=a, age_to=z, sex="female", people=1) for a, z in bands]


@pytest.mark.parametrize(
    ("told", "shared"),
    [
        ([], []),
        ([(0, 14), (15, 59), (60, None)], [(0, 14), (15, 59), (60, None)]),
        ([(0, 14), (15, None), (0, 17), (18, None)], [(0, None)]),
        ([(0, 59), (60, None), (0, 14), (15, 59)], [(0, 59), (60, None)]),
        ([(0, 14), (60, 90)], [(0, 14), (60, 90)]),
        ([(18, 60)], [(18, 60)]),
    ],
)
def test_the_bands_that_villages_share(told, shared):
    assert bands_of(rows_in(told)) == shared


@given(
    some.lists(
        some.tuples(some.integers(0, 99), some.integers(0, 60)), min_size=1, max_size=8
    )
)
def test_shared_bands_lose_nobody_and_count_nobody_twice(drawn):
    rows = rows_in((first, first + more) for first, more in drawn)
    bands = bands_of(rows)
    assert sum(in_bands(rows, bands).values()) == len(rows)
    assert all(a[1] < b[0] for a, b in pairwise(bands))


def test_groups_are_added_by_the_administrator(place):
    told = {"village_id": place.village.pk, "names": "一组、二组 三组，一组"}
    with pytest.raises(NotAllowed):
        actions.add_groups(**told, actor=place.staff("dispatcher"))
    administrator = place.staff("administrator")
    with pytest.raises(Refusal):
        actions.add_groups(**told | {"names": " 、"}, actor=administrator)
    actions.add_groups(**told, actor=administrator)
    names = VillageGroup.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["一组", "二组", "三组"]
    entry = TrailEntry.objects.get(code="core.groups_added")
    assert entry.data["names"] == "一组、二组、三组"
    with pytest.raises(Refusal) as refused:
        actions.add_groups(
            village_id=place.village.pk, names="四组、二组", actor=administrator
        )
    assert refused.value.parameters == {"name": "二组"}
    assert VillageGroup.objects.count() == 3


def test_groups_through_the_page(place):
    client = place.client("administrator")
    base = f"/{place.town.code}/work/manage/villages/"
    wrong = client.post(f"{base}groups/", {"names": "一组"})
    assert wrong.status_code == 422
    client.post(f"{base}groups/", {"village": place.village.pk, "names": "一组"})
    assert "一组" in client.get(base).content.decode()
    assert place.client("handler").post(f"{base}groups/", {}).status_code == 403
