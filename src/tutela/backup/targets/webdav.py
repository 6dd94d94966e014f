"""WebDAV over HTTPS, by urllib3 alone: no proxy, no netrc and no redirect is followed.

The part lies in the destination folder; MOVE with `Overwrite: F` refuses a name that is taken. WebDAV has no way
to go on with a part that is portable, so a file that broke off is sent again from its start, and none to sync: the
server keeps files as it does. Basic or bearer credentials."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError, fromstring

import urllib3
from urllib3.exceptions import HTTPError

from tutela.backup.rules import Lock
from tutela.crypto import digest

from .address import Address
from .credentials import Credential
from .errors import (
    CertificateUnknown,
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
from .source import Source
from .web import is_of_certificate, read_authorities

_TIMES: Final = urllib3.Timeout(connect=30, read=300)
_DAV: Final = "{DAV:}"
_REFUSED: Final = {403, 405, 423}
_ANSWER_BYTES: Final = 32 * 1024 * 1024
_ASK: Final = (
    b'<?xml version="1.0"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/>'
    b"<quota-available-bytes/></prop></propfind>"
)


class WebdavPlace:
    """A folder of a WebDAV server; it must exist."""

    def __init__(self, address: Address, identity: str, credential: Credential) -> None:
        self.address = address
        self._credential, self._authorities = credential, read_authorities(identity)
        self._pool: urllib3.PoolManager | None = None

    @property
    def label(self) -> str:
        return self.address.label

    def put(self, name: str, reader: Reader, size: int) -> None:
        check_name(name)
        source = Source(name, reader, size)
        if self._length(name) is not None:
            raise NameTaken(name=name, target=self.label)
        free = self.free()
        if free is not None and free < size:
            raise TargetFull(target=self.label, name=name)
        self._make_folders(name)
        part = part_of(name)
        self._ask("PUT", part, name, body=source.blocks() if size else b"", length=size)
        self._check_length(part, source)
        told = {"Destination": self._url(name), "Overwrite": "F"}
        self._ask("MOVE", part, name, headers=told)
        self._check_length(name, source)

    def size(self, name: str) -> int | None:
        check_name(name)
        return self._length(name)

    def read(self, name: str, offset: int = 0) -> Iterator[bytes]:
        size = self.size(name)
        if size is None:
            raise ObjectMissing(name=name, target=self.label)
        if offset >= size:
            return
        told = {"Range": f"bytes={offset}-"} if offset else {}
        answer = self._ask("GET", name, name, headers=told, streamed=True)
        at = offset if answer.status == 206 else 0  # a server that knows no ranges sends the whole
        try:
            with self._faults():
                for block in answer.stream(BLOCK, decode_content=False):
                    start, at = at, at + len(block)
                    if at > offset:
                        yield block[max(0, offset - start) :]
        finally:
            answer.release_conn()
        if at != size:
            raise LengthWrong(target=self.label, name=name, kept=at, wanted=size)

    def names(self, prefix: str = "") -> list[str]:
        found = self._walk("")
        return sorted(name for name in found if name.startswith(prefix) and is_finished(name))

    def delete(self, name: str) -> None:
        check_name(name)
        statuses = [self._try("DELETE", each) for each in (name, part_of(name))]
        if statuses[0] in _REFUSED:
            raise ObjectLocked(name=name, target=self.label, until="-")
        for status in statuses:
            if status != 404 and status >= 300:
                raise self._fault_of(status, name)
        folder = name.rpartition("/")[0]
        if folder and not self._walk(folder, is_all=True):
            self._try("DELETE", f"{folder}/")
        if min(statuses) == 404:
            raise ObjectMissing(name=name, target=self.label)

    def locked_until(self, name: str) -> datetime | None:
        """None: WebDAV tells no end of a lock."""
        check_name(name)
        return None

    def probe(self) -> Probe:
        if not self._properties("", 0):
            raise TargetGone(target=self.label, cause="404")
        name = f"{PROBE_START}{digest.random_bytes(8).hex()}"
        self._ask("PUT", name, name, body=b"probe", length=5)
        if self._try("DELETE", name) < 300:
            return Probe(writable=True, lock=Lock.NONE, why=Why.DELETED)
        told = {"Destination": self._url(f"{name}-2"), "Overwrite": "F"}
        if self._try("PUT", name, body=b"") < 300 or self._try("MOVE", name, headers=told) < 300:
            return Probe(writable=True, lock=Lock.NONE, why=Why.OVERWRITTEN)
        return Probe(writable=True, lock=Lock.MOUNTED, why=Why.ENDLESS)

    def free(self) -> int | None:
        found = self._properties("", 0)
        if not found:
            raise TargetGone(target=self.label, cause="404")
        return found[0].free

    def close(self) -> None:
        if self._pool is not None:
            self._pool.clear()
            self._pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    # Folders and properties.

    def _make_folders(self, name: str) -> None:
        if not self._properties("", 0):
            raise TargetGone(target=self.label, cause="404")
        steps = name.split("/")[:-1]
        for count in range(1, len(steps) + 1):
            folder = "/".join(steps[:count]) + "/"
            status = self._try("MKCOL", folder)
            if status >= 300 and status != 405:  # 405: it is there
                raise self._fault_of(status, name)

    def _length(self, name: str) -> int | None:
        found = self._properties(name, 0)
        return found[0].size if found and not found[0].is_folder else None

    def _check_length(self, name: str, source: Source) -> None:
        kept = self._length(name) or 0
        if kept != source.size:
            raise LengthWrong(target=self.label, name=source.name, kept=kept, wanted=source.size)

    def _walk(self, below: str, *, is_all: bool = False) -> list[str]:
        """The files below a folder; hidden ones, too, with `is_all`."""
        found = []
        for each in self._properties(f"{below}/" if below else "", 1):
            if not each.name or (each.name.startswith(".") and not is_all):
                continue
            name = f"{below}/{each.name}" if below else each.name
            found += self._walk(name, is_all=is_all) if each.is_folder else [name]
        return found

    def _properties(self, name: str, depth: int) -> list["Entry"]:
        """What lies at a name and, with depth 1, in it; the folder itself has a blank name. [] if nothing."""
        told = {"Depth": str(depth), "Content-Type": "application/xml"}
        answer = self._call("PROPFIND", name, headers=told, body=_ASK, length=len(_ASK))
        if answer.status == 404:
            return []
        if answer.status != 207:
            raise self._fault_of(answer.status, name)
        try:
            return entries_of(answer.data, self._url(name))
        except (ParseError, ValueError):
            raise TargetFault(target=self.label, cause="answer") from None

    # Requests.

    def _url(self, name: str) -> str:
        return f"{self.address.web}{quote(f'{self.address.folder}/{name}')}"

    def _ask(self, method: str, path: str, name: str, **told: Any) -> urllib3.BaseHTTPResponse:
        """An answer that is a success; else a fault with the file's final name."""
        answer = self._call(method, path, **told)
        if answer.status >= 300:
            answer.drain_conn()
            raise self._fault_of(answer.status, name)
        return answer

    def _try(self, method: str, path: str, **told: Any) -> int:
        return self._call(method, path, **told).status

    def _call(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str] | None = None,
        body: bytes | Iterator[bytes] | None = None,
        length: int | None = None,
        streamed: bool = False,
    ) -> urllib3.BaseHTTPResponse:
        told = {"Authorization": self._credential.header, "Accept-Encoding": "identity"}
        told |= headers or {}
        if body is not None:
            told["Content-Length"] = str(len(body) if isinstance(body, bytes) else length)
        with self._faults():
            return self._connections.request(
                method, self._url(path), headers=told, body=body, preload_content=not streamed,
                redirect=False, retries=False, timeout=_TIMES, decode_content=False,
            )  # fmt: skip

    @property
    def _connections(self) -> urllib3.PoolManager:
        if self._pool is None:
            context = ssl.create_default_context(cadata=self._authorities or None)
            self._pool = urllib3.PoolManager(ssl_context=context, maxsize=1)
        return self._pool

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (HTTPError, OSError) as error:
            if is_of_certificate(error):
                raise CertificateUnknown(target=self.label) from None
            raise TargetGone(target=self.label, cause=type(error).__name__) from None

    def _fault_of(self, status: int, name: str) -> TargetFault:
        target = self.label
        if status in {413, 507}:
            return TargetFull(target=target, name=name)
        if status == 401:
            return SignInRefused(target=target)
        if status == 412:
            return NameTaken(target=target, name=name)
        if status in _REFUSED:
            return TargetRefused(target=target, cause=str(status))
        if status in {404, 409, 502, 503, 504}:
            return TargetGone(target=target, cause=str(status))
        return TargetFault(target=target, cause=str(status))


