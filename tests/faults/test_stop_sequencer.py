"""The sequencer is frozen, killed, and loses its database: leaves wait, nothing is lost, and the tree goes on."""

import json
import os
import signal

import psycopg

from tests.faults import installation, load, proof
from tests.faults.installation import Installation
from tutela.crypto import merkle

HEAL_SECONDS = 45
SIGNED = """
    SELECT (SELECT size FROM trail.tree WHERE closed_at IS NULL), (SELECT max(size) FROM trail.checkpoint),
        (SELECT count(*) FROM trail.leaf), (SELECT count(*) FROM trail.tree), (SELECT count(*) FROM trail.fault)"""


def tree_check(house: Installation) -> dict[str, str]:
    """What the doctor says of the tree."""
    done = house.run("doctor", "--json")
    told = {one["id"]: one for one in map(json.loads, done.stdout.splitlines())}
    assert "trail.tree" in told, (done.stdout[-500:], done.stderr)
    return dict(told["trail.tree"])


def is_signed(house: Installation) -> bool:
    try:
        size, signed, leaves, _, _ = house.sql(SIGNED)[0]
    except psycopg.OperationalError:  # the server recovers
        return False
    return bool(size == signed == leaves)


def all_signed(house: Installation) -> None:
    """Every leaf has its place in one tree, whose signed root is that of the leaves."""
    installation.until(lambda: is_signed(house), HEAL_SECONDS, "the last leaf to be signed")
    rows = house.sql(
        "SELECT s.index, l.leaf FROM trail.sequenced s JOIN trail.leaf l ON l.at = s.at AND l.id = s.leaf_id"
        " WHERE s.epoch = 1 ORDER BY s.index"
    )
    assert [index for index, _ in rows] == list(range(len(rows)))
    root = merkle.root([merkle.leaf_hash(bytes(leaf)) for _, leaf in rows])
    head = house.sql("SELECT size, root FROM trail.checkpoint ORDER BY size DESC LIMIT 1")
    assert head == [(len(rows), root)]
    assert house.sql(SIGNED)[0][3:] == (1, 0)


def test_a_sequencer_that_freezes_dies_or_loses_its_database(copied: Installation):
    """Looks go on while it is a little behind; the doctor tells of it; afterwards all is signed."""
    clients = load.made(copied.up(), 4)
    installation.until(lambda: bool(copied.pids(of="sequencer")), 20, "the sequencer")
    with load.running(clients):
        clients.shown_again(HEAL_SECONDS)
        (frozen,) = copied.pids(of="sequencer")
        os.kill(frozen, signal.SIGSTOP)
        installation.until(lambda: "behind" in tree_check(copied)["sentence"], 40, "the doctor")
        clients.shown_again(HEAL_SECONDS)
        os.kill(frozen, signal.SIGCONT)
        clients.shown_again(HEAL_SECONDS)
        for _ in range(3):
            installation.until(lambda: bool(copied.pids(of="sequencer")), 20, "the sequencer")
            copied.kill("sequencer")
        copied.kill("postmaster")
        clients.shown_again(HEAL_SECONDS)
    all_signed(copied)
    assert tree_check(copied)["state"] == "good"
    assert not clients.wrong, clients.wrong
    proof.trail_is_whole(copied, clients.leaves)
