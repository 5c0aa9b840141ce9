"""What tests of consultations ask for."""

import pytest

from luoshi.consultations.tests.play import opened


@pytest.fixture
def asked(place):
    """Give a consultation that takes answers for ten days."""
    return opened(place)
