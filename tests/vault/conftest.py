"""The cast of the vault's tests: one database and one set of people for each test file."""

import pytest

from tests.vault.factories import Cast, make_cast


@pytest.fixture(scope="module")
def cast(database: str) -> Cast:
    """Branches east and west, and one person of each kind."""
    return make_cast()
