"""The database itself refuses to change the log."""

import psycopg
import pytest

from tests.trail.conftest import make_leaf
from tutela.cli.running.layout import APP, AUDITOR, OWNER
from tutela.trail import actions, log

CHANGES = [
    "UPDATE {} SET at = now()",
    "DELETE FROM {}",
    "TRUNCATE {}",
]
TABLES = ["trail.leaf", "trail.named"]


@pytest.fixture
def sign_in(cluster, database):
    """A connection as one of the roles, with a leaf in the table."""
    log.append(make_leaf())
    made = []

    def connect(role):
        made.append(cluster.connect(user=role, database=database))
        return made[-1]

    yield connect
    for connection in made:
        connection.close()


@pytest.mark.parametrize("role", [APP, OWNER, AUDITOR])
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_nobody_changes_the_log(sign_in, role, table, change):
    """Not the application, not the auditor, and not the owner of the tables."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sign_in(role).execute(change.format(table))


@pytest.mark.parametrize("role", [APP, OWNER, AUDITOR])
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_nobody_changes_a_partition_directly(sign_in, role, table, change):
    """Going round the parent table does not help."""
    connection = sign_in(role)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(change.format(this_month(sign_in(OWNER), table)))


def this_month(connection, table):
    """The partition that holds now."""
    (name,) = connection.execute("SELECT %s || to_char(now(), '_YYYY_MM')", [table]).fetchone()
    return name


def test_the_auditor_reads_leaves_and_writes_none(sign_in):
    """Reading is the auditor's one right."""
    auditor = sign_in(AUDITOR)
    assert auditor.execute("SELECT count(*) FROM trail.leaf").fetchone()[0] > 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        auditor.execute("INSERT INTO trail.named VALUES (1, now())")


@pytest.mark.parametrize("table", ["keys.kek", "vault.customer", "public.access_staff"])
def test_the_auditor_reads_nothing_else(sign_in, table):
    """No customer, no key, no staff list."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sign_in(AUDITOR).execute(f"SELECT * FROM {table}")


def test_the_application_cannot_choose_a_transaction_number(sign_in):
    """The sequencer trusts xid, so only the server writes it."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sign_in(APP).execute("INSERT INTO trail.leaf (xid) VALUES ('1')")


def test_the_application_makes_partitions_but_no_tables(sign_in):
    """The one function runs as the owner; nothing else does."""
    assert actions.make_partitions(4) == 2
    assert actions.make_partitions(4) == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sign_in(APP).execute("CREATE TABLE trail.leaf_other (x int)")


@pytest.mark.parametrize("call", ["make_partitions(25)", "make_partitions(-1)"])
def test_far_partitions_are_refused(sign_in, call):
    """Nobody fills the catalogue with a thousand tables."""
    with pytest.raises(psycopg.errors.InvalidParameterValue):
        sign_in(APP).execute(f"SELECT trail.{call}")


def test_the_inner_function_is_the_owners_alone(sign_in):
    """A month cannot be chosen from outside."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sign_in(APP).execute("SELECT trail.make_partition('leaf', now())")
