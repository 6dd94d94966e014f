"""The root key file: made once, locked, put back when lost, never replaced by a new one."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from tests.keys.conftest import execute, keys_of, save
from tutela.base.actor import SYSTEM
from tutela.keys import actions, custody, events
from tutela.keys.errors import (
    KeyDamaged,
    PassphraseWeak,
    PassphraseWrong,
    RootDamaged,
    RootForeign,
    RootLocked,
    RootMissing,
)
from tutela.keys.providers import file
from tutela.trail import queries

WORDS = "seven grey herons at dusk"
OTHER = "one blue kite over the dam"


def again(passphrase):
    """As a process that starts with this passphrase."""
    custody.stop()
    settings.TUTELA_KEY_PASSPHRASE = passphrase


def test_the_first_run_repeated_changes_nothing(ground):
    """One file, one KEK, one root of each kind."""
    before = (
        ground.read_bytes(),
        execute("SELECT * FROM keys.kek"),
        execute("SELECT * FROM keys.side_root"),
    )
    actions.first_run()
    assert before == (
        ground.read_bytes(),
        execute("SELECT * FROM keys.kek"),
        execute("SELECT * FROM keys.side_root"),
    )


def test_an_unlocked_file_says_so_loudly(ground, caplog):
    """The doctor and the pages ask `describe`; the log warns at each start."""
    actions.first_run()
    assert not custody.describe().locked
    assert "keys.root_unlocked" in caplog.text
    assert ground.stat().st_mode & 0o777 == 0o600


def test_a_missing_file_is_named_and_never_made_anew(ground):
    """A new root key would make every customer unreadable for ever."""
    ground.unlink()
    with pytest.raises(RootMissing, match=r"keys\.root_missing"):
        actions.first_run()
    with pytest.raises(RootMissing):
        custody.check_ready()
    assert not ground.exists()


def test_a_file_of_another_installation_is_foreign(ground):
    """Refused before anything is tried with it."""
    entry, _ = file.new_entry(bytes(16), None)
    file.write(settings.TUTELA_HOME, file.RootFile(bytes(16), (entry,)))
    for act in (actions.first_run, custody.check_ready):
        with pytest.raises(RootForeign, match=r"keys\.root_foreign"):
            act()


def test_another_root_with_this_installations_name_is_refused(ground):
    """The name alone opens nothing: the KEK row names its root."""
    entry, _ = file.new_entry(custody.installation(), None)
    file.write(settings.TUTELA_HOME, file.RootFile(custody.installation(), (entry,)))
    with pytest.raises(KeyDamaged):
        custody.check_ready()


SPOILT = {
    "empty": b"",
    "not json": b"\xff\xfe",
    "a list": b"[]",
    "no roots": b'{"version": 1, "installation": "00", "roots": []}',
}


@pytest.mark.parametrize("content", SPOILT.values(), ids=SPOILT.keys())
def test_a_damaged_file_is_named(ground, content):
    """One sentence, no trace back."""
    ground.write_bytes(content)
    with pytest.raises(RootDamaged):
        custody.check_ready()


def test_a_changed_root_in_the_file_is_damage(ground):
    """The commitment beside it tells."""
    told = json.loads(ground.read_text())
    told["roots"][0]["blob"] = "A" * 43 + "="
    ground.write_text(json.dumps(told))
    with pytest.raises(RootDamaged):
        custody.check_ready()


def test_a_locked_file_opens_with_its_passphrase_alone(ground):
    """Missing and wrong passphrase are told apart from damage, in one sentence each."""
    (customer,) = save(1)
    actions.lock(SYSTEM, WORDS)
    assert custody.describe().locked
    keys_of(customer)
    again(None)
    with pytest.raises(RootLocked, match=r"keys\.locked"):
        custody.check_ready()
    again("wrong")
    with pytest.raises(PassphraseWrong, match=r"keys\.passphrase_wrong"):
        custody.check_ready()


def test_locking_replaces_the_root_that_lay_in_clear(ground):
    """An old copy of the unlocked file opens nothing any more."""
    clear = ground.read_bytes()
    actions.lock(SYSTEM, WORDS)
    ground.write_bytes(clear)
    again(None)
    with pytest.raises(KeyDamaged):
        custody.check_ready()


def test_another_passphrase_needs_the_present_one(ground):
    """Then the old one opens nothing."""
    actions.lock(SYSTEM, WORDS)
    with pytest.raises(PassphraseWrong):
        actions.change_passphrase(SYSTEM, "guess guess guess", OTHER)
    actions.change_passphrase(SYSTEM, WORDS, OTHER)
    again(WORDS)
    with pytest.raises(PassphraseWrong):
        custody.check_ready()
    again(OTHER)
    custody.check_ready()


def test_a_process_that_runs_is_not_disturbed_by_a_lock(ground):
    """KEKs that are open stay open: their commitments have not changed."""
    (customer,) = save(1)
    kept = custody._custody
    actions.lock(SYSTEM, WORDS)
    custody._custody, settings.TUTELA_KEY_PASSPHRASE = kept, None
    kept.forget("kek")
    keys_of(customer)


def test_a_lock_cut_off_before_its_commit_is_taken_up(ground, monkeypatch):
    """The file has both roots, the rows the old one: everything still opens, and locks later."""
    monkeypatch.setattr(actions, "_rewrap", _cut)
    with pytest.raises(KeyboardInterrupt):
        actions.lock(SYSTEM, WORDS)
    monkeypatch.undo()
    again(None)
    custody.check_ready()
    assert not custody.describe().locked
    actions.lock(SYSTEM, WORDS)
    assert len(file.read(settings.TUTELA_HOME).entries) == 1


def test_a_lock_cut_off_after_its_commit_is_mended_at_the_next_start(ground, monkeypatch):
    """The rows have the new root; the old one leaves the file."""
    monkeypatch.setattr(actions, "_end_change", _cut)
    with pytest.raises(KeyboardInterrupt):
        actions.lock(SYSTEM, WORDS)
    again(None)
    with pytest.raises(RootLocked):
        custody.check_ready()
    again(WORDS)
    actions.first_run()
    custody.check_ready()
    assert custody.describe().locked


def _cut(*_):
    raise KeyboardInterrupt


@pytest.mark.parametrize("weak", ["", "short", "aaaaaaaaaaaaaaaaaaa"])
def test_a_weak_passphrase_is_refused(ground, weak):
    """Argon2id makes guessing slow, not impossible."""
    with pytest.raises(PassphraseWeak):
        actions.lock(SYSTEM, weak)


def test_every_act_leaves_a_leaf(ground):
    """Making and locking keys are traced in their own transaction."""
    actions.lock(SYSTEM, WORDS)
    told = {row.event for row in queries.leaves(limit=50)}
    assert {events.ROOT_KEY_LOCKED.name, events.KEK_REWRAPPED.name} <= told


def test_no_key_is_ever_logged_or_shown(ground, caplog):
    """Not in the log, not in a printed object."""
    root = file.read(settings.TUTELA_HOME).entries[0].blob
    actions.first_run()
    actions.lock(SYSTEM, WORDS)
    ring = custody._custody.ring
    custody.check_ready()
    shown = caplog.text + repr(ring) + repr(ring.provider()) + repr(ring.side("note"))
    for form in (root.hex(), repr(root)[2:-1], WORDS):
        assert form not in shown
    assert root.hex() not in repr(file.read(settings.TUTELA_HOME))


FIRST = "import django; django.setup(); from tutela.keys import actions; actions.first_run()"


def test_two_processes_that_start_at_once_make_one_set(ground):
    """Empty tables and no file: the second finds the first one's work."""
    ground.unlink()
    _empty_keys()
    both = [subprocess.Popen([sys.executable, "-c", FIRST]) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    assert execute("SELECT count(*) FROM keys.kek") == [(1,)]
    assert execute("SELECT count(*) FROM keys.side_root") == [(3,)]
    custody.stop()
    custody.check_ready()


def _empty_keys():
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE keys.installation, keys.kek, keys.customer_root, keys.side_root")
