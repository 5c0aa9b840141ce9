"""One served demo town for the tests that only look at pages and click on them."""

import pytest

from luoshi.cli.instance import COMMAND, served, throwaway


@pytest.fixture(scope="package")
def demo():
    """Serve the demo town until the last test of this folder; give the instance.

    A test may add to the town, but must not need a row that another may have moved.
    """
    with throwaway() as instance:
        command = [*COMMAND, "run", "--demo"]
        with served(command, instance.env, f"{instance.address}/health"):
            yield instance
