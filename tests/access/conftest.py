"""The branches that most access tests need."""

import pytest

from tests.access import cast


@pytest.fixture(scope="module")
def tree(database: str) -> dict[str, int]:
    """Branch code to id: HQ above EAST (above EAST1) and WEST."""
    return cast.plant_branches()
