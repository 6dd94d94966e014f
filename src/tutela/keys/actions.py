"""Create, lock and change the installation's own keys. Each action appends a leaf in its own transaction."""

import logging

from django.conf import settings
from django.db import connection, transaction

from tutela.base.actor import SYSTEM, Actor
from tutela.crypto import digest, hierarchy
from tutela.crypto.suites import Suite
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Leaf

from . import custody, events
from .errors import RootForeign, RootMissing
from .opening import check_key, kek_context, open_file, stored_identity
from .providers import file
from .rules import KeyState, check_passphrase

SIDES = ("index", "note", "secret")
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('keys.root'))"
_NEW_KEK = """
    INSERT INTO keys.kek (version, suite, wrapped, commitment, provider, state)
    VALUES (%s, %s, %s, %s, %s, %s) RETURNING id
"""
_NEW_SIDE = """
    INSERT INTO keys.side_root (name, version, kek_id, wrapped, commitment, state)
    VALUES (%s, %s, %s, %s, %s, %s)
"""
_log = logging.getLogger("tutela.keys")


def first_run() -> None:
    """Create what is missing: root key file, installation id, KEK, side roots. Idempotent.

    RootMissing if the database has keys but there is no file; RootForeign if the file is another's.
    """
    with transaction.atomic():
        _take_lock()
        known = stored_identity()
        if known is not None and not file.exists(settings.TUTELA_HOME):
            raise RootMissing
        if not file.exists(settings.TUTELA_HOME):
            _create_root()
        root_file = file.read(settings.TUTELA_HOME)
        if known is None:
            _insert("INSERT INTO keys.installation (id) VALUES (%s)", root_file.installation)
        elif root_file.installation != known:
            raise RootForeign
        kek_id = _active_kek(root_file.installation)
        _create_sides(root_file.installation, kek_id)
        _drop_unused(root_file)
    if not root_file.locked:
        _log.warning("keys.root_unlocked the root key file is not locked by a passphrase")


def lock(actor: Actor, passphrase: str) -> None:
    """Lock the root key file with a new root key, since the present one may lie there in clear; PassphraseWeak."""
    check_passphrase(passphrase)
    with transaction.atomic(durable=True):
        _take_lock()
        root_file = _begin_change(passphrase)
        _rewrap(actor, root_file, passphrase)
    _end_change(passphrase)


def change_passphrase(actor: Actor, old: str, new: str) -> None:
    """Lock with another passphrase and another root key; PassphraseWrong if `old` is not the present one."""
    check_passphrase(new)
    file.open_roots(file.read(settings.TUTELA_HOME), old)
    settings.TUTELA_KEY_PASSPHRASE = old
    lock(actor, new)


