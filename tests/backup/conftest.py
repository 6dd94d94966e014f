"""One module's database with keys, a target and customers, and a working folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.backup import stage
from tests.backup.stage import Ground


@pytest.fixture(scope="module")
def ground(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """Made by the real verbs; `settings.TUTELA_BACKUP_FOLDER` is the module's own."""
    folder = tmp_path_factory.mktemp("backup")
    before, settings.TUTELA_BACKUP_FOLDER = settings.TUTELA_BACKUP_FOLDER, folder / "work"
    try:
        yield stage.lay(folder)
    finally:
        settings.TUTELA_BACKUP_FOLDER = before


@pytest.fixture(scope="module")
def offsite(ground: Ground) -> Path:
    """The folder of the first target."""
    return Path(settings.TUTELA_BACKUP_FOLDER).parent / "offsite"
