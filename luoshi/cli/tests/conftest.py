"""Demo towns for the tests with a server of their own: filled once, copied often."""

import os

import pytest

from luoshi.cli.instance import DEMO_COPY, demo_town, throwaway


@pytest.fixture(scope="session")
def demo_copy():
    """Fill the demo town once; give its folder, and let each demo town be a copy."""
    with throwaway() as filled:
        named = ("--code", "qinghe", "--name", "青禾镇", "--prefix", "QH")
        filled.command("setup-town", *named, "--demo")
        os.environ[DEMO_COPY] = str(filled.folder)
        yield filled.folder
        del os.environ[DEMO_COPY]


@pytest.fixture(scope="package")
def demo(demo_copy):
    """Serve the demo town until the last test of this folder; give the instance.

    A test may add to the town, but must not need a row that another may have moved.
    """
    with demo_town() as instance:
        yield instance
