"""A full set and the keys set beside it, fetched, opened, and laid out on this machine."""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from tutela.backup import manifest, reading
from tutela.backup.errors import ObjectMissing
from tutela.backup.parts import sync_folder
from tutela.backup.reading import Moved, OpenedSet, open_set
from tutela.backup.rules import MANIFEST, SET_NAME, Kind
from tutela.backup.targets.place import Place
from tutela.keys.providers import file as root_file

from .errors import KeysSetMissing, NoRoom, RootKeyForeign, RootKeyMissing, SetMissing, SetOfAnother

MEGA: Final = 1 << 20
_SPARE: Final = 256 * MEGA
_FACTOR: Final = 2.6
"""Of the clear bytes: the dump and the database with its indexes."""
ROOT_KEY: Final = "root.key"


@dataclass(frozen=True, slots=True)
class Pair:
    """The two sets of one restore: rows and files, and what opens them."""

    full: OpenedSet
    keys: OpenedSet

    @property
    def snapshot_at(self) -> datetime:
        return datetime.fromisoformat(self.full.manifest["snapshot_at"])

    @property
    def sealed_bytes(self) -> int:
        return self.full.sealed_bytes + self.keys.sealed_bytes

    @property
    def needed_bytes(self) -> int:
        """About what a restore takes on the disk, all told."""
        plain = self.full.plain_bytes + self.keys.plain_bytes
        return int(self.sealed_bytes + plain * _FACTOR) + _SPARE


@dataclass(frozen=True, slots=True)
class Laid:
    """The folders with what the sets hold."""

    full: Path
    keys: Path

    def dumps(self) -> list[Path]:
        return [self.keys / manifest.DUMP, self.full / manifest.DUMP]

    def check_key(self, kind: Kind) -> bytes:
        folder = self.keys if kind is Kind.KEYS else self.full
        return (folder / manifest.CHECK_KEY).read_bytes()


def sets_of(place: Place) -> list[str]:
    """The complete sets on a place, oldest first: folders with a manifest. Nothing of them is proven yet."""
    found = (name.rpartition("/") for name in place.names("tutela-"))
    return sorted(
        {folder for folder, _, last in found if last == MANIFEST and SET_NAME.fullmatch(folder)},
        key=_taken,
    )


def _taken(name: str) -> tuple[str, str]:
    parts = SET_NAME.fullmatch(name)
    return (parts["at"], name) if parts else ("", name)


def open_pair(place: Place, name: str, identities: list[str], *, signer: bytes) -> Pair:
    """A full set by its name ("" for the newest) and the newest keys set of the same installation that is not
    older. SetMissing, KeysSetMissing, SetOfAnother and what `open_set` raises."""
    names = sets_of(place)
    full_names = [one for one in names if _kind(one) is Kind.FULL]
    wanted = name or (full_names[-1] if full_names else "")
    if wanted not in full_names:
        raise SetMissing
    full = _open(place, wanted, identities, signer)
    keys = [one for one in names if _kind(one) is Kind.KEYS and _of(one) == _of(wanted)]
    at = datetime.fromisoformat(full.manifest["snapshot_at"])
    for one in reversed(keys):
        found = _open(place, one, identities, signer)
        if datetime.fromisoformat(found.manifest["snapshot_at"]) >= at:
            if found.manifest["installation"] != full.manifest["installation"]:
                raise SetOfAnother
            return Pair(full, found)
        break
    raise KeysSetMissing(at=at.isoformat(timespec="seconds"))


def _open(place: Place, name: str, identities: list[str], signer: bytes) -> OpenedSet:
    try:
        return open_set(place, name, identities, signer=signer)
    except ObjectMissing:
        raise SetMissing from None


def _kind(name: str) -> Kind:
    parts = SET_NAME.fullmatch(name)
    return Kind(parts["kind"]) if parts else Kind.BASE


def _of(name: str) -> str:
    parts = SET_NAME.fullmatch(name)
    return parts["installation"] if parts else ""


