"""Reading a set back: the manifest by its signature, the parts by their hashes, the stream by its end.

    opened = open_set(place, name, identities)
    opened.check_parts(moved)                   # L1: every byte on the target is what was written
    opened.list_contents(moved)                 # L2: it decrypts, and holds what its manifest says
    fetch(opened, folder, moved)                # resumable; then `unpack(opened, folder, into)`

Nothing that comes out of a sealed stream is believed before its end is proven: what is unpacked lies under another
name until then. Files are 0600, folders 0700.
"""

import hashlib
import hmac
import os
import shutil
import tarfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, Final, TypeVar, cast

import zstandard

from tutela.crypto import age
from tutela.crypto.errors import BadValue, DecryptFailed

from . import manifest
from .archive import Mac, Member
from .errors import (
    ContentsUnlike,
    ManifestUnreadable,
    ObjectMissing,
    PartCut,
    PartDamaged,
    PartMissing,
    ProgramBroken,
    SetClosed,
)
from .parts import make_private, sync_folder
from .physical import contents
from .physical.taking import ProgramFailed, SetWrong
from .rules import MANIFEST, SIGNATURE
from .targets.place import Place

BLOCK: Final = 1 << 20
MOST_SIGNATURE: Final = 4096
OPENING: Final = ".opening"
PART: Final = ".part"
T = TypeVar("T")
Moved = Callable[[int], None]
"""Told the bytes read so far."""


def unwatched(_bytes: int) -> None:
    """For callers that tell nobody how far they are."""


@dataclass(frozen=True, slots=True)
class PartFile:
    """A part as the manifest names it; `sha256` of its ciphertext, in hex."""

    number: int
    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class OpenedSet:
    """A set whose manifest was checked. `manifest_sha256` in hex; `identities` are private keys."""

    place: Place
    name: str
    manifest: Mapping[str, Any]
    manifest_sha256: str
    identities: Sequence[str] = ()

    def __repr__(self) -> str:
        return f"OpenedSet({self.name})"

    @property
    def parts(self) -> list[PartFile]:
        return [
            PartFile(int(one["number"]), str(one["name"]), int(one["bytes"]), str(one["sha256"]))
            for one in self.manifest["sealed"]["parts"]
        ]

    @property
    def members(self) -> list[Member]:
        return [Member(one["name"], one["bytes"], one["mac"]) for one in self.manifest["members"]]

    @property
    def sealed_bytes(self) -> int:
        return sum(part.bytes for part in self.parts)

    @property
    def plain_bytes(self) -> int:
        return int(self.manifest["plain"]["bytes"])

    def check_lengths(self) -> None:
        """L0: every part lies there with its length. PartMissing, PartCut."""
        for part in self.parts:
            size = self.place.size(f"{self.name}/{part.name}")
            if size is None:
                raise PartMissing(part=part.number)
            if size != part.bytes:
                raise PartCut(part=part.number)

    def check_parts(self, moved: Moved = unwatched) -> None:
        """L1: read every byte again. PartMissing, PartCut, PartDamaged."""
        source = self.source(moved)
        while source.read(BLOCK):
            pass
        source.check()

    def list_contents(self, keep: Path | None = None, moved: Moved = unwatched) -> list[Member]:
        """L2: open the stream to its end and compare every file with the manifest; the dump's table of
        contents is left in `keep`, a new private folder. SetClosed, ContentsUnlike and what `check_parts`
        raises. Of a physical set the files are compared with PostgreSQL's own list, and none is named."""
        if "physical" in self.manifest:
            if self.manifest["physical"]["engine"] == contents.OTHER:
                self._judged(lambda: contents.check_repository(self.manifest["physical"]))
            else:
                self.through(
                    lambda tar: self._judged(lambda: contents.check(self.manifest, tar)), moved
                )
            return []
        return _through(
            self.source(moved), self.identities, lambda tar: self._compare(tar, keep, _is_toc)
        )

    def source(self, moved: Moved = unwatched) -> "PartSource":
        """The sealed stream as the target gives it."""
        return PartSource(self.parts, lambda part: self.place.read(f"{self.name}/{part}"), moved)

    @staticmethod
    def _judged(check: Callable[[], object]) -> None:
        """A program that failed is no verdict: ProgramBroken."""
        try:
            check()
        except SetWrong:
            raise ContentsUnlike(member=0) from None
        except ProgramFailed as fault:
            raise ProgramBroken(program=fault.program) from None

    def through(self, take: Callable[[BinaryIO], T], moved: Moved = unwatched) -> T:
        """Give the plain tar to `take`, and what it made of it once the end of the stream is proven. SetClosed,
        ContentsUnlike, and what is wrong with a part."""
        return _through(self.source(moved), self.identities, take)

    def _compare(
        self, tar: IO[bytes], into: Path | None, wanted: Callable[[str], bool]
    ) -> list[Member]:
        """Read a tar to its end beside the manifest's list; what is wanted of it is written below `into`."""
        return _compared(tar, self.members, into, wanted)


