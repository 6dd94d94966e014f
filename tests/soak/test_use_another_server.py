"""A PostgreSQL of the company's own, prepared by an administrator with `tutela database-sql`."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.faults import installation, load
from tests.faults.installation import Installation
from tests.faults.test_open_keys import refused
from tutela.cli.running.cluster import Cluster

NAME = "insurer"


@pytest.fixture(scope="module")
def foreign() -> Iterator[Cluster]:
    """Somebody else's server, with an empty database of another name."""
    with tempfile.TemporaryDirectory(prefix="tuf") as folder:
        Path(folder).chmod(0o755)
        with Cluster(Path(folder)).used() as server:
            with server.connect() as administrator:
                administrator.execute("DROP DATABASE tutela")
                administrator.execute("DROP ROLE tutela_app, tutela_owner, tutela_auditor")
                administrator.execute(f"CREATE DATABASE {NAME}")
            yield server


def _addresses(server: Cluster) -> dict[str, str]:
    place = f"/{NAME}?host={quote(str(server.sockets))}"
    return {
        "TUTELA_DATABASE_URL": f"postgresql://tutela_app@{place}",
        "TUTELA_DATABASE_OWNER_URL": f"postgresql://tutela_owner@{place}",
    }


def test_another_server_is_named_until_it_is_prepared_and_then_does_all(foreign: Cluster):
    """Without its roles, without its schemas, then whole: import, find, reveal."""
    house = installation.prepare(**_addresses(foreign))
    try:
        refused(house, "cli.database_away")
        statements = house.run("database-sql", "--name", NAME).stdout
        _run(foreign, [line for line in statements.splitlines() if "CREATE ROLE" in line])
        refused(house, "cli.database_unprepared")
        _run(foreign, statements.splitlines())
        house.up()
        installation.fill(house, 4)
        assert load.made(house, 4).look(2)
        assert not (house.home / "cluster").exists()
        _answers_to_status(house)
    finally:
        house.remove()


def _run(server: Cluster, lines: list[str]) -> None:
    with server.connect(database=NAME) as administrator:
        for line in lines:
            administrator.execute(line.rstrip(";").encode())


def _answers_to_status(house: Installation) -> None:
    (told,) = house.tutela("status")
    assert (told["database"], told["running"], told["customers"]) == ("external", True, 4)