def _take_lock() -> None:
    """Serialise processes that change keys until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)


def _insert(statement: str, *values: bytes | str | int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0]) if "RETURNING" in statement else 0


def _trace(actor: Actor, event: EventSpec, **detail: str | int) -> None:
    log.append_with_change(Leaf(event=event, actor=actor, detail=detail))


def _create_root() -> None:
    """Write the file before the commit: after a crash in between, the next first run uses the file."""
    installation = digest.random_bytes(16)
    entry, _ = file.new_entry(installation, settings.TUTELA_KEY_PASSPHRASE)
    file.write(settings.TUTELA_HOME, file.RootFile(installation, (entry,)))
    _trace(SYSTEM, events.ROOT_KEY_CREATED, provider="file", locked=int(entry.locked))


def _active_kek(installation: bytes) -> int:
    """The id of the active KEK of the configured suite, created if there is none."""
    suite = Suite(settings.TUTELA_SUITE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM keys.kek WHERE suite = %s AND state = 1", [suite.value])
        row = cursor.fetchone()
    return int(row[0]) if row else _create_kek(installation, suite)


def _create_kek(installation: bytes, suite: Suite) -> int:
    provider = open_file(installation)
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(version), 0) + 1 FROM keys.kek")
        version = int(cursor.fetchone()[0])
    key = hierarchy.new_root()
    wrapped = provider.wrap(key, kek_context(installation, version, suite))
    proof = hierarchy.commitment(key, installation, version, suite)
    state = KeyState.ACTIVE.value
    kek_id = _insert(_NEW_KEK, version, suite.value, wrapped, proof, provider.key_id, state)
    _trace(SYSTEM, events.KEK_CREATED, kek=kek_id, version=version, suite=suite.value)
    return kek_id


def _create_sides(installation: bytes, kek_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM keys.side_root WHERE state = 1")
        present = {row[0] for row in cursor.fetchall()}
    for name in SIDES:
        if name not in present:
            _create_side(installation, kek_id, name)


def _create_side(installation: bytes, kek_id: int, name: str) -> None:
    kek = custody.open_kek(kek_id)
    root = hierarchy.new_root()
    wrapped = kek.wrap_secret(f"{name}/1", root)
    proof = hierarchy.commitment(root, installation, 1, kek.suite)
    _insert(_NEW_SIDE, name, 1, kek_id, wrapped, proof, KeyState.ACTIVE.value)
    event = events.INDEX_ROOT_CREATED if name == "index" else events.SIDE_ROOT_CREATED
    _trace(SYSTEM, event, name=name, version=1, kek=kek_id)


def _begin_change(passphrase: str) -> file.RootFile:
    """Add a new, locked root to the file, beside the one in use."""
    root_file = file.read(settings.TUTELA_HOME)
    new_entry, _ = file.new_entry(root_file.installation, passphrase)
    used = _roots_in_use()
    present = tuple(entry for entry in root_file.entries if entry.id in used)
    both = file.RootFile(root_file.installation, (*present, new_entry))
    file.write(settings.TUTELA_HOME, both)
    return both


def _drop_unused(root_file: file.RootFile) -> None:
    """Remove roots that wrap nothing, left by an interrupted change of the root key."""
    used = _roots_in_use()
    entries = tuple(entry for entry in root_file.entries if entry.id in used)
    if entries and entries != root_file.entries:
        file.write(settings.TUTELA_HOME, file.RootFile(root_file.installation, entries))


def _roots_in_use() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT provider FROM keys.kek WHERE wrapped IS NOT NULL")
        return {row[0] for row in cursor.fetchall()}


def _rewrap(actor: Actor, root_file: file.RootFile, passphrase: str) -> None:
    """Wrap every KEK under the file's last root, after checking it against its commitment."""
    roots = file.open_change(root_file, settings.TUTELA_KEY_PASSPHRASE, passphrase)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, version, suite, wrapped, commitment, provider FROM keys.kek "
            "WHERE wrapped IS NOT NULL ORDER BY id FOR UPDATE"
        )
        rows = cursor.fetchall()
    for kek_id, version, suite, wrapped, commitment, key_id in rows:
        context = kek_context(root_file.installation, version, suite)
        key = roots.unwrap(key_id, bytes(wrapped), context)
        ids = (root_file.installation, version, Suite(suite))
        check_key(context, key, ids, bytes(commitment))
        fresh = roots.wrap(key, context)
        _insert(
            "UPDATE keys.kek SET wrapped = %s, provider = %s WHERE id = %s",
            fresh,
            roots.key_id,
            kek_id,
        )
        _trace(actor, events.KEK_REWRAPPED, kek=kek_id, version=version, suite=suite)
    _trace(actor, events.ROOT_KEY_LOCKED, provider="file", locked=1)


def _end_change(passphrase: str) -> None:
    """Remove the old root from the file; from here on the passphrase is needed."""
    root_file = file.read(settings.TUTELA_HOME)
    file.write(settings.TUTELA_HOME, file.RootFile(root_file.installation, root_file.entries[-1:]))
    settings.TUTELA_KEY_PASSPHRASE = passphrase
    custody.stop()
