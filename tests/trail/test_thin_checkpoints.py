"""Old checkpoints and cosignatures go by one rule, and whatever is proved stays provable."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from tests.trail.conftest import CLERK as ACTOR
from tests.trail.conftest import make_leaf, query
from tutela.base import clock
from tutela.crypto import merkle, notes
from tutela.trail import log, verification
from tutela.trail.errors import CosignatureRefused
from tutela.trail.tree import actions, proofs, state, thinning, witnesses
from tutela.trail.tree.sequencer import sequence_once

pytestmark = pytest.mark.usefixtures("database")
A, B = "audit+00000001", "group+00000002"


@pytest.fixture(scope="module")
def heads(database):
    """Twelve checkpoints, a few leaves apart."""
    found = []
    for count in range(1, 13):
        log.append_all([make_leaf() for _ in range(count)])
        sequence_once()
        found.append(state.newest())
    return found


@contextmanager
def as_owner(cluster, database):
    with cluster.connect("postgres", database) as owner:
        owner.execute("SET session_replication_role = replica")
        yield owner


def noon(days_ago):
    """Of a day so long ago: three hours to either side are the same day."""
    day = clock.now().astimezone(UTC).date() - timedelta(days=days_ago)
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def aged(cluster, database, heads):
    """Lays the checkpoints on days, with their cosignatures: (days ago, minutes, witnesses) of each."""

    def lay(*places):
        with as_owner(cluster, database) as owner:
            owner.execute("DELETE FROM trail.cosignature")
            for head, (days, minutes, names) in zip(heads, places, strict=False):
                at = noon(days) + timedelta(minutes=minutes)
                owner.execute(
                    "INSERT INTO trail.checkpoint VALUES (%s, %s, %s, %s, %s)"
                    " ON CONFLICT (epoch, size) DO UPDATE SET at = excluded.at",
                    [head.epoch, head.size, head.root, at, head.note],
                )
                for name in names:
                    owner.execute(
                        "INSERT INTO trail.cosignature VALUES (%s, %s, %s, %s, %s)",
                        [head.epoch, head.size, name, at, f"— {name}\n"],
                    )
        return heads

    return lay


def sizes():
    return [size for (size,) in query("SELECT size FROM trail.checkpoint ORDER BY size")]


def cosigned():
    return query("SELECT size, witness FROM trail.cosignature ORDER BY size, witness")


def test_of_an_old_day_the_last_checkpoint_stays_and_young_days_stay_whole(aged):
    """Seven days; the newest of all is never touched."""
    heads = aged((9, 0, ()), (9, 1, ()), (9, 2, ()), (8, 0, ()), (8, 5, ()), (6, 0, ()), (6, 1, ()))
    gone = thinning.thin()
    assert gone.checkpoints == 3
    assert sizes() == [heads[n].size for n in (2, 4, 5, 6, 7, 8, 9, 10, 11)]
    assert thinning.thin() == thinning.Thinned()


def test_every_set_of_witnesses_of_a_day_keeps_its_last_checkpoint(aged):
    """So a quorum of the day stays, whichever policy asks for it; of younger days nothing goes."""
    heads = aged(
        (40, 0, (A,)), (40, 1, (A, B)), (40, 2, (B,)), (40, 3, (A,)), (40, 4, (A,)), (20, 0, (A,)), (20, 1, (A,)),
    )  # fmt: skip
    thinning.thin()
    both = [(heads[1].size, A), (heads[1].size, B)]
    alone = [(heads[2].size, B), (heads[4].size, A)]
    assert cosigned() == [*both, *alone, (heads[5].size, A), (heads[6].size, A)]
    assert {heads[n].size for n in (1, 2, 4, 5, 6)} <= set(sizes())
    assert not {heads[n].size for n in (0, 3)} & set(sizes())


def test_the_quorum_in_force_stays(aged):
    """However old it is."""
    heads = aged((40, 0, (A,)), (40, 1, (A,)))
    query(
        "INSERT INTO trail.quorum (policy, since, met_at, epoch, size) VALUES ('\\x00', %s, %s, %s, %s)"
        " RETURNING 1",
        clock.now(),
        clock.now(),
        heads[0].epoch,
        heads[0].size,
    )
    thinning.thin()
    assert (heads[0].size, A) in cosigned()
    query("DELETE FROM trail.quorum RETURNING 1")


def test_what_is_gone_can_still_be_proved_and_the_rest_is_whole(aged):
    """From a checkpoint that somebody kept to the newest one; the nightly verification finds nothing."""
    heads = aged(*[(10, minute, ()) for minute in range(11)])
    thinning.thin()
    assert sizes() == [heads[10].size, heads[11].size]
    for old in heads[:10]:
        path = proofs.consistency(old.epoch, old.size, heads[11].size)
        merkle.verify_consistency(old.size, heads[11].size, path, old.root, heads[11].root)
    run = verification.run(lambda _done, _all: None)
    assert [
        one.kind for one in run.walk.findings if one.kind in {"tree", "tile", "checkpoint"}
    ] == []


def test_nobody_takes_away_another_row(aged):
    """Not the application's role at all, and not even the owner: the last of a block, or a young one."""
    heads = aged((10, 0, (A,)))
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        query("DELETE FROM trail.checkpoint RETURNING 1")
    today = clock.now().date()
    assert query("SELECT * FROM trail.thin(%s)", today) == [(0, 0)]
    assert (heads[0].size, A) in cosigned()


def test_the_owner_is_refused_too_while_the_triggers_stand(aged, cluster, database):
    """A young checkpoint, an old one that is the last of its block, and a young cosignature."""
    heads = aged((1, 0, (A,)))
    with as_owner(cluster, database) as owner:
        for head in heads[1:]:
            owner.execute(
                "UPDATE trail.checkpoint SET at = %s WHERE size = %s", [noon(40), head.size]
            )
    with cluster.connect("postgres", database) as owner:
        for table, size in (
            ("cosignature", heads[0].size), ("checkpoint", heads[0].size), ("checkpoint", heads[11].size)
        ):  # fmt: skip
            with pytest.raises(Exception, match="append_only"), owner.transaction():
                owner.execute(f"DELETE FROM trail.{table} WHERE size = %s", [size])


def test_a_checkpoint_that_was_thinned_out_while_it_was_carried_is_kept_again(
    aged, tmp_path, monkeypatch
):
    """If the log's own key signed it; another root, or a note that nobody signed, is not ours."""
    seed = notes.generate(notes.Kind.COSIGNATURE)
    key = notes.NoteKey(
        "firm.example/w", notes.Kind.COSIGNATURE, notes.public_of(notes.Kind.COSIGNATURE, seed)
    )
    monkeypatch.setattr(settings, "TUTELA_TRAIL_POLICY_FILE", tmp_path / "trail.policy")
    witnesses.path().write_text(f"witness firm {key}\nquorum firm\n")
    heads = aged(*[(10, minute, ()) for minute in range(11)])
    thinning.thin()
    head = heads[3]
    assert witnesses.head_of(head.epoch, head.size) is None
    text = notes.read_note(head.note).text
    at = int(clock.now().timestamp())
    line = notes.cosign(text, key.name, key.kind, seed, at)
    forged = notes.sign_note(text, head.origin, notes.generate(notes.Kind.ED25519)) + line
    for note in (f"{text}\n{line}", forged):
        with pytest.raises(CosignatureRefused, match="no-checkpoint"):
            actions.record(ACTOR, note)
    (kept,) = actions.record(ACTOR, head.note + line)
    assert (kept.witness, kept.size) == ("firm", head.size)
    assert witnesses.head_of(head.epoch, head.size).root == head.root
