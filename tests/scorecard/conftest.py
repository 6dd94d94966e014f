"""The scorecard's tests stand in a database of their own, with one person a post."""

import pytest

from tests.access import cast
from tutela.access.posts import POSTS


@pytest.fixture(scope="module")
def people(database: str) -> dict[str, cast.Member]:
    """One member a post of staff, and the machine."""
    cast.plant_branches()
    return {code: cast.hire(code, "EAST") for code in POSTS}
