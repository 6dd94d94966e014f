"""A core system's own look log as CSV becomes leaves: who, whom, when, which fields; and no value of a
customer."""

from datetime import UTC, datetime

import pytest
from django.db import connections

from tests.access import cast
from tests.feeds.conftest import CANARIES, HEADER, ID_NUMBER, PHONE, at, local, looks
from tutela.feeds import queries
from tutela.feeds.actions import accounts
from tutela.feeds.errors import OwnAccount
from tutela.feeds.models import Account, Feed
from tutela.trail import verification


def test_a_look_names_our_person_and_our_customer(ground):
    """By login and by customer number; the time told is kept beside the time received."""
    feed = ground.register("core-one")
    told = at(2)
    login = ground.clerk.staff.login
    done = ground.deliver(feed, f"{HEADER}\n{local(told)},{login},C00001,,,导出,1\n")
    assert (done.lines, done.looks, done.doubled) == (1, 1, 0)
    (leaf,) = looks(feed)
    assert (leaf.actor_kind, leaf.actor_id) == ("staff", ground.clerk.actor.id)
    assert leaf.subjects == (("customer", ground.customers[0]),)
    assert leaf.channel == "outside"
    assert leaf.exposure == "export"
    assert datetime.fromtimestamp(leaf.detail["told_ms"] / 1000, UTC) == told
    assert leaf.detail["system"] == "Core core-one"
    assert leaf.detail["record_number"] == 1
    assert len(leaf.fields) == 2
    assert leaf.classes


@pytest.mark.parametrize("column", ["phone", "idno"])
def test_a_phone_or_id_number_finds_the_customer_too(ground, column):
    """Whatever the log names customers by."""
    feed = ground.register(f"core-by-{column}")
    cells = f",,{PHONE}," if column == "phone" else f",,,{ID_NUMBER}"
    ground.deliver(feed, f"{HEADER}\n{local(at())},someone{cells},,\n")
    (leaf,) = looks(feed)
    assert leaf.subjects == (("customer", ground.customers[0]),)


def test_a_person_may_be_named_by_staff_number_or_domain(ground):
    """CORP\\login and login@corp are the login."""
    feed = ground.register("core-names")
    login, number = ground.clerk.staff.login, ground.clerk.staff.staff_no
    names = [number, f"CORP\\{login}", f"{login}@corp.example", login.upper()]
    rows = [f"{local(at(1, n))},{name},C00001,,,,{n}" for n, name in enumerate(names, 1)]
    ground.deliver(feed, "\n".join([HEADER, *rows]))
    assert {leaf.actor_id for leaf in looks(feed)} == {ground.clerk.actor.id}


def test_whom_nobody_knows_is_named_and_counted(ground):
    """The person as an account to be matched, the customer as a number of unknown references."""
    feed = ground.register("core-strangers")
    ground.deliver(feed, f"{HEADER}\n{local(at())},u_wang,C99999,,,,\n")
    (leaf,) = looks(feed)
    (account,) = Account.objects.filter(feed=feed)
    assert (leaf.actor_kind, leaf.actor_id) == ("anonymous", f"outside:{account.id}")
    assert account.shown == "u_wang"
    assert leaf.subjects == ()
    assert leaf.detail["unmatched"] == 1
    (covered,) = queries.coverage([feed.name])
    assert (covered.looks, covered.unmatched_people, covered.unknown_customers) == (1, 1, 1)
    assert (covered.people_share, covered.customers_share) == (0.0, 0.0)


def test_no_value_of_a_customer_is_anywhere_in_the_database(ground):
    """Neither in leaves nor in tables of the room, not even where the person's name is a telephone number."""
    feed = ground.register("core-canary")
    rows = [
        f"{local(at())},{PHONE},C00001,{PHONE},{ID_NUMBER},,1",
        f"{local(at())},u {ID_NUMBER} P2026110012345678,C00001,,,,2",
    ]
    ground.deliver(feed, "\n".join([HEADER, *rows]))
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            """SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
            WHERE tablename LIKE 'feeds_%' OR schemaname = 'trail'"""
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t")
            text = "\n".join(row[0] for row in cursor.fetchall())
            for value in (*CANARIES, "P2026110012345678"):
                assert value not in text, table
                assert value.encode().hex() not in text, table
    shown = set(Account.objects.filter(feed=feed).values_list("shown", flat=True))
    assert "138****8017" in shown


def test_the_same_file_again_is_recognised(ground):
    """Two records alike in one file are two looks; the same file again is none."""
    feed = ground.register(
        "core-again", columns={"at": "time", "person": "user", "customer_number": "customer"}
    )
    row = f"{local(at())},someone,C00001"
    text = f"time,user,customer\n{row}\n{row}\n{local(at(1, 5))},someone,C00002\n"
    first, second = ground.deliver(feed, text), ground.deliver(feed, text)
    assert (first.looks, first.doubled) == (3, 0)
    assert (second.looks, second.doubled) == (0, 3)
    assert len(looks(feed)) == 3


def test_gaps_late_numbers_and_a_new_numbering_are_told(ground):
    """1, 2, 5: two are missing; 4 comes late: one is; then it begins again at 1."""
    feed = ground.register("core-gaps")

    def send(*pairs):
        rows = [f"{local(at(10, seconds))},someone,C00001,,,,{n}" for n, seconds in pairs]
        return ground.deliver(feed, "\n".join([HEADER, *rows]))

    send((1, 1), (2, 2), (5, 5))
    assert [(gap.first, gap.count) for gap in queries.gaps(feed.id)] == [(3, 2)]
    send((4, 4))
    assert [(gap.first, gap.count) for gap in queries.gaps(feed.id)] == [(3, 1)]
    assert send((1, 100), (2, 101)).restarts == 1
    (covered,) = queries.coverage([feed.name])
    assert (covered.missing, covered.restarts) == (1, 1)
    assert [leaf.detail["record_run"] for leaf in looks(feed)] == [1, 1, 1, 1, 2, 2]


def test_the_trail_with_reported_looks_verifies(ground, cluster, database):
    """They are chains of their own whose loss would be seen."""
    walk = verification.run().walk
    assert walk.findings == []
    leaves = [leaf for feed in Feed.objects.all() for leaf in looks(feed)]
    assert len(leaves) > 10
    with cluster.connect(database=database) as server:
        server.execute("SET session_replication_role = replica")
        server.execute("DELETE FROM trail.leaf WHERE id = %s", [leaves[-1].id])
    assert [one.kind for one in verification.run().walk.findings] == ["subjects", "tail"]


def test_nobody_takes_the_own_name_off_the_own_looks(ground):
    """Who matches accounts to people may look at customers elsewhere, too."""
    feed = ground.register("own-name")
    ground.deliver(feed, f"{HEADER}\n{local(at())},zhang-elsewhere,C00001,,,,1\n")
    account = Account.objects.get(feed=feed)
    accounts.match_account(ground.manager.actor, account.id, ground.manager.staff.login)
    with pytest.raises(OwnAccount):
        accounts.release_account(ground.manager.actor, account.id)
    other = cast.hire("security_admin", "HQ")
    assert accounts.release_account(other.actor, account.id).staff_id is None
