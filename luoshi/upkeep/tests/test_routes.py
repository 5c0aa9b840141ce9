"""The way through a day's places."""

from hypothesis import given
from hypothesis import strategies as st

from luoshi.upkeep.queries import day_page
from luoshi.upkeep.routes import way_through
from luoshi.upkeep.tests.play import add

PLACE = st.none() | st.tuples(st.floats(118, 119), st.floats(28, 29))


def test_each_next_one_is_the_nearest_that_is_left():
    assert way_through([]) == []
    assert way_through([None, None]) == [0, 1]
    in_a_row = [(118.9, 28.9), (118.93, 28.9), None, (118.91, 28.9), (118.92, 28.9)]
    assert way_through(in_a_row) == [0, 3, 4, 1, 2]
    # A degree of longitude is shorter than one of latitude here.
    corner = [(118.9, 28.9), (118.9, 28.92), (118.921, 28.9)]
    assert way_through(corner) == [0, 2, 1]


@given(st.lists(PLACE, max_size=30))
def test_every_place_is_on_the_way_once_and_those_in_words_last(places):
    way = way_through(places)
    assert sorted(way) == list(range(len(places)))
    told = [places[at] is None for at in way]
    assert told == sorted(told)
    first = next((at for at, one in enumerate(places) if one is not None), None)
    assert first is None or way[0] == first


def test_the_day_of_a_village_is_a_way(place, kinds):
    for number, east in (("1", 118.9), ("2", 118.93), ("3", 118.91)):
        point = {"type": "Point", "coordinates": [east, 28.9]}
        add(place, kinds["路灯"], number, geometry=point)
    add(place, kinds["路灯"], "0")
    line = {"type": "LineString", "coordinates": [[118.92, 28.9], [118.95, 28.95]]}
    add(place, kinds["路灯"], "4", geometry=line)
    [group] = day_page(place.staff("handler"), days=400).groups
    assert [one.asset.number for one in group.lines] == ["1", "3", "4", "2", "0"]
