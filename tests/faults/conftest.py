"""Whole installations: one that is filled and stopped, from which each test copies its own."""

from collections.abc import Iterator

import pytest

from tests.faults import installation
from tests.faults.installation import Installation

CUSTOMERS = 30


@pytest.fixture(scope="session")
def stopped() -> Iterator[Installation]:
    """Started once, filled, and stopped; its folder is only copied."""
    made = installation.prepare()
    try:
        made.up()
        installation.fill(made, CUSTOMERS)
        made.stop()
        yield made
    finally:
        made.remove()


@pytest.fixture
def copied(stopped: Installation) -> Iterator[Installation]:
    """An installation with customers, not started."""
    made = installation.copy(stopped)
    yield made
    made.remove()


@pytest.fixture(scope="session")
def house(stopped: Installation) -> Iterator[Installation]:
    """One that runs; tests that share it leave it running."""
    made = installation.copy(stopped)
    try:
        yield made.up()
    finally:
        made.remove()
