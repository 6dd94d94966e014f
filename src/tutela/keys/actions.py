"""Make, lock and change the installation's own keys. Each act leaves a leaf in its own transaction."""

import logging

from django.conf import settings
from django.db import connection, transaction

from tutela.base.actor import SYSTEM, Actor
from tutela.crypto import digest, hierarchy
from tutela.crypto.suites import Suite
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf

from . import custody
from .errors import RootForeign, RootMissing
from .opening import check, kek_context, open_file, stored_identity
from .providers import file
from .rules import KeyState, may_lock

SIDES = ("index", "note", "secret")
_TURN = "SELECT pg_advisory_xact_lock(hashtext('keys.root'))"
_NEW_KEK = """
    INSERT INTO keys.kek (version, suite, wrapped, commitment, provider, state)
    VALUES (%s, %s, %s, %s, %s, %s) RETURNING id
"""
_NEW_SIDE = """
    INSERT INTO keys.side_root (name, version, kek_id, wrapped, commitment, state)
    VALUES (%s, %s, %s, %s, %s, %s)
"""
_log = logging.getLogger("tutela.keys")


def first_run(actor: Actor = SYSTEM) -> None:
    """Make whatever is missing: root key file, installation id, KEK, side roots. Safe to repeat.

    A database that has keys but no file is never given a new one: RootMissing.
    """
    with transaction.atomic():
        _take_turn()
        known = stored_identity()
        if known is not None and not file.exists(settings.TUTELA_HOME):
            raise RootMissing
        if not file.exists(settings.TUTELA_HOME):
            _make_root(actor)
        found = file.read(settings.TUTELA_HOME)
        if known is None:
            _insert("INSERT INTO keys.installation (id) VALUES (%s)", found.installation)
        elif found.installation != known:
            raise RootForeign
        kek_id = _active_kek(actor, found.installation)
        _make_sides(actor, found.installation, kek_id)
        _drop_unused(found)
    if not found.locked:
        _log.warning("keys.root_unlocked the root key file is not locked by a passphrase")


def lock(passphrase: str, actor: Actor = SYSTEM) -> None:
    """Lock the root key file. The root key that lay there in clear is replaced, not only hidden."""
    may_lock(passphrase)
    with transaction.atomic(durable=True):
        _take_turn()
        found = _begin_change(passphrase)
        _rewrap(found, passphrase, actor)
    _end_change(passphrase)


def change_passphrase(old: str, new: str, actor: Actor = SYSTEM) -> None:
    """Lock with another passphrase, and another root key; PassphraseWrong if `old` is not the present one."""
    may_lock(new)
    file.open_roots(file.read(settings.TUTELA_HOME), old)
    settings.TUTELA_KEY_PASSPHRASE = old
    lock(new, actor)


def _take_turn() -> None:
    """One process at a time; the others then find the work done."""
    with connection.cursor() as cursor:
        cursor.execute(_TURN)


def _insert(statement: str, *values: bytes | str | int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0]) if "RETURNING" in statement else 0


def _tell(actor: Actor, event: Event, **detail: str | int) -> None:
    log.append_with_change(Leaf(event=event, actor=actor, detail=detail))


def _make_root(actor: Actor) -> None:
    """Write the file before the database knows of it: a crash between leaves a file to be taken up."""
    installation = digest.random_bytes(16)
    entry, _ = file.new_entry(installation, settings.TUTELA_KEY_PASSPHRASE)
    file.write(settings.TUTELA_HOME, file.RootFile(installation, (entry,)))
    _tell(actor, Event.KEYS_ROOT_KEY_CREATED, provider="file", locked=int(entry.locked))


