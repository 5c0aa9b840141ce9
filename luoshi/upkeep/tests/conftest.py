"""A town with the usual kinds, and a few facilities in it."""

import pytest

from luoshi.upkeep.actions import take_usual_kinds
from luoshi.upkeep.models import AssetKind
from luoshi.upkeep.tests.play import add, planned, register


@pytest.fixture
def kinds(place):
    """Return the usual kinds by their names."""
    take_usual_kinds(actor=place.staff("administrator"))
    return {one.name: one for one in AssetKind.objects.all()}


@pytest.fixture
def lamp(place, kinds):
    return add(place, kinds["路灯"], "LD-1", name="村口路灯")


@pytest.fixture
def pond(place, kinds):
    return add(place, kinds["山塘"], "ST-1", name="上塘")


@pytest.fixture
def facilities(place, kinds):
    """Return a small register: roads, lamps and a bridge, each with a grade."""
    return register(place, kinds)


@pytest.fixture
def plan(place, facilities):
    """Return a computed plan of five years with too little money for everything."""
    return planned(place)
