"""Whoever holds the application's role cannot empty the log's last year, take a hold back, or forge a seal."""

from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from tests.access import cast
from tests.trail.conftest import make_leaf, query
from tests.trail.months import Past, month_ago, sequence
from tutela.access import trail_segments
from tutela.base import clock, ids
from tutela.cli.running.layout import OWNER
from tutela.trail import log
from tutela.trail.lasting import LASTING
from tutela.trail.segments import rows, rules, seal
from tutela.vault import events

pytestmark = pytest.mark.usefixtures("database")
FORGE = """
    INSERT INTO trail.segment (epoch, month, first, leaves, begins_at, ends_at, span, span_hash, name, bytes, file_hash,
        pointers_name, pointers_bytes, pointers_hash, schema, keep_until, sealed_at, sealed_leaf, checked_at)
    VALUES (1, %(month)s, 0, 1000000, %(month)s, %(ends)s, '{}', %(hash)s, 'x', 1, %(hash)s, 'x', 1, %(hash)s, '1',
        %(until)s, %(ends)s, %(leaf)s, %(ends)s)"""
COPIES = "INSERT INTO trail.segment_copy (epoch, month, place, checked_at) VALUES (1, %s, %s, %s)"
DROP = "SELECT trail.drop_month(%s, 1, '{}')"


@pytest.fixture(scope="module")
def months(cluster, database):
    """A month of twenty months ago, one of three, and one of the leaves that other rooms need."""
    cast.plant_branches()
    old, young = found = [month_ago(n, clock.today()) for n in (20, 3)]
    with cluster.connect(database=database) as server:
        past = Past(server)
        past.month(old, 5)
        past.leaf(rules.ends(old) - (rules.ends(old) - rules.starts(old)) / 9,
                  event=events.CUSTOMER_DESTROYED, detail={})  # fmt: skip
        past.month(young, 5)
        server.commit()
    sequence()
    return found


def refused(words, statement, values):
    with (
        pytest.raises(DatabaseError, match=words),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def forge(month, leaf, **changes):
    facts = {
        "month": month, "ends": rules.ends(month), "hash": bytes(32), "leaf": leaf,
        "until": rules.plus(month, 13),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(FORGE, {**facts, **changes})
        for place in ("/one", "/two"):
            cursor.execute(COPIES, [month, place, facts["ends"]])


def forge_and_drop(month, leaf):
    forge(month, leaf)
    query(DROP, month)


def test_a_month_of_the_last_year_is_never_dropped(months):
    """Whatever number of months the caller says."""
    refused("month_is_hot", DROP, [months[1]])


def test_rows_without_a_seal_in_the_log_are_no_segment(months):
    """The role may write such rows; the database asks for the leaf, and compares the file's hash."""
    leaf = log.append(make_leaf()).leaf_id
    with pytest.raises(DatabaseError, match="month_is_not_sealed"), transaction.atomic():
        forge_and_drop(months[0], leaf)


@pytest.mark.parametrize("wrong", ["ends", "until"])
def test_a_segment_cannot_say_that_it_may_go_sooner(months, wrong):
    """Ended before its month began; to be kept for less than a year."""
    with pytest.raises(DatabaseError, match="segment_ends"), transaction.atomic():
        forge(months[0], uuid4(), **{wrong: rules.starts(rules.plus(months[0], -1))})


def test_what_other_rooms_need_stays_whatever_the_caller_says(months, tmp_path, monkeypatch):
    """Sealed as it should be, then given up with an empty list of what lasts."""
    monkeypatch.setattr(settings, "TUTELA_TRAIL_COPIES", [str(tmp_path / n) for n in "ab"])
    monkeypatch.setattr(settings, "TUTELA_TRAIL_HOT_MONTHS", 1_200)
    for name in "ab":
        (tmp_path / name).mkdir()
    seal.work()
    assert query(DROP, months[0]) == [(True,)]
    assert query("SELECT event FROM trail.lasting") == [("vault.customer.destroyed",)]
    assert rows.segments()[-1].dropped_at is not None


def test_the_database_knows_every_event_that_lasts():
    """A new one needs a migration that names it."""
    assert set(LASTING) <= {name for (name,) in query("SELECT event FROM trail.lasting_name")}


def test_a_hold_is_lifted_by_its_leaf_and_once(cluster, database, months):
    """Not by a row, and what was written of it stays; the owner's own row needs the leaf too."""
    officer, other = (cast.hire(post).actor for post in ("compliance_officer", "security_admin"))
    hold = trail_segments.place_hold(officer, months[0], months[0], "Court asks for it")
    lift = """UPDATE trail.hold SET lift_reason = 'x', lifted_by = %s, lifted_at = placed_at, lifted_leaf = %s"""
    refused("permission denied", lift, [officer.id, ids.uuid7()])
    asked = trail_segments.propose_lift(officer, hold, "The court has returned the files")
    trail_segments.approve_lift(other, asked)
    back = "UPDATE trail.hold SET lift_reason='', lifted_by=NULL, lifted_at=NULL, lifted_leaf=NULL WHERE id=%s"
    with cluster.connect(OWNER, database) as owner:
        for statement in ("UPDATE trail.hold SET lift_reason = 'y' WHERE id = %s", back):
            with pytest.raises(psycopg.Error, match="hold_untraced"), owner.transaction():
                owner.execute(statement, [hold])
