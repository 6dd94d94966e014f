"""SFTP with pinned host keys, by asyncssh: it raises what the server answers to the closing of a file, and can ask
for fsync and free space (docs/decisions/backup-targets.md).

The part lies in the destination folder, and the rename of SFTP version 3 refuses a name that is taken. The folder
of the address must exist. A server without the fsync extension of OpenSSH keeps files as it does."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, Self, TypeVar

import asyncssh
from asyncssh import sftp as protocol

from tutela.backup.rules import Lock
from tutela.base.errors import TutelaError
from tutela.crypto import digest

from .address import Address
from .credentials import Credential
from .errors import (
    HostKeyChanged,
    IdentityWrong,
    LengthWrong,
    NameTaken,
    ObjectLocked,
    ObjectMissing,
    SignInRefused,
    TargetFault,
    TargetFull,
    TargetGone,
    TargetRefused,
)
from .place import BLOCK, PROBE_START, Probe, Reader, Why, check_name, is_finished, part_of
from .source import TAIL, Source

FORM: Final = "one line per host key, as in known_hosts: ssh-ed25519 AAAA…"
_CONNECT: Final = 30.0
_ALIVE_EVERY, _ALIVE_MOST = 15, 4
"""Seconds between questions whether the server is there, and how many may go without an answer."""
_PORT: Final = 22
_KINDS: Final = {name.decode() for name in asyncssh.public_key.get_public_key_algs()}
_FULL: Final = (protocol.SFTPNoSpaceOnFilesystem, protocol.SFTPQuotaExceeded)
_LOST: Final = (protocol.SFTPConnectionLost, protocol.SFTPNoConnection, protocol.SFTPNoMedia)
_ABSENT: Final = (protocol.SFTPNoSuchFile, protocol.SFTPNoSuchPath)
_REFUSED: Final = (protocol.SFTPPermissionDenied, protocol.SFTPWriteProtect)
Result = TypeVar("Result")


def read_host_keys(identity: str) -> list[asyncssh.SSHKey]:
    """The pinned keys, one a line as in known_hosts, with or without the host; IdentityWrong."""
    told = [line.split() for line in identity.splitlines() if not line.lstrip().startswith("#")]
    lines = [" ".join(words if words[0] in _KINDS else words[1:]) for words in told if words]
    try:
        keys = [asyncssh.import_public_key(line) for line in lines]
    except (asyncssh.KeyImportError, ValueError):
        raise IdentityWrong(form=FORM) from None
    if not keys:
        raise IdentityWrong(form=FORM)
    return keys


def fingerprints(identity: str) -> list[str]:
    """The SHA256 fingerprints of pinned keys, as ssh prints them."""
    return [str(key.get_fingerprint()) for key in read_host_keys(identity)]


def shown_host_key(address: Address) -> str:
    """The host key that the server shows now, as a line; it proves nothing until its operator confirms it.
    TargetGone."""

    try:
        key = asyncio.run(_ask_host_key(address))
    except (OSError, asyncssh.Error, TimeoutError) as error:
        raise TargetGone(target=address.label, cause=type(error).__name__) from None
    if key is None:
        raise TargetGone(target=address.label, cause="no-host-key")
    words = key.export_public_key("openssh").decode().split()
    return " ".join(words[:2])


async def _ask_host_key(address: Address) -> asyncssh.SSHKey | None:
    asked = asyncssh.get_server_host_key(address.host, address.port or _PORT, config=None)
    return await asyncio.wait_for(asked, _CONNECT)


class _Pinned(asyncssh.SSHClient):
    """Takes no key that is not pinned, and remembers the fingerprint of what was shown."""

    def __init__(self) -> None:
        self.seen = "-"

    def validate_host_public_key(
        self,
        host: str,  # noqa: ARG002 the library's call
        addr: str,  # noqa: ARG002 the library's call
        port: int,  # noqa: ARG002 the library's call
        key: asyncssh.SSHKey,
    ) -> bool:
        """Asked for keys that are not among the pinned ones."""
        self.seen = str(key.get_fingerprint())
        return False


class SftpPlace:
    """A folder of an SFTP server. One process and one thread use an object at a time."""

    def __init__(self, address: Address, identity: str, credential: Credential) -> None:
        self.address, self.credential = address, credential
        self.host_keys = read_host_keys(identity)
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._link: asyncssh.SSHClientConnection | None = None
        self._sftp: asyncssh.SFTPClient | None = None

    @property
    def label(self) -> str:
        return self.address.label

    def put(self, name: str, reader: Reader, size: int) -> None:
        check_name(name)
        self._do(name, lambda: self._put(Source(name, reader, size)))

    def size(self, name: str) -> int | None:
        check_name(name)
        return self._do(name, lambda: self._size(name))

    def read(self, name: str, offset: int = 0) -> Iterator[bytes]:
        check_name(name)
        size = self.size(name)
        if size is None:
            raise ObjectMissing(name=name, target=self.label)
        if offset >= size:
            return
        file = self._do(name, lambda: self._opened(name))
        try:
            while offset < size:
                block = self._do(name, lambda: _read(file, BLOCK, offset))  # noqa: B023 run at once
                if not block:
                    raise LengthWrong(target=self.label, name=name, kept=offset, wanted=size)
                offset += len(block)
                yield block
        finally:
            with suppress(TargetFault):
                self._do(name, file.close)

    def names(self, prefix: str = "") -> list[str]:
        found = self._do(prefix, lambda: self._walk(""))
        return sorted(name for name in found if name.startswith(prefix) and is_finished(name))

    def delete(self, name: str) -> None:
        check_name(name)
        self._do(name, lambda: self._delete(name))

    def locked_until(self, name: str) -> datetime | None:
        """None: SFTP tells no end of a lock."""
        check_name(name)
        return None

    def probe(self) -> Probe:
        return self._do(PROBE_START, self._probe)

    def free(self) -> int | None:
        return self._do("", self._free)

    def close(self) -> None:
        with self._lock:
            self._drop()
            if self._loop is not None:
                self._loop.close()
                self._loop = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def __del__(self) -> None:
        with suppress(Exception):
            self.close()

    # What runs in the loop.

    def _path(self, name: str) -> str:
        return f"{self.address.folder}/{name}" if name else self.address.folder

    async def _session(self) -> asyncssh.SFTPClient:
        if self._sftp is None:
            client = _Pinned()
            try:
                self._link = await self._connect(client)
                self._sftp = await self._link.start_sftp_client()
            except asyncssh.HostKeyNotVerifiable:
                raise HostKeyChanged(target=self.label, seen=client.seen) from None
            except (asyncssh.KeyExchangeFailed, asyncssh.ConnectionLost, ConnectionError):
                # A server that has none of the pinned kinds of keys hangs up before asyncssh can say so.
                seen = await self._shown_instead()
                if not seen:
                    raise
                raise HostKeyChanged(target=self.label, seen=seen) from None
            except asyncssh.PermissionDenied:
                raise SignInRefused(target=self.label) from None
        return self._sftp

    async def _connect(self, client: _Pinned) -> asyncssh.SSHClientConnection:
        key, password = self.credential.key, self.credential.password
        return await asyncssh.connect(
            self.address.host,
            self.address.port or _PORT,
            username=self.address.user,
            client_keys=[asyncssh.import_private_key(key)] if key else None,
            password=password or None,
            known_hosts=(self.host_keys, [], []),
            client_factory=lambda: client,
            config=None,
            agent_path=None,
            preferred_auth="publickey" if key else "password,keyboard-interactive",
            connect_timeout=_CONNECT,
            login_timeout=_CONNECT,
            keepalive_interval=_ALIVE_EVERY,
            keepalive_count_max=_ALIVE_MOST,
        )

    async def _shown_instead(self) -> str:
        """The fingerprint of the key that the server shows, if that is none of the pinned; else ""."""
        try:
            key = await _ask_host_key(self.address)
        except (OSError, asyncssh.Error, TimeoutError):
            return ""
        return "" if key is None or key in self.host_keys else str(key.get_fingerprint())

    async def _put(self, source: Source) -> None:
        sftp = await self._session()
        final, part = self._path(source.name), self._path(part_of(source.name))
        if await sftp.lexists(final):
            raise NameTaken(name=source.name, target=self.label)
        await self._make_folders(sftp, source.name)
        flags = asyncssh.FXF_READ | asyncssh.FXF_WRITE | asyncssh.FXF_CREAT
        file = await sftp.open(part, flags, asyncssh.SFTPAttrs(permissions=0o600), encoding=None)
        try:
            await self._go_on(file, source)
            at = source.at
            for block in source.blocks():
                await file.write(block, at)
                at += len(block)
            with suppress(protocol.SFTPOpUnsupported):
                await file.fsync()
        except BaseException:
            with suppress(Exception):
                await file.close()
            raise
        await file.close()
        await self._check_length(sftp, part, source)
        try:
            await sftp.rename(part, final)
        except (protocol.SFTPFailure, protocol.SFTPFileAlreadyExists):
            if await sftp.lexists(final):
                raise NameTaken(name=source.name, target=self.label) from None
            raise
        await self._check_length(sftp, final, source)

    async def _check_length(self, sftp: asyncssh.SFTPClient, path: str, source: Source) -> None:
        kept = (await sftp.stat(path)).size or 0
        if kept != source.size:
            raise LengthWrong(target=self.label, name=source.name, kept=kept, wanted=source.size)

    async def _go_on(self, file: protocol.SFTPClientFile, source: Source) -> None:
        """Stand behind what lies there already, if its end is the source's; else begin again."""
        kept = min((await file.stat()).size or 0, source.size)
        tail = min(kept, TAIL)
        if tail and source.can_go_back:
            source.go_to(kept - tail)
            if await _read(file, tail, kept - tail) != source.take(tail):
                source.go_to(0)
        await file.truncate(source.at)
        free = await self._free()
        if free is not None and free < source.size - source.at:
            raise TargetFull(target=self.label, name=source.name)

    async def _make_folders(self, sftp: asyncssh.SFTPClient, name: str) -> None:
        if not await sftp.isdir(self.address.folder):
            raise TargetGone(target=self.label, cause="ENOENT")
        steps = name.split("/")[:-1]
        for count in range(1, len(steps) + 1):
            folder = self._path("/".join(steps[:count]))
            if not await sftp.isdir(folder):
                await sftp.mkdir(folder, asyncssh.SFTPAttrs(permissions=0o700))

    async def _size(self, name: str) -> int | None:
        sftp = await self._session()
        try:
            found = await sftp.lstat(self._path(name))
        except _ABSENT:
            return None
        return found.size if found.type == asyncssh.FILEXFER_TYPE_REGULAR else None

    async def _opened(self, name: str) -> protocol.SFTPClientFile:
        sftp = await self._session()
        return await sftp.open(self._path(name), asyncssh.FXF_READ, encoding=None)

    async def _walk(self, below: str) -> list[str]:
        sftp = await self._session()
        found = []
        async for entry in sftp.scandir(self._path(below)):
            last = str(entry.filename)
            name = f"{below}/{last}" if below else last
            if last.startswith("."):
                continue
            if entry.attrs.type == asyncssh.FILEXFER_TYPE_DIRECTORY:
                found += await self._walk(name)
            else:
                found.append(name)
        return found

    async def _delete(self, name: str) -> None:
        sftp = await self._session()
        deleted = False
        for each in (name, part_of(name)):
            try:
                await sftp.remove(self._path(each))
                deleted = True
            except _ABSENT:
                continue
            except _REFUSED:
                if each == name and await sftp.lexists(self._path(name)):
                    raise ObjectLocked(name=name, target=self.label, until="-") from None
        folder = name.rpartition("/")[0]
        while folder:
            try:
                await sftp.rmdir(self._path(folder))
            except protocol.SFTPError:
                break
            folder = folder.rpartition("/")[0]
        if not deleted:
            raise ObjectMissing(name=name, target=self.label)

    async def _probe(self) -> Probe:
        sftp = await self._session()
        name = f"{PROBE_START}{digest.random_bytes(8).hex()}"
        path, other = self._path(name), self._path(f"{name}-2")
        flags = asyncssh.FXF_WRITE | asyncssh.FXF_CREAT | asyncssh.FXF_EXCL
        file = await sftp.open(path, flags, asyncssh.SFTPAttrs(permissions=0o600), encoding=None)
        await file.write(b"probe")
        await file.close()

        async def empty() -> None:
            again = await sftp.open(path, asyncssh.FXF_WRITE | asyncssh.FXF_TRUNC, encoding=None)
            await again.close()

        if await _succeeds(sftp.remove(path)):
            return Probe(writable=True, lock=Lock.NONE, why=Why.DELETED)
        ways: tuple[Callable[[], Awaitable[object]], ...] = (
            empty,
            lambda: sftp.rename(path, other),
            lambda: sftp.posix_rename(path, other),
        )
        for act in ways:
            if await _succeeds(act()):
                return Probe(writable=True, lock=Lock.NONE, why=Why.OVERWRITTEN)
        return Probe(writable=True, lock=Lock.MOUNTED, why=Why.ENDLESS)

    async def _free(self) -> int | None:
        sftp = await self._session()
        try:
            found = await sftp.statvfs(self.address.folder)
        except protocol.SFTPError:
            return None
        return (found.bavail or 0) * (found.frsize or 0)

    # Between the caller and the loop.

    def _do(self, name: str, act: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
            return self._loop.run_until_complete(self._told(name, act))

    async def _told(self, name: str, act: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        """Run, and say a fault as one of ours. After a break the next call connects again."""
        try:
            return await act()
        except TutelaError:
            raise
        except (*_LOST, asyncssh.Error, OSError, TimeoutError) as error:
            if isinstance(error, protocol.SFTPError) and not isinstance(error, _LOST):
                raise await self._fault_of(name, error) from None
            self._drop()
            raise TargetGone(target=self.label, cause=type(error).__name__) from None

    async def _fault_of(self, name: str, error: protocol.SFTPError) -> TargetFault:
        if isinstance(error, _FULL) or (
            isinstance(error, protocol.SFTPFailure) and await self._is_full()
        ):
            return TargetFull(target=self.label, name=name)
        if isinstance(error, _ABSENT):
            return TargetGone(target=self.label, cause="ENOENT")
        if isinstance(error, _REFUSED):
            return TargetRefused(target=self.label, cause=type(error).__name__)
        return TargetFault(target=self.label, cause=type(error).__name__)

    async def _is_full(self) -> bool:
        """OpenSSH answers `failure` where the disk is full, and tells no more."""
        try:
            free = await self._free()
        except (asyncssh.Error, OSError):
            return False
        return free is not None and free < BLOCK

    def _drop(self) -> None:
        """Forget the connection; the other side learns it from the closed socket."""
        link, self._link, self._sftp = self._link, None, None
        if link is not None:
            link.abort()
            loop = self._loop
            if loop is not None and not loop.is_running() and not loop.is_closed():
                loop.run_until_complete(asyncio.sleep(0))


async def _read(file: protocol.SFTPClientFile, count: int, at: int) -> bytes:
    found = await file.read(count, at)
    return (
        found.encode() if isinstance(found, str) else found
    )  # no text: opened without an encoding


async def _succeeds(act: Awaitable[object]) -> bool:
    try:
        await act
    except protocol.SFTPError:
        return False
    return True
