"""A set becomes a database of another name, like the one it was; what does not fit is refused before it is made."""

import shutil

import pytest

from tests.backup import sealed
from tests.vault.factories import make_cast, make_customer
from tutela.backup import scratch
from tutela.backup.restoring import copy as copies
from tutela.backup.restoring import database as databases
from tutela.backup.restoring import laid as layouts
from tutela.backup.restoring.errors import (
    DatabaseLive,
    DatabaseNotEmpty,
    KeysSetMissing,
    RestoreFailed,
    RoleMissing,
    ServerOlder,
    SetMissing,
)
from tutela.backup.restoring.inspection import FAILED, PASSED
from tutela.backup.scratch import Server
from tutela.backup.targets import open_place
from tutela.trail.tree import sequencer

NAME = "t_restored"


@pytest.fixture(scope="module")
def server(cluster):
    return Server(host=str(cluster.sockets), port=5432, user="postgres", binaries=cluster.binaries)


@pytest.fixture(scope="module")
def laid(database, server, tmp_path_factory):
    """Both sets of a database with a customer and a role of somebody else's, opened."""
    make_customer(make_cast().east, phone="13811110044")
    sequencer.sequence_once()
    with server.connect(database) as link:
        link.execute("DROP ROLE IF EXISTS t_reporter")
        link.execute("CREATE ROLE t_reporter")
        link.execute("GRANT SELECT ON access_staff TO t_reporter")
    made = sealed.seal(tmp_path_factory.mktemp("target"))
    place = open_place(made.url)
    pair = layouts.open_pair(place, "", [made.identity], signer=made.signer)
    folder = tmp_path_factory.mktemp("work")
    layouts.fetch(pair, folder)
    yield made, pair, layouts.unpack(pair, folder)
    with server.connect() as link:
        link.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
    with server.connect(database) as link:
        link.execute("DROP OWNED BY t_reporter")
    with server.connect() as link:
        link.execute("DROP ROLE IF EXISTS t_reporter")


def _load(server, laid, **more):
    _made, pair, folders = laid
    options = {"note": "loading", "jobs": 2, "make_roles": False, **more}
    copies.load(server, NAME, pair, folders, scratch.machine(), **options)


def test_the_copy_is_like_the_original(server, laid):
    """Rows, samples, grants of every role, triggers that are on and fire, foreign keys, indexes."""
    _load(server, laid)
    _made, pair, folders = laid
    findings = {one.check: one for one in copies.check_outside(server, NAME, pair, folders)}
    assert {one.result for one in findings.values()} == {PASSED}
    assert findings.keys() == {
        "counts", "hashes", "grants", "triggers", "foreign_keys", "indexes", "triggers_fire",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ("DELETE FROM django_migrations WHERE id = 1", "counts"),
        ("UPDATE django_migrations SET name = name || 'x' WHERE id = 1", "hashes"),
        ("REVOKE SELECT ON access_staff FROM t_reporter", "grants"),
        ("ALTER TABLE trail.leaf DISABLE TRIGGER refuse_statement", "triggers"),
        ("DROP INDEX trail.leaf_xid", "indexes"),
    ],
)
def test_each_check_can_fail(server, laid, change, check):
    """One thing changed in the copy is found by the check that is meant for it."""
    _load(server, laid)
    with server.connect(NAME) as link:
        link.execute(change)
    _made, pair, folders = laid
    failed = {
        one.check
        for one in copies.check_outside(server, NAME, pair, folders)
        if one.result == FAILED
    }
    assert check in failed


def test_a_missing_role_ends_it_before_anything_is_restored(server, laid, database):
    """With it gone, pg_restore would lose every grant of the table."""
    with server.connect(database) as link:
        link.execute("REVOKE SELECT ON access_staff FROM t_reporter")
    with server.connect() as link:
        link.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        link.execute("DROP ROLE t_reporter")
    with pytest.raises(RoleMissing) as refused:
        _load(server, laid)
    assert refused.value.params == {"roles": "t_reporter"}
    with server.connect(NAME) as link:
        assert databases._number(link, databases._TABLES, []) == 0
    _load(server, laid, make_roles=True)


def test_what_is_used_or_holds_anything_is_never_replaced(server, laid, database):
    """A live one, a full one; and a database that no restore has begun is not dropped."""
    with server.connect(database), pytest.raises(DatabaseLive):
        databases.check_free(server, database)
    _load(server, laid, make_roles=True)
    with pytest.raises(DatabaseNotEmpty):
        databases.switch(server, NAME, NAME)
    databases.mark(server, NAME, "")
    with pytest.raises(DatabaseNotEmpty):
        _load(server, laid)
    databases.mark(server, NAME, "loading")
    with pytest.raises(RestoreFailed):  # twice into the same database
        databases.load(server, NAME, laid[2].dumps()[0], 1)


def test_an_older_server_and_missing_sets_are_refused(server, laid, tmp_path):
    made, _pair, _folders = laid
    with pytest.raises(ServerOlder):
        databases.check_server(server, 99)
    place = open_place(made.url)
    with pytest.raises(SetMissing):
        layouts.open_pair(place, made.full.replace("full", "base"), [], signer=made.signer)
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copytree(made.folder / made.full, alone / made.full)
    with pytest.raises(KeysSetMissing):
        layouts.open_pair(open_place(alone.as_uri()), "", [], signer=made.signer)
