"""The sample insurer's files and the machine account that imports, once for each test file."""

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from sample.__main__ import main as write_sample
from tests import imports, source_feeds
from tutela.access import queries as people
from tutela.access.actions.imports import import_branches
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.vault.importing.actions.imports import ImportResult
from tutela.vault.importing.reading.sources import BytesSource, FileSource
from tutela.vault.queries import fetch


@dataclass(frozen=True)
class Insurer:
    """The account that imports, and the folder of the sample's files."""

    operator: Actor
    files: Path

    def bring_in(self, file: str | Path | bytes, **options: object) -> ImportResult:
        """Import a file of the sample, another path, or bytes, in this process."""
        source = (
            BytesSource("f", file) if isinstance(file, bytes) else FileSource(self.files / file)
        )
        return imports.bring_in(self.operator, source, **{"workers": 1, **options})

    def count(self, table: str, condition: str = "true") -> int:
        """Rows of a table."""
        return int(fetch(f"SELECT count(*) FROM {table} WHERE {condition}", [])[0][0])


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample insurer: 300 customers, 500 policies, 120 claims."""
    folder = tmp_path_factory.mktemp("sample")
    sizes = ["--customers", "300", "--policies", "500", "--claims", "120"]
    write_sample(["--out", str(folder), *sizes])
    return folder


@pytest.fixture(scope="module")
def insurer(database: str, files: Path) -> Insurer:
    """Branches as the sample has them, and the machine account of the host."""
    with (files / "branches.csv").open(encoding="utf-8") as listed:
        import_branches(SYSTEM, list(csv.DictReader(listed)))
    staff = people.staff_by_login(people.LOCAL_OPERATOR)
    operator = Actor(kind="machine", id=str(staff.id), channel=Channel.SHELL)
    source_feeds.register(operator, "crm")
    return Insurer(operator, files)
