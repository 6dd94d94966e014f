"""When the log cannot be written it says so, and shows open again when it can."""

import threading
import time
from datetime import timedelta

import pytest

from tests.trail.conftest import assert_unbroken, make_leaf, query
from tutela.base import clock
from tutela.cli.running.layout import OWNER
from tutela.trail import actions, log, queries
from tutela.trail import writer as writing
from tutela.trail.errors import TrailClosed
from tutela.trail.pulse import Pulse, State, Why

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("database")]


def test_a_server_that_dies_and_returns_loses_and_doubles_nothing(cluster):
    """Immediate stop under load: each caller gets a receipt or TrailClosed; receipts hold."""
    made, refused, go_on = [], [], threading.Event()

    def work():
        while not go_on.is_set():
            try:
                made.append(log.append(make_leaf()).leaf_id)
            except TrailClosed as closed:
                refused.append(closed.params["why"])
                time.sleep(0.05)

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    cluster.stop("immediate")
    time.sleep(0.2)
    cluster.ensure()
    before = len(made)
    time.sleep(3)
    go_on.set()
    for thread in threads:
        thread.join()
    _forget_connections()
    assert len(made) > before
    found = query("SELECT id FROM trail.leaf WHERE id = ANY(%s)", made)
    assert len(found) == len(made)
    assert_unbroken()


def _forget_connections():
    from django.db import connections

    connections["default"].close()


def test_a_session_that_is_cut_is_made_again(cluster, database):
    """One lost connection costs nothing: the same batch is tried again."""
    log.append(make_leaf())
    with cluster.connect() as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'tutela-trail' AND datname = %s",
            [database],
        )
    assert queries.leaf(log.append(make_leaf()).leaf_id) is not None


def test_a_batch_that_did_land_is_not_written_again(monkeypatch):
    """The answer to the first commit is lost: the second try sees it and acknowledges."""
    writer, tries = writing.writer(), []
    whole = writing._execute

    def lose_the_answer(connection, stamped):
        whole(connection, stamped)
        tries.append(1)
        if len(tries) == 1:
            raise OSError

    monkeypatch.setattr(writing, "_execute", lose_the_answer)
    receipt = log.append(make_leaf())
    assert len(tries) == 1
    assert writer.pulse.state(clock.monotonic())[0] == State.OPEN
    assert query("SELECT count(*) FROM trail.leaf WHERE id = %s", receipt.leaf_id) == [(1,)]


def test_a_missing_partition_closes_the_log(cluster, database):
    """No default partition swallows leaves: the reason is told, and mended by making it."""
    with cluster.connect(OWNER, database) as owner:
        (name,) = owner.execute("SELECT 'trail.leaf' || to_char(now(), '_YYYY_MM')").fetchone()
        owner.execute(f"ALTER TABLE trail.leaf DETACH PARTITION {name}")
        with pytest.raises(TrailClosed, match="why=partition_missing"):
            log.append(make_leaf())
        assert queries.health().state == "closed"
        owner.execute(f"ALTER TABLE {name} RENAME TO away")
    actions.make_partitions()
    time.sleep(1.1)
    log.append(make_leaf())
    assert queries.health().state == "open"


def test_a_wrong_clock_closes_the_log(monkeypatch):
    """More than two seconds between this machine and the database: times could not be trusted."""
    writing.stop()
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now - timedelta(days=365))
    with pytest.raises(TrailClosed, match="why=clock_skew"):
        log.append(make_leaf())
    monkeypatch.undo()
    time.sleep(1.1)
    log.append(make_leaf())


def test_while_closed_one_append_a_second_tries_again():
    """Closed answers at once, and does not stay closed for ever."""
    pulse = Pulse()
    pulse.close(10.0, Why.DATABASE)
    assert [pulse.refusal(t) for t in (10.5, 11.1, 11.2)] == [Why.DATABASE, Why.NONE, Why.DATABASE]
    pulse.acknowledged(11.3, 0.01)
    assert pulse.state(11.3) == (State.OPEN, Why.NONE)


def test_slow_acknowledgements_are_strain():
    """p99 above a quarter of a second."""
    pulse = Pulse()
    for n in range(100):
        pulse.acknowledged(float(n) / 100, 0.01 if n < 90 else 0.3)
    assert pulse.state(1.0) == (State.STRAINED, Why.SLOW)
    assert pulse.state(60.0) == (State.OPEN, Why.NONE)
