"""The root key in one file of the data directory, `root.key`, mode 0600.

    {"version": 1, "installation": hex, "roots": [{"id", "locked", "kdf", "blob", "commitment"}]}

The last root is the current one. There are two only during a change of the root key: the new one is written
before any key row uses it, and the old one is removed once none does.
"""

import contextlib
import json
import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutela.crypto import digest, hierarchy
from tutela.crypto.errors import BadValue, DecryptFailed
from tutela.crypto.holder import KeyHolder
from tutela.crypto.suites import Suite
from tutela.keys.errors import KeyDamaged, PassphraseWrong, RootDamaged, RootLocked, RootMissing
from tutela.keys.providers import Description

NAME = "root.key"
VERSION = 1
_KDF = {True: "argon2id", False: "none"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One root of the file; `blob` is encrypted if `locked`."""

    id: str
    locked: bool
    blob: bytes
    commitment: bytes


@dataclass(frozen=True, slots=True)
class RootFile:
    """The file's content, secret if an entry is not locked."""

    installation: bytes
    entries: tuple[Entry, ...]

    @property
    def locked(self) -> bool:
        return all(entry.locked for entry in self.entries)

    def __repr__(self) -> str:
        return f"RootFile({self.installation.hex()})"


class FileRoots(KeyHolder):
    """The opened roots of a file, by id; a RootProvider."""

    __slots__ = ("_file", "_roots")

    def __init__(self, file: RootFile, roots: Mapping[str, bytes]) -> None:
        self._file = file
        self._roots = dict(roots)

    @property
    def key_id(self) -> str:
        return [entry.id for entry in self._file.entries if entry.id in self._roots][-1]

    def wrap(self, plain: bytes, context: str) -> bytes:
        return hierarchy.wrap_with_root(self._roots[self.key_id], context, plain)

    def unwrap(self, key_id: str, blob: bytes, context: str) -> bytes:
        root = self._roots.get(key_id)
        if root is None:
            is_locked = any(entry.id == key_id for entry in self._file.entries)
            raise RootLocked if is_locked else KeyDamaged(key=context)
        try:
            return hierarchy.unwrap_with_root(root, context, blob)
        except DecryptFailed:
            raise KeyDamaged(key=context) from None

    def describe(self) -> Description:
        return describe(self._file)

    def health(self) -> None:
        probe = digest.random_bytes(32)
        if self.unwrap(self.key_id, self.wrap(probe, "probe"), "probe") != probe:
            raise KeyDamaged(key="probe")


def describe(file: RootFile) -> Description:
    """The description of a file."""
    return Description(
        provider="file",
        key_id=file.entries[-1].id,
        locked=file.locked,
        installation=file.installation.hex(),
    )


def exists(home: Path) -> bool:
    return (home / NAME).exists()


def is_locked(home: Path) -> bool:
    """Whether a passphrase is needed; False if there is no file."""
    return exists(home) and read(home).entries[-1].locked


def new_entry(installation: bytes, passphrase: str | None) -> tuple[Entry, bytes]:
    """A new root key: its entry in the file, and the key."""
    root = hierarchy.new_root()
    proof = _commitment(root, installation)
    blob = hierarchy.lock(_encoded(passphrase), root) if passphrase else root
    return Entry(f"file:{proof.hex()[:16]}", bool(passphrase), blob, proof), root


def open_roots(file: RootFile, passphrase: str | None) -> FileRoots:
    """Open the entries that open; RootLocked or PassphraseWrong if none does."""
    roots: dict[str, bytes] = {}
    for entry in file.entries:
        if passphrase or not entry.locked:
            with contextlib.suppress(PassphraseWrong):
                roots[entry.id] = _open_entry(entry, file.installation, passphrase)
    if not roots:
        raise PassphraseWrong if passphrase else RootLocked
    return FileRoots(file, roots)


def open_change(file: RootFile, old: str | None, new: str) -> FileRoots:
    """During a change of the root key: the last root opens with `new`, the others with `old`."""
    passphrases = [old] * (len(file.entries) - 1) + [new]
    return FileRoots(
        file,
        {
            entry.id: _open_entry(entry, file.installation, passphrase)
            for entry, passphrase in zip(file.entries, passphrases, strict=True)
        },
    )


def _open_entry(entry: Entry, installation: bytes, passphrase: str | None) -> bytes:
    root = entry.blob
    if entry.locked:
        try:
            root = hierarchy.unlock(_encoded(passphrase or ""), entry.blob)
        except DecryptFailed:
            raise PassphraseWrong from None
    try:
        if not digest.equal(_commitment(root, installation), entry.commitment):
            raise RootDamaged
    except BadValue:
        raise RootDamaged from None
    return root


def _commitment(root: bytes, installation: bytes) -> bytes:
    return hierarchy.commitment(root, installation, 0, Suite.AES)


def _encoded(passphrase: str) -> bytes:
    """UTF-8 of the NFC form, so that differently composed characters give the same key."""
    return unicodedata.normalize("NFC", passphrase).encode()


def read(home: Path) -> RootFile:
    """Read and parse the file; RootMissing or RootDamaged."""
    try:
        text = (home / NAME).read_bytes()
    except FileNotFoundError:
        raise RootMissing from None
    except OSError:
        raise RootDamaged from None
    try:
        return _parse(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RootDamaged from None


def _parse(document: dict[str, Any]) -> RootFile:
    installation = bytes.fromhex(document["installation"])
    entries = tuple(_parse_entry(entry) for entry in document["roots"])
    if document["version"] != VERSION or len(installation) != 16 or not 1 <= len(entries) <= 2:
        raise ValueError
    return RootFile(installation, entries)


def _parse_entry(entry: dict[str, Any]) -> Entry:
    locked = entry["locked"]
    if not isinstance(locked, bool) or entry["kdf"] != _KDF[locked]:
        raise ValueError
    blob = b64decode(entry["blob"], validate=True)
    return Entry(str(entry["id"]), locked, blob, bytes.fromhex(entry["commitment"]))


def write(home: Path, file: RootFile) -> None:
    """Replace the file atomically and durably."""
    fresh = home / f".{NAME}.{os.getpid()}"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(_text(file))
            out.flush()
            os.fsync(out.fileno())
        fresh.rename(home / NAME)
    finally:
        fresh.unlink(missing_ok=True)
    _sync_folder(home)


def _text(file: RootFile) -> bytes:
    roots = [
        {
            "id": entry.id,
            "locked": entry.locked,
            "kdf": _KDF[entry.locked],
            "blob": b64encode(entry.blob).decode(),
            "commitment": entry.commitment.hex(),
        }
        for entry in file.entries
    ]
    document = {"version": VERSION, "installation": file.installation.hex(), "roots": roots}
    return json.dumps(document, indent=2).encode() + b"\n"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
