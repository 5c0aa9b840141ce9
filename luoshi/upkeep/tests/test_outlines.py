"""Outlines of villages: read with their reasons, kept once, drawn under the places."""

import hashlib
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.core.models import TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.upkeep.actions import bring_outlines
from luoshi.upkeep.coordinates import System
from luoshi.upkeep.geometry import BadPlace, Meant, read_area
from luoshi.upkeep.models import VillageOutline
from luoshi.upkeep.tests.play import add

RING = [[118.9, 28.87], [118.92, 28.87], [118.92, 28.89], [118.9, 28.87]]
AREA = {"type": "Polygon", "coordinates": [RING]}
WGS = Meant(System.WGS84)
ADDRESS = "/qinghe/work/manage/facilities/outlines/"
STATIC = Path(__file__).parents[1] / "static" / "upkeep" / "maplibre"


def map_with(*areas):
    features = [
        {"type": "Feature", "properties": {"村": name}, "geometry": geometry}
        for name, geometry in areas
    ]
    told = {"type": "FeatureCollection", "features": features}
    return SimpleUploadedFile("v.geojson", json.dumps(told).encode())


def send(client, file, system="wgs84"):
    told = {"sheet": file, "system": system, "order": "longitude"}
    return client.post(ADDRESS, told)


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Point", "coordinates": [118.9, 28.9]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [RING[:3]]},
        {"type": "Polygon", "coordinates": [[*RING[:3], [118.95, 28.9]]]},
        {"type": "Polygon", "coordinates": [[[28.87, 118.9]] * 4]},
        {"type": "Polygon", "coordinates": [[[118.9, 28.87]] * 4]},
        {
            "type": "Polygon",
            "coordinates": [[[110.0, 28], [119, 28], [119, 30], [110.0, 28]]],
        },
        {"type": "MultiPolygon", "coordinates": [RING]},
        {"type": "MultiPolygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[True, 28], [1, 2], [2, 3], [True, 28]]]},
    ],
)
def test_what_is_no_area_is_refused(geometry):
    with pytest.raises(BadPlace):
        read_area(geometry, WGS)


def test_an_area_is_kept_in_one_system():
    assert read_area(AREA, WGS) == AREA
    moved = read_area(AREA, Meant(System.GCJ02))
    assert moved["coordinates"][0][0] != RING[0]
    turned = {"type": "Polygon", "coordinates": [[[b, a] for a, b in RING]]}
    assert read_area(turned, Meant(System.WGS84, latitude_first=True)) == AREA
    many = {"type": "MultiPolygon", "coordinates": [[RING], [RING]]}
    assert read_area(many, WGS) == many


def test_a_map_is_brought_in_whole_or_not_at_all(place):
    client = place.client("administrator")
    assert place.client("handler").get(ADDRESS).status_code == 403
    assert send(client, map_with(("Qingxi", AREA)), system="").status_code == 422
    wrong = send(client, map_with(("Qingxi", AREA), ("没有的村", AREA)))
    assert wrong.status_code == 422 and "没有的村" in wrong.content.decode()
    twice = send(client, map_with(("Qingxi", AREA), ("Qingxi", AREA)))
    assert twice.status_code == 422
    broken = send(client, SimpleUploadedFile("v.geojson", b"{"))
    assert broken.status_code == 422
    assert not VillageOutline.objects.exists()
    assert send(client, map_with(("Qingxi", AREA))).status_code == 302
    assert VillageOutline.objects.get().village == place.village
    assert send(client, map_with(("Qingxi", AREA))).status_code == 302
    [entry] = TrailEntry.objects.filter(code="upkeep.outlines_brought")
    assert entry.data["count"] == 1
    assert "村界已有" in client.get(ADDRESS).content.decode()


def test_only_an_administrator_brings_outlines(place):
    told = {place.village.pk: AREA}
    with pytest.raises(NotAllowed):
        bring_outlines(told, actor=place.staff("handler"))
    with pytest.raises(Refusal, match="nothing_to_bring"):
        bring_outlines({}, actor=place.staff("administrator"))
    assert bring_outlines(told, actor=place.staff("administrator")) == 1
    assert bring_outlines(told, actor=place.staff("administrator")) == 0


def test_the_map_gets_what_the_filters_leave_with_the_outlines(place, kinds):
    bring_outlines({place.village.pk: AREA}, actor=place.staff("administrator"))
    point = {"type": "Point", "coordinates": [118.91, 28.88]}
    lamp = add(place, kinds["路灯"], "L-1", name="灯一", geometry=point)
    add(place, kinds["公厕"], "C-1", name="公厕一")
    client = place.client("handler")
    told = client.get("/qinghe/work/upkeep/on-map/places.json").json()
    [one] = told["places"]["features"]
    assert one["properties"]["name"] == "灯一" and one["geometry"] == point
    assert one["properties"]["url"].endswith(f"/upkeep/{lamp.pk}/")
    assert [one["geometry"] for one in told["villages"]["features"]] == [AREA]
    assert told["names"][0]["name"] == "Qingxi"
    none = client.get("/qinghe/work/upkeep/on-map/places.json?q=没有的词").json()
    assert none["places"]["features"] == []
    page = client.get("/qinghe/work/upkeep/on-map/")
    assert 'class="area"' in page.content.decode()
    assert "worker-src 'self'" in page.headers["Content-Security-Policy"]


def test_the_library_is_the_one_that_was_looked_at():
    lines = (STATIC / "SHA256").read_text().splitlines()
    told = dict(reversed(line.split()) for line in lines)
    assert {path.name for path in STATIC.iterdir()} == {*told, "SHA256"}
    for name, digest in told.items():
        content = (STATIC / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest, name
        assert b"sourceMappingURL" not in content