@dataclass(frozen=True, slots=True)
class Entry:
    """What PROPFIND tells of one file or folder; `name` is blank for what was asked for."""

    name: str
    is_folder: bool
    size: int | None
    free: int | None


def entries_of(data: bytes, asked: str) -> list[Entry]:
    """The entries of a multistatus answer about an address; ParseError, ValueError."""
    if len(data) > _ANSWER_BYTES or b"<!DOCTYPE" in data:
        raise ValueError("answer")
    top = unquote(urlsplit(asked).path).rstrip("/")
    return [_entry(each, top) for each in fromstring(data).iter(f"{_DAV}response")]  # noqa: S314 no document type


def _entry(answer: Element, top: str) -> Entry:
    href = answer.findtext(f"{_DAV}href") or ""
    path = unquote(urlsplit(href).path).rstrip("/")
    name = "" if path == top else path.rpartition("/")[2]
    props = [
        prop
        for stat in answer.iter(f"{_DAV}propstat")
        if " 200 " in (stat.findtext(f"{_DAV}status") or " 200 ")
        for prop in stat.iter(f"{_DAV}prop")
    ]

    def number(key: str) -> int | None:
        texts = [text for prop in props if (text := prop.findtext(f"{_DAV}{key}"))]
        return int(texts[0]) if texts and texts[0].strip().isdigit() else None

    folder = any(prop.find(f"{_DAV}resourcetype/{_DAV}collection") is not None for prop in props)
    return Entry(name, folder, number("getcontentlength"), number("quota-available-bytes"))
