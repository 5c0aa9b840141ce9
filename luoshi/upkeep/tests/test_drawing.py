"""The map: everything inside its frame, to scale, the same as the list."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.upkeep.drawing import HEIGHT, WIDTH, frame_of, places_in
from luoshi.upkeep.geometry import length_of
from luoshi.upkeep.queries import Chosen, count_grades, drawing_of
from luoshi.upkeep.tests.play import add
from luoshi.upkeep.tests.test_register import ADDRESS

# On a busy machine too: no answer here hangs on time.
AT_LEISURE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NEAR = st.tuples(st.floats(118.8, 119.1), st.floats(28.7, 29.0)).map(list)


def as_geometry(places):
    if len(places) == 1:
        return {"type": "Point", "coordinates": places[0]}
    return {"type": "LineString", "coordinates": places}


@AT_LEISURE
@given(st.lists(st.lists(NEAR, min_size=1, max_size=4), min_size=1, max_size=12))
def test_everything_lies_inside_and_a_scale_tells_the_truth(told):
    geometries = [as_geometry(places) for places in told]
    frame, scale = frame_of(geometries)
    for one in geometries:
        for place in places_in(one):
            x, y = frame.point(place)
            assert 0 <= x <= WIDTH and 0 <= y <= HEIGHT
    # From west to east in the middle, as far as the bar says.
    middle = sum(place[1] for one in told for place in one) / sum(map(len, told))
    ends = [(118.9, middle), (118.9 + scale.width / frame.across, middle)]
    assert length_of(ends) == pytest.approx(scale.metres, rel=0.01)


def test_north_is_up_and_east_is_right():
    frame, _scale = frame_of([as_geometry([[118.9, 28.9], [118.95, 28.95]])])
    west, east = frame.point([118.9, 28.9]), frame.point([118.95, 28.95])
    assert west[0] < east[0] and west[1] > east[1]
    assert frame_of([]) is None


def test_the_map_shows_what_the_list_shows(place, kinds):
    point = {"type": "Point", "coordinates": [118.9, 28.9]}
    line = as_geometry([[118.9, 28.9], [118.91, 28.91]])
    add(place, kinds["路灯"], "L-1", name="灯", geometry=point)
    road = add(place, kinds["农村公路"], "GL-1", name="路<b>", geometry=line)
    add(place, kinds["路灯"], "L-2", name="只有字")
    handler = place.staff("handler")
    drawing = drawing_of(handler, Chosen())
    # Lines first, so that no dot is hidden.
    assert [mark.asset.number for mark in drawing.marks] == ["GL-1", "L-1"]
    assert drawing.left_out == 1
    assert [one.name for one in drawing.names] == ["Qingxi"]
    assert count_grades(drawing) == [(None, 2)]
    alone = drawing_of(handler, Chosen(kind=kinds["农村公路"].pk))
    assert [mark.asset for mark in alone.marks] == [road]
    client = place.client("handler")
    page = client.get(f"{ADDRESS}on-map/").content.decode()
    assert page.count("<circle") == page.count("<polyline") == 1
    assert "路&lt;b&gt;" in page and "路<b>" not in page
    nothing = client.get(f"{ADDRESS}on-map/?q=L-2").content.decode()
    assert '<svg class="map"' not in nothing and "只有字" in nothing
