"""The cast, once a file."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings

from tests.programme import stage


@pytest.fixture(scope="module")
def crew(database: str) -> stage.Crew:
    return stage.crew()


@pytest.fixture
def settings_zone(database: str) -> Iterator[Callable[[str], None]]:
    """Sets the company's time zone, as another TUTELA_TIME_ZONE would, and sets it back."""
    before = settings.TIME_ZONE

    def move(zone: str) -> None:
        settings.TIME_ZONE = zone

    yield move
    settings.TIME_ZONE = before
