"""Killed at any step of sealing, of giving a month up and of purging: nothing half done, and the next run does the rest."""

import os
import signal
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections

from tests.access import cast
from tests.trail.months import Past, month_ago, sequence
from tutela.access import trail_segments
from tutela.base import clock
from tutela.trail import queries, verification
from tutela.trail.segments import actions, files, places, rows, rules, seal

ALICE = ("customer", str(uuid4()))


@pytest.fixture(scope="module")
def stage(cluster, database, tmp_path_factory):
    """One month of four years ago and where copies go."""
    cast.plant_branches()
    month = month_ago(48, clock.today())
    with cluster.connect(database=database) as server:
        past = Past(server)
        past.month(month, 30, subjects=(ALICE,))
        server.commit()
    sequence()
    folders = [tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")]
    settings.TUTELA_TRAIL_COPIES = [str(folder) for folder in folders]
    yield folders
    settings.TUTELA_TRAIL_COPIES = []


def killed(monkeypatch, place, name, work, *, after=False):
    """Run `work` in a child that is killed when it calls a function, before or after the function did its work."""
    child = os.fork()
    if not child:
        for connection in connections.all():
            connection.connection = None  # the parent's stays open
        real = getattr(place, name)

        def die(*args, **kwargs):
            if after:
                real(*args, **kwargs)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(place, name, die)
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"{name} was not called"


def of_alice():
    return len(queries.leaves(queries.LeafFilter(subject=ALICE), limit=1000))


@pytest.mark.parametrize(
    ("place", "name", "after"),
    [
        (files, "_table", False),
        (files, "_finish", False),
        (files, "_finish", True),
        (files, "check", True),
        (actions, "record_sealed", False),
    ],
)
def test_a_month_is_not_sealed_by_halves(stage, monkeypatch, place, name, after):
    """Until its transaction there are files that nobody names."""
    killed(monkeypatch, place, name, seal.work, after=after)
    assert rows.segments() == []
    assert of_alice() == 30


@pytest.mark.parametrize(
    ("place", "name", "after"),
    [
        (actions, "record_sealed", True),
        (places, "_write", False),
        (places, "_write", True),
        (actions, "record_copy", True),
        (actions, "drop_month", False),
    ],
)
def test_a_sealed_month_stays_until_its_copies_are_right(stage, monkeypatch, place, name, after):
    """Each run goes on where the one before was cut off."""
    killed(monkeypatch, place, name, seal.work, after=after)
    (segment,) = rows.segments()
    assert segment.dropped_at is None
    assert of_alice() == 30


def test_what_was_cut_off_is_done_by_the_next_run(stage, monkeypatch):
    """And after the database gave the month up, the rest of that run as well."""
    killed(monkeypatch, actions, "drop_month", seal.work, after=True)
    (segment,) = rows.segments()
    assert segment.dropped_at is not None
    assert of_alice() == 30
    seal.work()
    assert [one.fault for one in rows.copies()] == ["", ""]
    assert verification.run().walk.findings == []
    left = sorted(file.name for file in segment.files)
    assert {path.name for path in places.working_folder().iterdir()} >= set(left)
    assert list(places.working_folder().glob("*.part")) == []
    for folder in stage:
        assert sorted(path.name for path in folder.iterdir()) == left


@pytest.mark.parametrize(("name", "after"), [("decide_purge", False), ("_decide", False)])
def test_a_purge_that_is_cut_off_has_purged_nothing(stage, monkeypatch, name, after):
    """Before its transaction commits, all is there."""
    approve = proposal()
    killed(monkeypatch, actions, name, approve, after=after)
    (segment,) = rows.segments()
    assert segment.purged_at is None
    assert of_alice() == 30
    (waiting, *_) = rows.purges()
    trail_segments.reject_purge(cast.hire("compliance_officer").actor, waiting.id)


def proposal():
    """A purge that waits, and what approves it."""
    first, second = cast.hire("compliance_officer"), cast.hire("security_admin")
    (segment,) = rows.segments()
    order = trail_segments.propose_purge(first.actor, segment.name, "retention_over")
    return lambda: trail_segments.approve_purge(second.actor, order)


def test_files_of_a_purged_month_go_with_the_next_run(stage, monkeypatch):
    """The month is purged from its transaction on, whether or not its files are gone."""
    killed(monkeypatch, places, "remove", proposal())
    (segment,) = rows.segments()
    assert (segment.state, segment.emptied_at) == (rules.State.PURGED, None)
    assert of_alice() == 0
    assert [one.month for one in queries.purged()] == [segment.month]
    seal.work()
    (segment,) = rows.segments()
    assert segment.emptied_at is not None
    for folder in (places.working_folder(), *stage):
        assert not any((folder / file.name).exists() for file in segment.files)
    assert verification.run().walk.findings == []
