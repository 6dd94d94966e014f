"""Customers' data closes while the tree is far behind or broken; exports stop and quotas halve before that."""

import pytest
from django.db import transaction

from tests.trail.conftest import make_leaf, query
from tutela.base import clock, health
from tutela.trail import checks, log, queries
from tutela.trail.errors import TrailClosed, TrailStrained
from tutela.trail.leaves import Exposure
from tutela.trail.pulse import Pulse, State, Why
from tutela.trail.tree import closing, state
from tutela.trail.tree.sequencer import sequence_once
from tutela.trail.writer import writer

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def lagging(cluster, database):
    """Say how many seconds the oldest leaf waits; the next sequencing mends it."""

    def lag(seconds):
        with cluster.connect("postgres", database) as owner:
            owner.execute("SET session_replication_role = replica")
            owner.execute(
                "UPDATE trail.tree SET caught_up_at = now() - make_interval(secs => %s)", [seconds]
            )
            owner.execute(
                "UPDATE trail.leaf SET at = now() - make_interval(secs => %s) WHERE xid = "
                "(SELECT min(l.xid) FROM trail.leaf l, trail.tree t WHERE l.xid >= t.horizon)",
                [seconds],
            )
        closing.look()

    return lag


@pytest.mark.parametrize(
    ("seconds", "wanted"),
    [(0, (State.OPEN, Why.NONE)), (5, (State.OPEN, Why.NONE)), (5.1, (State.STRAINED, Why.BEHIND)),
     (60, (State.STRAINED, Why.BEHIND)), (60.1, (State.CLOSED, Why.BEHIND))],
)  # fmt: skip
def test_the_states_by_seconds_behind(seconds, wanted):
    """Open up to 5 s, strained up to 60, then closed."""
    pulse = Pulse()
    pulse.saw_tree(100.0, seconds, Why.NONE)
    assert pulse.state(101.0) == wanted
    assert pulse.strained == (wanted[0] is not State.OPEN)


@pytest.mark.parametrize("why", [Why.CHAIN, Why.ROOT, Why.SIGNER, Why.QUORUM])
def test_a_fault_closes(why):
    """However short the lag; what was seen long ago counts for nothing."""
    pulse = Pulse()
    pulse.saw_tree(100.0, 0.0, why)
    assert pulse.state(101.0) == (State.CLOSED, why)
    assert pulse.state(111.0) == (State.OPEN, Why.NONE)


def test_before_the_first_tree_nothing_is_behind():
    """An installation whose sequencer never ran is told so by the doctor, and is open."""
    log.append(make_leaf())
    assert state.health() is None
    assert queries.health().state == "open"
    assert health.run(checks.trail_tree).state == "warning"


def test_a_tree_that_is_a_little_behind_stops_exports_and_prints(lagging):
    """Looks go on."""
    sequence_once()
    log.append(make_leaf())
    lagging(20)
    assert queries.health().state == "strained"
    for exposure in (Exposure.EXPORT, Exposure.PRINT):
        with pytest.raises(TrailStrained):
            log.append(make_leaf(exposure=exposure))
    log.append(make_leaf(exposure=Exposure.CLEAR))
    assert health.run(checks.trail_tree).state == "bad"
    sequence_once()
    closing.look()
    log.append(make_leaf(exposure=Exposure.EXPORT))
    sequence_once()
    assert health.run(checks.trail_tree).state == "good"


def test_a_tree_that_is_far_behind_closes_customers_data_and_nothing_else(lagging):
    """Masked looks, changes and clear values alike; who signs in or reads the trail is still recorded."""
    sequence_once()
    log.append(make_leaf())
    lagging(75)
    for exposure in set(Exposure) - {Exposure.NONE}:
        with pytest.raises(TrailClosed, match="behind"):
            log.append_all([make_leaf(exposure=Exposure.NONE), make_leaf(exposure=exposure)])
    with pytest.raises(TrailClosed), transaction.atomic():
        log.append_with_change(make_leaf(exposure=Exposure.WRITE))
    log.append(make_leaf(exposure=Exposure.NONE))
    assert health.run(checks.trail_open).state == "bad"
    sequence_once()
    closing.look()
    log.append(make_leaf())


def test_a_long_change_does_not_look_like_a_lag():
    """Its leaf was written long before it is committed, and is placed at once."""
    sequence_once()
    with transaction.atomic():
        log.append_with_change(make_leaf())
        sequence_once()
    assert state.health().lag < 1
    sequence_once()


def test_each_process_looks_again_after_two_seconds(monkeypatch, lagging):
    """Not at every leaf."""
    looks = []
    whole = writer().look_at_tree
    monkeypatch.setattr(writer(), "look_at_tree", lambda: looks.append(1) or whole())
    writer().pulse.saw_tree(clock.monotonic() - 60, 0.0, Why.NONE)
    for _ in range(5):
        log.append(make_leaf())
    assert len(looks) == 1


def test_whoever_asks_sees_the_last_cycle():
    """The server's clock of the last look that found everything placed."""
    log.append(make_leaf())
    sequence_once()
    ((seconds,),) = query(
        "SELECT extract(epoch FROM clock_timestamp() - caught_up_at) FROM trail.tree WHERE closed_at IS NULL"
    )
    assert 0 <= seconds < 30