def open_set(
    place: Place, name: str, identities: Sequence[str] = (), *, signer: bytes | None = None
) -> OpenedSet:
    """A set of a place; `signer` is the 32-byte key that must have signed it, by default this installation's.

    ObjectMissing for a folder without a manifest, which is no set; ManifestForged, ManifestUnreadable,
    ManifestOfAnotherSet, SigningKeyMissing.
    """
    text = _small(place, f"{name}/{MANIFEST}", manifest.MOST_BYTES)
    signature = _small(place, f"{name}/{SIGNATURE}", MOST_SIGNATURE)
    if signer is None:
        from . import signing

        signer = signing.public_key()
    found = manifest.read(text, signature_of(signature), set_name=name, signer=signer)
    return OpenedSet(place, name, found, hashlib.sha256(text).hexdigest(), tuple(identities))


def signature_of(file: bytes) -> bytes:
    """The 64 bytes of a signature file, raw or in hex."""
    if len(file) == 64:
        return file
    with suppress(ValueError):
        return bytes.fromhex(file.decode("ascii").strip())
    return b""


def _small(place: Place, name: str, most: int) -> bytes:
    size = place.size(name)
    if size is None:
        raise ObjectMissing(target=getattr(place, "label", ""))
    if size > most:
        raise ManifestUnreadable
    return b"".join(place.read(name))


def read_identities(path: Path) -> list[str]:
    """The private keys in a file, as age writes it: lines that begin with # are comments. BadValue."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    found = [line for line in lines if line and not line.startswith("#")]
    for line in found:
        age.recipient_of(line)
    if not found:
        raise BadValue("age-identity")
    return found


class PartSource:
    """The parts one after another, as one stream; each is hashed, and a wrong one ends the stream.

    The reader of the stream (age) hides our errors behind its own: `check` raises what was wrong here first.
    """

    def __init__(
        self,
        parts: Sequence[PartFile],
        read: Callable[[str], Iterator[bytes]],
        moved: Moved = unwatched,
    ) -> None:
        self._blocks = self._all(parts, read)
        self._held = memoryview(b"")
        self._moved, self._bytes = moved, 0
        self.failed: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes; b"" at the end."""
        if not self._held:
            try:
                self._held = memoryview(next(self._blocks, b""))
            except Exception as error:
                self.failed = error
                raise
            self._bytes += len(self._held)
            self._moved(self._bytes)
        taken = self._held if size < 0 else self._held[:size]
        self._held = self._held[len(taken) :]
        return bytes(taken)

    def check(self) -> None:
        """Raise what was wrong with a part."""
        if self.failed is not None:
            raise self.failed

    @staticmethod
    def _all(parts: Sequence[PartFile], read: Callable[[str], Iterator[bytes]]) -> Iterator[bytes]:
        for part in parts:
            digest, size = hashlib.sha256(), 0
            try:
                for block in read(part.name):
                    size += len(block)
                    if size > part.bytes:
                        raise PartCut(part=part.number)
                    digest.update(block)
                    if size == part.bytes and digest.hexdigest() != part.sha256:
                        raise PartDamaged(part=part.number)
                    if block:
                        yield block
            except ObjectMissing:
                raise PartMissing(part=part.number) from None
            if size != part.bytes:
                raise PartCut(part=part.number)


def _through(source: PartSource, identities: Sequence[str], take: Callable[[BinaryIO], T]) -> T:
    """Open a sealed stream, unpack it beside, and give what `take` made of it once the end is proven."""
    outlet, inlet = os.pipe()
    taken: list[T] = []
    failed: list[Exception] = []

    def consume() -> None:
        with os.fdopen(outlet, "rb", buffering=BLOCK) as plain:
            reader = zstandard.ZstdDecompressor().stream_reader(plain, read_across_frames=True)
            try:
                taken.append(take(cast(BinaryIO, reader)))
                _check_ended(reader)
            except Exception as error:  # it is judged once the stream's end is known
                failed.append(error)
            # What follows is read off, so that the end of the sealed stream is reached in any case.
            while plain.read(BLOCK):
                pass

    beside = threading.Thread(target=consume, name="backup-open", daemon=True)
    beside.start()
    try:
        with os.fdopen(inlet, "wb", buffering=BLOCK) as sink:
            age.open_stream(source, identities, sink)
    except (DecryptFailed, BadValue):
        source.check()
        raise SetClosed from None
    finally:
        beside.join()
    source.check()
    if failed:
        raise (
            failed[0]
            if isinstance(failed[0], ContentsUnlike | OSError)
            else ContentsUnlike(member=0)
        )
    return taken[0]


def _check_ended(reader: Any) -> None:
    """ContentsUnlike if something follows the end of the tar."""
    while block := reader.read(BLOCK):
        if block.strip(b"\0"):
            raise ContentsUnlike(member=0)


