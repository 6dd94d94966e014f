"""The programme's cast, once a file."""

import pytest

from tests.programme import stage


@pytest.fixture(scope="module")
def crew(database: str) -> stage.Crew:
    return stage.crew()