def _active_kek(actor: Actor, installation: bytes) -> int:
    """The id of the active KEK of the set suite, made if there is none."""
    suite = Suite(settings.TUTELA_SUITE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM keys.kek WHERE suite = %s AND state = 1", [suite.value])
        row = cursor.fetchone()
    return int(row[0]) if row else _make_kek(actor, installation, suite)


def _make_kek(actor: Actor, installation: bytes, suite: Suite) -> int:
    provider = open_file(installation)
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(version), 0) + 1 FROM keys.kek")
        version = int(cursor.fetchone()[0])
    key = hierarchy.new_root()
    wrapped = provider.wrap(key, kek_context(installation, version, suite))
    proof = hierarchy.commitment(key, installation, version, suite)
    state = KeyState.ACTIVE.value
    kek_id = _insert(_NEW_KEK, version, suite.value, wrapped, proof, provider.key_id, state)
    _tell(actor, Event.KEYS_KEK_CREATED, kek=kek_id, version=version, suite=suite.value)
    return kek_id


def _make_sides(actor: Actor, installation: bytes, kek_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM keys.side_root WHERE state = 1")
        present = {row[0] for row in cursor.fetchall()}
    for name in SIDES:
        if name not in present:
            _make_side(actor, installation, kek_id, name)


def _make_side(actor: Actor, installation: bytes, kek_id: int, name: str) -> None:
    kek = custody.open_kek(kek_id)
    root = hierarchy.new_root()
    wrapped = kek.wrap_secret(f"{name}/1", root)
    proof = hierarchy.commitment(root, installation, 1, kek.suite)
    _insert(_NEW_SIDE, name, 1, kek_id, wrapped, proof, KeyState.ACTIVE.value)
    event = Event.KEYS_INDEX_ROOT_CREATED if name == "index" else Event.KEYS_SIDE_ROOT_CREATED
    _tell(actor, event, name=name, version=1, kek=kek_id)


def _begin_change(passphrase: str) -> file.RootFile:
    """Put a new, locked root beside the present one, in the file first."""
    found = file.read(settings.TUTELA_HOME)
    entry, _ = file.new_entry(found.installation, passphrase)
    used = _roots_in_use()
    present = tuple(one for one in found.entries if one.id in used)
    both = file.RootFile(found.installation, (*present, entry))
    file.write(settings.TUTELA_HOME, both)
    return both


def _drop_unused(found: file.RootFile) -> None:
    """A change of the root key that was cut off may have left a root that wraps nothing."""
    used = _roots_in_use()
    kept = tuple(entry for entry in found.entries if entry.id in used)
    if kept and kept != found.entries:
        file.write(settings.TUTELA_HOME, file.RootFile(found.installation, kept))


def _roots_in_use() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT provider FROM keys.kek WHERE wrapped IS NOT NULL")
        return {row[0] for row in cursor.fetchall()}


def _rewrap(found: file.RootFile, passphrase: str, actor: Actor) -> None:
    """Wrap every KEK under the file's last root, each checked against its commitment first."""
    roots = file.open_change(found, settings.TUTELA_KEY_PASSPHRASE, passphrase)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, version, suite, wrapped, commitment, provider FROM keys.kek "
            "WHERE wrapped IS NOT NULL ORDER BY id FOR UPDATE"
        )
        rows = cursor.fetchall()
    for kek_id, version, suite, wrapped, commitment, key_id in rows:
        context = kek_context(found.installation, version, suite)
        key = roots.unwrap(key_id, bytes(wrapped), context)
        check(key, found.installation, version, Suite(suite), bytes(commitment), context)
        fresh = roots.wrap(key, context)
        _insert(
            "UPDATE keys.kek SET wrapped = %s, provider = %s WHERE id = %s",
            fresh,
            roots.key_id,
            kek_id,
        )
        _tell(actor, Event.KEYS_KEK_REWRAPPED, kek=kek_id, version=version, suite=suite)
    _tell(actor, Event.KEYS_ROOT_KEY_LOCKED, provider="file", locked=1)


def _end_change(passphrase: str) -> None:
    """Take the old root out of the file; from here on only the passphrase opens."""
    found = file.read(settings.TUTELA_HOME)
    file.write(settings.TUTELA_HOME, file.RootFile(found.installation, found.entries[-1:]))
    settings.TUTELA_KEY_PASSPHRASE = passphrase
    custody.stop()