def _compared(
    tar: IO[bytes], members: Sequence[Member], into: Path | None, wanted: Callable[[str], bool]
) -> list[Member]:
    """The files of a tar, each beside its line in the manifest. ContentsUnlike for the first that is not alike."""
    key, found = b"", []
    with (
        ThreadPoolExecutor(1, thread_name_prefix="backup-mac") as beside,
        tarfile.open(fileobj=tar, mode="r|", bufsize=BLOCK) as archive,
    ):
        for number, entry in enumerate(archive, 1):
            line = members[number - 1] if number <= len(members) else None
            if (
                line is None
                or not entry.isreg()
                or (entry.name, entry.size) != (line.name, line.bytes)
            ):
                raise ContentsUnlike(member=number)
            stream = archive.extractfile(entry)
            assert stream is not None  # noqa: S101 a regular file
            if number == 1:
                key = stream.read()
                mac = Mac(key, beside)
                mac.update(key)
                _written(into, entry.name, wanted, iter((key,)))
            else:
                mac = Mac(key, beside)
                _written(into, entry.name, wanted, _hashed(stream, mac))
            if not hmac.compare_digest(mac.hexdigest(), line.mac):
                raise ContentsUnlike(member=number)
            found.append(line)
            archive.members = []  # type: ignore[attr-defined]  # it would keep every entry
    if len(found) != len(members):
        raise ContentsUnlike(member=len(found) + 1)
    return found


def _hashed(stream: IO[bytes], mac: Mac) -> Iterator[bytes]:
    while block := stream.read(BLOCK):
        mac.update(block)
        yield block


def _written(
    into: Path | None, name: str, wanted: Callable[[str], bool], blocks: Iterator[bytes]
) -> None:
    """Write a member to its place below a folder, or only read it."""
    if into is None or not wanted(name):
        for _ in blocks:
            pass
        return
    path = into / _plain(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with new_file(path) as file:
        for block in blocks:
            file.write(block)


def _plain(name: str) -> PurePosixPath:
    """A member's name as a path below a folder; ContentsUnlike for one that leaves it."""
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or any(part in {"..", "."} for part in path.parts):
        raise ContentsUnlike(member=0)
    return path


def _is_toc(name: str) -> bool:
    return name == f"{manifest.DUMP}/toc.dat"


def new_file(path: Path, *, append: bool = False) -> BinaryIO:
    """A file that only its owner reads, made or continued."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | (os.O_APPEND if append else os.O_EXCL)
    return os.fdopen(os.open(path, flags, 0o600), "wb", buffering=BLOCK)


def fetch(opened: OpenedSet, folder: Path, moved: Moved = unwatched) -> None:
    """Bring every part into a private folder; what is there and whole is not fetched again, a cut part goes on
    where it stopped. PartMissing, PartCut, PartDamaged, TargetGone; the next call goes on."""
    make_private(folder)
    done = 0
    for part in opened.parts:
        path = folder / part.name
        if not (path.exists() and _hash_of(path) == part.sha256):
            path.unlink(missing_ok=True)
            _fetch_part(opened, part, path, _beyond(done, moved))
        done += part.bytes
        moved(done)
    sync_folder(folder)


def _beyond(before: int, moved: Moved) -> Moved:
    return lambda read: moved(before + read)


def _fetch_part(opened: OpenedSet, part: PartFile, path: Path, moved: Moved) -> None:
    cut = path.with_name(path.name + PART)
    have = cut.stat().st_size if cut.exists() else 0
    if have > part.bytes:
        cut.unlink()
        have = 0
    try:
        with new_file(cut, append=True) as file:
            for block in opened.place.read(f"{opened.name}/{part.name}", have):
                file.write(block)
                have += len(block)
                moved(have)
            file.flush()
            os.fsync(file.fileno())
    except ObjectMissing:
        raise PartMissing(part=part.number) from None
    if have != part.bytes:
        if have > part.bytes:
            cut.unlink()
        raise PartCut(part=part.number)
    if _hash_of(cut) != part.sha256:
        cut.unlink()
        raise PartDamaged(part=part.number)
    cut.rename(path)


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fetched(opened: OpenedSet, folder: Path, moved: Moved = unwatched) -> PartSource:
    """The sealed stream of parts that were fetched; each is hashed again while it is read."""
    return PartSource(opened.parts, lambda name: _blocks(folder / name), moved)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def unpack(
    opened: OpenedSet,
    source: PartSource,
    into: Path,
    wanted: Callable[[str], bool] = lambda _name: True,
) -> None:
    """Open a stream into a folder, which has its name only once the end is proven and every file is what the
    manifest says. SetClosed, ContentsUnlike, and what is wrong with a part."""
    opening = into.with_name(into.name + OPENING)
    shutil.rmtree(opening, ignore_errors=True)
    opening.mkdir(mode=0o700, parents=True)
    try:
        _through(
            source, opened.identities, lambda tar: _compared(tar, opened.members, opening, wanted)
        )
    except BaseException:
        shutil.rmtree(opening, ignore_errors=True)
        raise
    opening.rename(into)
