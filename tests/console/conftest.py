"""One house for each file of page tests."""

import pytest

from tests.console import stage
from tests.journeys.conftest import chromium

__all__ = ["chromium"]


@pytest.fixture(scope="module")
def house(database: str) -> stage.House:
    """People, a customer and a work item in a database of this file's own."""
    return stage.build()
