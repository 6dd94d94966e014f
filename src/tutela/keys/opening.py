"""The opened keys of one process: the installation's root provider, its KEKs and its side roots.

Rows are read again after each NOTIFY. A key with an unchanged commitment stays open without being unwrapped
again, so running processes survive a change of the root key.
"""

import threading
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import connection

from tutela.crypto import digest, hierarchy
from tutela.crypto.errors import BadValue, DecryptFailed
from tutela.crypto.holder import KeyHolder
from tutela.crypto.suites import Suite, self_test

from .errors import KeyDamaged, NotPrepared, RootForeign
from .providers import RootProvider, file
from .rules import OPENS, KeyState

_KEKS = "SELECT id, version, suite, wrapped, commitment, provider, state FROM keys.kek ORDER BY id"
_SIDE = """
    SELECT version, kek_id, wrapped, commitment FROM keys.side_root
    WHERE name = %s AND CASE WHEN %s::int IS NULL THEN state = 1 ELSE version = %s AND state IN (1, 2, 3) END
"""


@dataclass(frozen=True, slots=True)
class OpenKek:
    """An opened KEK; `id` is its row's."""

    id: int
    kek: hierarchy.Kek
    commitment: bytes
    state: KeyState


@dataclass(frozen=True, slots=True, repr=False)
class Side:
    """An opened side root. The suite is that of the KEK that wraps it."""

    version: int
    suite: Suite
    root: bytes


class KeyRing(KeyHolder):
    """The keys opened in this process, in memory only."""

    __slots__ = ("_identity", "_keks", "_lock", "_provider", "_sides", "_stale", "_tested")

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._identity = b""
        self._provider: RootProvider | None = None
        self._keks: dict[int, OpenKek] = {}
        self._sides: dict[tuple[str, int | None], Side] = {}
        self._stale = True
        self._tested: set[int] = set()

    def forget_rows(self) -> None:
        """Read the key rows again at the next use."""
        with self._lock:
            self._sides.clear()
            self._stale = True

    def identity(self) -> bytes:
        """The 16-byte installation id of the database; NotPrepared before the first run."""
        if not self._identity:
            self._identity = stored_identity() or b""
            if not self._identity:
                raise NotPrepared
        return self._identity

    def provider(self) -> RootProvider:
        """The opened root; RootMissing, RootForeign, RootDamaged, RootLocked or PassphraseWrong."""
        with self._lock:
            if self._provider is None:
                self._provider = open_file(self.identity())
            return self._provider

    def kek(self, kek_id: int) -> OpenKek:
        """One KEK in a state that may open; KeyDamaged if there is none."""
        with self._lock:
            if self._stale or kek_id not in self._keks:
                self._load()
            if kek_id not in self._keks:
                raise KeyDamaged(key=f"kek/{kek_id}")
            return self._keks[kek_id]

    def active_kek(self) -> OpenKek:
        """The KEK that wraps new customer roots, of the configured suite; NotPrepared."""
        with self._lock:
            if self._stale:
                self._load()
            suite = Suite(settings.TUTELA_SUITE)
            for open_kek in self._keks.values():
                if open_kek.state == KeyState.ACTIVE and open_kek.kek.suite == suite:
                    return open_kek
            raise NotPrepared

    def side(self, name: str, version: int | None = None) -> Side:
        """A side root: the active one, or an older version to open what it sealed."""
        with self._lock:
            side_root = self._sides.get((name, version))
            if side_root is None:
                side_root = self._sides[name, version] = self._load_side(name, version)
            return side_root

    def _load(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_KEKS)
            rows = [row for row in cursor.fetchall() if KeyState(row[-1]) in OPENS]
        try:
            self._keks = {row[0]: self._open(*row) for row in rows}
        except KeyDamaged:
            # Another process may have changed the root key: read its file again.
            self._provider = None
            self._keks = {row[0]: self._open(*row) for row in rows}
        self._stale = False

    def _open(self, kek_id: int, version: int, suite: int, *rest: Any) -> OpenKek:
        wrapped, commitment, key_id, state = rest
        known = self._keks.get(kek_id)
        if known is not None and digest.equal(known.commitment, commitment):
            return replace(known, state=KeyState(state))
        context = kek_context(self.identity(), version, suite)
        key = self.provider().unwrap(key_id, bytes(wrapped), context)
        check_key(context, key, (self.identity(), version, Suite(suite)), bytes(commitment))
        if suite not in self._tested:
            self_test(Suite(suite))
            self._tested.add(suite)
        kek = hierarchy.Kek(version, Suite(suite), key, self.identity())
        return OpenKek(kek_id, kek, bytes(commitment), KeyState(state))

    def _load_side(self, name: str, version: int | None) -> Side:
        with connection.cursor() as cursor:
            cursor.execute(_SIDE, [name, version, version])
            row = cursor.fetchone()
        if row is None:
            raise NotPrepared if version is None else KeyDamaged(key=name)
        number, kek_id, wrapped, commitment = row
        kek = self.kek(kek_id).kek
        label = f"{name}/{number}"
        try:
            root = kek.unwrap_secret(label, bytes(wrapped))
        except DecryptFailed:
            raise KeyDamaged(key=label) from None
        check_key(label, root, (self.identity(), number, kek.suite), bytes(commitment))
        return Side(number, kek.suite, root)


def kek_context(installation: bytes, version: int, suite: int) -> str:
    """The associated data of a wrapped KEK."""
    return f"kek/{installation.hex()}/{version}/{suite}"


def check_key(name: str, key: bytes, ids: tuple[bytes, int, Suite], stored: bytes) -> None:
    """Check a key against its stored commitment; `ids` are owner, number and suite. KeyDamaged has the name."""
    try:
        hierarchy.check_commitment(key, *ids, stored)
    except (DecryptFailed, BadValue):
        raise KeyDamaged(key=name) from None


def stored_identity() -> bytes | None:
    """The installation id in the database; None before the first run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM keys.installation")
        row = cursor.fetchone()
    return bytes(row[0]) if row else None


def open_file(installation: bytes) -> file.FileRoots:
    """The opened root key file of this installation; RootForeign and what `file.open_roots` raises."""
    root_file = file.read(settings.TUTELA_HOME)
    if root_file.installation != installation:
        raise RootForeign
    return file.open_roots(root_file, settings.TUTELA_KEY_PASSPHRASE)
