"""The cast, once a file."""

import pytest

from tests.governance import stage


@pytest.fixture(scope="module")
def crew(database: str) -> stage.Crew:
    return stage.crew()
