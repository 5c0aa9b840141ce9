"""A town with the people who look after the congress and a village."""

import pytest

from luoshi.core.models import Organisation
from luoshi.projects.tests.play import join


@pytest.fixture
def congress(place):
    return join(place, "congress", "congress", "Congress")


@pytest.fixture
def village_officer(place):
    """Return the officer of the town's village."""
    office = Organisation.objects.create(
        town=place.town, name="Qingxi committee", village=place.village, kind="village"
    )
    return join(place, "village", "village_officer", office.name)
