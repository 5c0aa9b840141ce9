"""Tables and maps: previewed, brought in once, given out and read back the same."""

import io
import json

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.core.sheets import BadSheet, sheet_bytes
from luoshi.upkeep.coordinates import System
from luoshi.upkeep.geometry import Meant
from luoshi.upkeep.models import Asset
from luoshi.upkeep.sheets import HEADER, read_assets, read_map
from luoshi.upkeep.tests.play import add, due_of

ADDRESS = "/qinghe/work/upkeep/"
SHORT = ["编号", "类型", "名称"]


def table(tmp_path, *rows):
    path = tmp_path / "t.xlsx"
    path.write_bytes(sheet_bytes(rows))
    return path


def faults_in(tmp_path, header, *rows):
    found = read_assets(table(tmp_path, header, *rows))
    return [row.fault for row in found.rows]


def sent(client, content, name="t.xlsx", **more):
    file = SimpleUploadedFile(name, content)
    return client.post(more.pop("to"), {"sheet": file, **more})


FULL = [
    *("GL-1", "农村公路", "主路", "Qingxi", "村口", "村道", 1850, 2016, "通村公路"),
    *(620, "村集体", "Roads", 830000.5, 5000, "2024-09-12", "补坑", "", "", ""),
    *(118.9, 28.9, "GCJ-02"),
]


def test_a_table_is_looked_at_brought_in_and_changes_nothing_twice(place, kinds):
    client = place.client("handler")
    content = sheet_bytes(
        [HEADER, FULL, ["L-1", "路灯", "灯"], ["", "路灯", "没有编号"]]
    )
    looked = sent(client, content, to=f"{ADDRESS}bring/")
    page = client.get(looked.url).content.decode()
    assert "没有编号" in page and "主路" in page
    assert not Asset.objects.exists()
    rejected = client.get(f"{looked.url}?mend")
    sheet = openpyxl.load_workbook(io.BytesIO(rejected.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == tuple(SHORT) and rows[1][2] == "没有编号" and len(rows) == 2
    client.post(looked.url)
    road = Asset.objects.get(number="GL-1")
    assert (road.amount, road.replacement_fen) == (1850, 83_000_050)
    assert road.yearly_fen == 500_000
    assert (road.keeper.name, road.road_class) == ("Roads", "village")
    assert road.geometry["coordinates"] != [118.9, 28.9]
    assert due_of(road)
    versions = dict(Asset.objects.values_list("number", "version"))
    again = sent(client, content, to=f"{ADDRESS}bring/")
    said = client.post(again.url, follow=True).content.decode()
    assert "2项没变" in said or "0" in said
    assert dict(Asset.objects.values_list("number", "version")) == versions


def test_an_empty_cell_leaves_what_is_known(place, kinds, tmp_path):
    asset = add(place, kinds["路灯"], "L-1", name="灯", people_served=40)
    client = place.client("handler")
    content = sheet_bytes(
        [[*SHORT, "服务人数", "位置"], ["L-1", "路灯", "灯", "", "桥"]]
    )
    client.post(sent(client, content, to=f"{ADDRESS}bring/").url)
    asset.refresh_from_db()
    assert (asset.people_served, asset.place, asset.version) == (40, "桥", 2)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("村", "没有的村"),
        ("管护主体", "没有的单位"),
        ("长度或数量", "-5"),
        ("长度或数量", "很长"),
        ("长度或数量", "nan"),
        ("建成年份", 2099),
        ("建成年份", "1850"),
        ("服务人数", "1.5"),
        ("重置价", "-1"),
        ("重置价", "0.001"),
        ("最近维修日期", "2027-01-01"),
        ("最近维修日期", "去年"),
        ("公路等级", "村道"),
        ("位置", "长" * 130),
    ],
)
def test_a_cell_that_cannot_be_true_stays_out(place, kinds, tmp_path, column, cell):
    rows = [["L-1", "路灯", "灯", cell], ["L-2", "路灯", "灯", ""]]
    bad, good = faults_in(tmp_path, [*SHORT, column], *rows)
    assert bad and not good


def test_rows_without_what_is_needed_stay_out(place, kinds, tmp_path):
    faults = faults_in(
        *(tmp_path, SHORT),
        *(
            ["A", "飞机", "x"],
            ["A", "路灯", ""],
            ["A", "路灯", "x"],
            ["A", "路灯", "y"],
        ),
    )
    assert [bool(one) for one in faults] == [True, True, False, True]
    with pytest.raises(BadSheet):
        read_assets(table(tmp_path, ["甲", "乙"], ["1", "2"]))