def check_room(pair: Pair, *folders: Path) -> int:
    """The bytes that are needed; NoRoom unless each of these folders' disks has them free."""
    for folder in folders:
        free = shutil.disk_usage(folder).free
        if free < pair.needed_bytes:
            raise NoRoom(need=pair.needed_bytes // MEGA, free=free // MEGA)
    return pair.needed_bytes


def fetch(pair: Pair, folder: Path, moved: Moved = reading.unwatched) -> None:
    """Bring both sets into a folder; goes on where it was broken off."""
    reading.fetch(pair.keys, folder / "keys.sealed", moved)
    before = pair.keys.sealed_bytes
    reading.fetch(pair.full, folder / "full.sealed", lambda read: moved(before + read))


def unpack(pair: Pair, folder: Path, moved: Moved = reading.unwatched) -> Laid:
    """Open both sets that were fetched. A set that was opened whole before a break is not opened again."""
    laid, before = Laid(folder / "full", folder / "keys"), 0
    for opened, into in ((pair.keys, laid.keys), (pair.full, laid.full)):
        if not _is_whole(opened, into):
            shutil.rmtree(into, ignore_errors=True)
            source = reading.fetched(opened, folder / f"{into.name}.sealed", _beyond(before, moved))
            reading.unpack(opened, source, into)
            _mark_whole(opened, into)
        before += opened.sealed_bytes
    return laid


def _beyond(before: int, moved: Moved) -> Moved:
    return lambda read: moved(before + read)


def _mark_whole(opened: OpenedSet, into: Path) -> None:
    with reading.new_file(into / ".set") as file:
        file.write(opened.manifest_sha256.encode())
        file.flush()
        os.fsync(file.fileno())
    sync_folder(into)


def _is_whole(opened: OpenedSet, into: Path) -> bool:
    try:
        return (into / ".set").read_text() == opened.manifest_sha256
    except FileNotFoundError:
        return False


def put_files(laid: Laid, home: Path, installation: str, places: Mapping[str, Path]) -> list[str]:
    """Put the files of both sets into a data directory, each that is not there yet; what is there stays. `places`
    names files that lie elsewhere. The names of those put. RootKeyMissing, RootKeyForeign."""
    put = []
    for folder in (laid.keys / manifest.FILES, laid.full / manifest.FILES):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
            name = str(path.relative_to(folder))
            if path.is_file() and name != ROOT_KEY:
                put += _put(path, places.get(name, home / name), name)
    put += _put_root(laid.keys / manifest.FILES / ROOT_KEY, home, installation)
    return put


def _put(path: Path, target: Path, name: str) -> list[str]:
    if target.exists():
        return []
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}{reading.PART}")
    draft.unlink(missing_ok=True)
    with reading.new_file(draft) as file, path.open("rb") as source:
        shutil.copyfileobj(source, file, reading.BLOCK)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(target)
    sync_folder(target.parent)
    return [name]


def _put_root(stored: Path, home: Path, installation: str) -> list[str]:
    """The root key file: that of the set, or the roots of both if the root key was changed since the set."""
    if not stored.exists():
        if not root_file.exists(home):
            raise RootKeyMissing
        _check_installation(root_file.read(home), installation)
        return []
    if not root_file.exists(home):
        return _put(stored, home / ROOT_KEY, ROOT_KEY)
    here, there = root_file.read(home), root_file.read(stored.parent)
    _check_installation(here, installation)
    known = {entry.id for entry in here.entries}
    older = tuple(entry for entry in there.entries if entry.id not in known)
    if older:
        root_file.write(home, root_file.RootFile(here.installation, (*older, *here.entries)))
    return [ROOT_KEY] if older else []


def _check_installation(found: root_file.RootFile, installation: str) -> None:
    if found.installation.hex() != installation:
        raise RootKeyForeign


def settings_of(laid: Laid) -> dict[str, Any]:
    """What the set says of the settings of then."""
    text = (laid.full / manifest.SETTINGS).read_bytes()
    found: dict[str, Any] = json.loads(text)
    return found