def test_units_in_the_head_are_read_and_not_lost(place, kinds, tmp_path):
    header = [*SHORT, "长度（公里）", "重置价（万元）"]
    path = table(tmp_path, header, ["GL-1", "农村公路", "路", "1.85", "83"])
    [row] = read_assets(path).rows
    assert row.told.facts["amount"] == 1850
    assert row.told.facts["replacement_fen"] == 83_000_000


def test_a_point_without_its_system_is_asked_about(place, kinds, tmp_path):
    header = [*SHORT, "经度", "纬度", "坐标系"]
    cells = [("118.9", "28.9", ""), ("118.9", "28.9", "高德"), ("118.9", "", "百度")]
    cells += [("28.9", "118.9", "WGS-84"), ("118.9", "28.9", "CGCS2000")]
    rows = [[f"L-{n}", "路灯", "灯", *one] for n, one in enumerate(cells)]
    faults = faults_in(tmp_path, header, *rows)
    assert [bool(one) for one in faults] == [True, False, True, True, False]


def as_file(tmp_path, told):
    path = tmp_path / "m.geojson"
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


POINT = {"type": "Point", "coordinates": [118.9, 28.9]}
LINE = {"type": "LineString", "coordinates": [[118.9, 28.9], [118.91, 28.91]]}


def test_a_map_goes_out_and_comes_back_the_same(place, kinds):
    add(place, kinds["路灯"], "L-1", name="灯", geometry=POINT, people_served=0)
    add(place, kinds["农村公路"], "GL-1", name="路", geometry=LINE, amount=900)
    add(place, kinds["路灯"], "L-2", name="只有字")
    client = place.client("handler")
    given = client.get(f"{ADDRESS}register.geojson").content
    told = json.loads(given)
    assert {one["properties"]["编号"]: one["geometry"] for one in told["features"]} == {
        "L-1": POINT,
        "GL-1": LINE,
        "L-2": None,
    }
    to, how = f"{ADDRESS}map/", {"system": "wgs84", "order": "longitude"}
    for missing in ("system", "order"):
        part = {key: value for key, value in how.items() if key != missing}
        assert sent(client, given, "m.geojson", to=to, **part).status_code == 422
    looked = sent(client, given, "m.geojson", to=to, **how)
    before = list(Asset.objects.order_by("pk").values())
    assert client.get(looked.url).status_code == 200
    assert client.post(looked.url).status_code == 302
    assert list(Asset.objects.order_by("pk").values()) == before
    # The same numbers meant otherwise lie elsewhere.
    shifted = sent(client, given, "m.geojson", to=to, **how | {"system": "bd09"})
    client.post(shifted.url)
    assert Asset.objects.get(number="L-1").geometry != POINT
    table_again = client.get(f"{ADDRESS}register.xlsx").content
    client.post(sent(client, table_again, to=f"{ADDRESS}bring/").url)
    versions = Asset.objects.order_by("number").values_list("version", flat=True)
    assert list(versions) == [2, 2, 1]


def test_maps_that_cannot_be_read_say_why(place, kinds, tmp_path):
    here = Meant(System.WGS84)
    for told in (
        [],
        {"type": "Feature"},
        {"type": "FeatureCollection", "features": []},
        {"type": "FeatureCollection", "features": [feature(POINT, x="1")]},
        {
            "type": "FeatureCollection",
            "crs": {"type": "name", "properties": {"name": "EPSG:3857"}},
            "features": [feature(POINT, 编号="1", 类型="路灯", 名称="x")],
        },
    ):
        with pytest.raises(BadSheet):
            read_map(as_file(tmp_path, told), here)
    (tmp_path / "m.geojson").write_text("{", encoding="utf-8")
    with pytest.raises(BadSheet):
        read_map(tmp_path / "m.geojson", here)
    names = {"编号": "1", "类型": "路灯", "名称": "x"}
    rows = [
        feature(POINT, **names),
        feature(
            {"type": "Point", "coordinates": [28.9, 118.9]}, **names | {"编号": "2"}
        ),
        feature({"type": "MultiPoint", "coordinates": []}, **names | {"编号": "3"}),
        {"type": "Feature", "geometry": None, "properties": None},
        "feature",
    ]
    told = {"type": "FeatureCollection", "features": rows}
    found = read_map(as_file(tmp_path, told), here)
    assert [bool(row.fault) for row in found.rows] == [False, True, True, True, True]
