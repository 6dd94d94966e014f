"""S3-compatible storage, by boto3. A key appears only once it is whole, so there is no part name: a large file is
an upload in parts, of which those that are there already are told by their MD5 and not sent again.

Names are written once. Where the bucket has versions, the oldest version of a key is the file: whoever writes over
it or sets a delete marker hides nothing. An address may say `region`, and `style=virtual` for services that want
the bucket in the host's name; `lock` and `days` are the object lock that new files get."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import IO, Any, Final, Self

import boto3
from botocore import exceptions as aws
from botocore.config import Config

from tutela.backup.rules import Lock
from tutela.base import clock
from tutela.crypto import digest

from .address import Address, Retention
from .credentials import Credential
from .errors import (
    CertificateUnknown,
    LengthWrong,
    LockMissing,
    NameTaken,
    ObjectLocked,
    ObjectMissing,
    SignInRefused,
    TargetFault,
    TargetFull,
    TargetGone,
    TargetRefused,
)
from .place import PROBE_START, Probe, Reader, Why, check_name, is_finished
from .source import Source
from .web import as_file, is_of_certificate, read_authorities

CHUNK: Final = 8 * 1024 * 1024
"""Bytes of a part of an upload; S3 takes at least 5 MiB and at most 10,000 parts."""
AT_ONCE: Final = 4
"""Parts that are sent at the same time; CHUNK times this is the memory it takes."""
PROBE_LOCK: Final = timedelta(minutes=10)
"""How long the lock of a probe lasts; later probes delete it."""
_SLACK: Final = timedelta(hours=1)
"""So much shorter than asked for may the lock of a new file be: an upload takes time, and clocks differ."""
_FULL: Final = {
    "QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity", "XMinioAdminBucketQuotaExceeded",
    "EntityTooLarge", "InsufficientStorage", "507",
}  # fmt: skip
_SIGN_IN: Final = {
    "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "401",
}  # fmt: skip
_REFUSED: Final = {"AccessDenied", "403", "AllAccessDisabled", "MethodNotAllowed", "405"}
_NO_BUCKET: Final = {"NoSuchBucket"}
_TAKEN: Final = {"PreconditionFailed", "412", "ConditionalRequestConflict"}
_LOST: Final = (
    aws.ConnectionError, aws.HTTPClientError, aws.IncompleteReadError, aws.ResponseStreamingError,
)  # fmt: skip


class S3Place:
    """A folder of a bucket. With a lock, every new file gets it."""

    def __init__(self, address: Address, identity: str, credential: Credential) -> None:
        self.address, self.lock = address, address.retention
        self.bucket, _, self._start = address.folder.lstrip("/").partition("/")
        self._credential, self._authorities = credential, read_authorities(identity)
        self._client: Any = None
        self._file: IO[str] | None = None

    @property
    def label(self) -> str:
        return self.address.label

    def put(self, name: str, reader: Reader, size: int) -> None:
        check_name(name)
        source = Source(name, reader, size)
        with self._faults(name):
            if self._version(name) is not None:
                raise NameTaken(name=name, target=self.label)
            if size <= CHUNK:
                block = b"".join(source.blocks())
                self._s3.put_object(
                    **self._at(name), Body=block, ContentMD5=_md5(block), IfNoneMatch="*",
                    **self._locked(),
                )  # fmt: skip
            else:
                self._put_in_parts(source)
            found = self._version(name)
            kept = int(found["Size"]) if found else 0
            if found is None or kept != size:
                raise LengthWrong(target=self.label, name=name, kept=kept, wanted=size)
            if self.lock is not None:
                self._make_locked(name, found, self.lock)

    def size(self, name: str) -> int | None:
        check_name(name)
        with self._faults(name):
            found = self._version(name)
        return None if found is None else int(found["Size"])

    def read(self, name: str, offset: int = 0) -> Iterator[bytes]:
        check_name(name)
        with self._faults(name):
            found = self._version(name)
            if found is None:
                raise ObjectMissing(name=name, target=self.label)
            size = int(found["Size"])
            if offset >= size:
                return
            answer = self._s3.get_object(
                **self._at(name), **_versioned(found), Range=f"bytes={offset}-"
            )
            for block in answer["Body"].iter_chunks(CHUNK):
                offset += len(block)
                yield block
        if offset != size:
            raise LengthWrong(target=self.label, name=name, kept=offset, wanted=size)

    def names(self, prefix: str = "") -> list[str]:
        with self._faults(prefix):
            keys = {each["Key"] for each in self._versions(self._key(prefix))}
        start = len(self._key(""))
        return sorted(key[start:] for key in keys if is_finished(key[start:]))

    def delete(self, name: str) -> None:
        check_name(name)
        with self._faults(name):
            versions = [
                each
                for each in self._versions(self._key(name), markers=True)
                if each["Key"] == self._key(name)
            ]
            unfinished = self._uploads(name)
            for upload in unfinished:
                self._s3.abort_multipart_upload(**self._at(name), UploadId=upload)
            if not any("Size" in each for each in versions) and not unfinished:
                raise ObjectMissing(name=name, target=self.label)
            for each in versions:
                try:
                    self._s3.delete_object(**self._at(name), **_versioned(each))
                except aws.ClientError as error:
                    if _code(error) in _REFUSED:
                        raise self._is_locked(name) from None
                    raise

    def locked_until(self, name: str) -> datetime | None:
        check_name(name)
        with self._faults(name):
            found = self._version(name)
            if found is None:
                raise ObjectMissing(name=name, target=self.label)
            return self._retention(self._key(name), found)[1]

    def probe(self) -> Probe:
        with self._faults(PROBE_START):
            self._clear_probes()
            key = self._key(f"{PROBE_START}{digest.random_bytes(8).hex()}")
            told: dict[str, Any] = {}
            if self.lock is not None:
                told = _lock_of(self.lock.kind, clock.now() + PROBE_LOCK)
            body = b"probe"
            made = self._s3.put_object(
                Bucket=self.bucket, Key=key, Body=body, ContentMD5=_md5(body), **told
            )
            kind, _until = self._retention(key, made)
            if self._can_delete(key, made):
                return Probe(writable=True, lock=Lock.NONE, why=Why.DELETED)
            if kind is Lock.GOVERNANCE and self._can_delete(key, made, bypass=True):
                return Probe(writable=True, lock=kind, why=Why.LIFTED)
            if kind is Lock.NONE:
                return Probe(writable=True, lock=Lock.MOUNTED, why=Why.ENDLESS)
            return Probe(writable=True, lock=kind, why=Why.KEPT)

    def free(self) -> int | None:
        """None: buckets tell no free space."""
        return None

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
        if self._file is not None:
            self._file.close()
        self._client = self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def _s3(self) -> Any:
        if self._client is None:
            options = dict(self.address.options)
            if self._authorities:
                self._file = as_file(self._authorities)
            session = boto3.session.Session(
                aws_access_key_id=self._credential.user,
                aws_secret_access_key=self._credential.password,
                region_name=options.get("region", "us-east-1"),
            )
            self._client = session.client(
                "s3",
                endpoint_url=self.address.web,
                verify=self._file.name if self._file else None,
                config=Config(
                    signature_version="s3v4",
                    s3={"addressing_style": options.get("style", "path")},
                    connect_timeout=30,
                    read_timeout=120,
                    retries={"total_max_attempts": 3, "mode": "standard"},
                    max_pool_connections=AT_ONCE + 2,
                    request_checksum_calculation="when_required",
                    response_checksum_validation="when_required",
                    proxies={},
                ),
            )
        return self._client

    def _key(self, name: str) -> str:
        return f"{self._start}/{name}" if self._start else name

    def _at(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket, "Key": self._key(name)}

    def _locked(self) -> dict[str, Any]:
        if self.lock is None:
            return {}
        return _lock_of(self.lock.kind, clock.now() + timedelta(days=self.lock.days))

    # An upload in parts.

    def _put_in_parts(self, source: Source) -> None:
        name = source.name
        upload, there = self._begun(source)
        parts: list[dict[str, Any]] = []
        with ThreadPoolExecutor(AT_ONCE, "s3") as pool:
            running: dict[Future[str], int] = {}
            try:
                for number, block in enumerate(source.blocks(CHUNK), 1):
                    if there.get(number) == (
                        hashlib.md5(block, usedforsecurity=False).hexdigest(),
                        len(block),
                    ):
                        parts.append({"PartNumber": number, "ETag": f'"{there[number][0]}"'})
                        continue
                    if len(running) == AT_ONCE:
                        parts += _finished(running, wait(running, return_when=FIRST_COMPLETED).done)
                    running[pool.submit(self._send, name, upload, number, block)] = number
                parts += _finished(running, wait(running).done)
            except BaseException:
                for each in running:
                    each.cancel()
                raise
        self._s3.complete_multipart_upload(
            **self._at(name), UploadId=upload, IfNoneMatch="*",
            MultipartUpload={"Parts": sorted(parts, key=lambda part: part["PartNumber"])},
        )  # fmt: skip

    def _send(self, name: str, upload: str, number: int, block: bytes) -> str:
        answer = self._s3.upload_part(
            **self._at(name), UploadId=upload, PartNumber=number, Body=block, ContentMD5=_md5(block)
        )
        return str(answer["ETag"])

    def _begun(self, source: Source) -> tuple[str, dict[int, tuple[str, int]]]:
        """The upload to go on with, and its parts by number with MD5 and size; a new one if there is none."""
        begun = self._uploads(source.name) if source.can_go_back else []
        if not begun:
            made = self._s3.create_multipart_upload(**self._at(source.name), **self._locked())
            return str(made["UploadId"]), {}
        upload, there = begun[-1], {}
        pages = self._s3.get_paginator("list_parts")
        for page in pages.paginate(**self._at(source.name), UploadId=upload):
            for part in page.get("Parts", []):
                there[part["PartNumber"]] = (part["ETag"].strip('"'), part["Size"])
        return upload, there

    def _uploads(self, name: str) -> list[str]:
        """The unfinished uploads of a file, oldest first."""
        found = []
        pages = self._s3.get_paginator("list_multipart_uploads")
        for page in pages.paginate(Bucket=self.bucket, Prefix=self._key(name)):
            found += [
                (each["Initiated"], each["UploadId"])
                for each in page.get("Uploads", [])
                if each["Key"] == self._key(name)
            ]
        return [upload for _begun, upload in sorted(found)]

    # Versions and locks.

    def _versions(self, prefix: str, *, markers: bool = False) -> Iterator[dict[str, Any]]:
        """Every version below a prefix, newest first within a key; delete markers have no `Size`."""
        kinds: Iterable[str] = ("Versions", "DeleteMarkers") if markers else ("Versions",)
        pages = self._s3.get_paginator("list_object_versions")
        for page in pages.paginate(Bucket=self.bucket, Prefix=prefix):
            for kind in kinds:
                yield from page.get(kind, [])

    def _version(self, name: str) -> dict[str, Any] | None:
        """The oldest version of a file; None if there is none. Times are whole seconds; within one, a later place
        in the list is older."""
        key = self._key(name)
        found = [each for each in self._versions(key) if each["Key"] == key]
        return min(reversed(found), key=lambda each: each["LastModified"], default=None)

    def _retention(self, key: str, version: dict[str, Any]) -> tuple[Lock, datetime | None]:
        """Kind and end of the lock of a version. Services show both only to who may read retentions."""
        told = self._s3.head_object(Bucket=self.bucket, Key=key, **_versioned(version))
        if "ObjectLockMode" not in told:
            return Lock.NONE, None
        return Lock(told["ObjectLockMode"].lower()), told["ObjectLockRetainUntilDate"]

    def _make_locked(self, name: str, version: dict[str, Any], lock: Retention) -> None:
        """Some services forget the lock of an upload in parts: it is asked for again, and looked at."""
        key, wanted = self._key(name), clock.now() + timedelta(days=lock.days) - _SLACK
        kind, until = self._retention(key, version)
        if kind is not lock.kind or until is None or until < wanted:
            told = {"Mode": lock.kind.value.upper(), "RetainUntilDate": wanted + _SLACK}
            self._s3.put_object_retention(
                Bucket=self.bucket, Key=key, **_versioned(version), Retention=told
            )
            kind, until = self._retention(key, version)
        if kind is not lock.kind or until is None or until < wanted:
            raise LockMissing(name=name, target=self.label)

    def _is_locked(self, name: str) -> TargetFault:
        until = self.locked_until(name)
        if until is None:
            return TargetRefused(target=self.label, cause="AccessDenied")
        return ObjectLocked(name=name, target=self.label, until=until.date().isoformat())

    def _can_delete(self, key: str, version: dict[str, Any], *, bypass: bool = False) -> bool:
        told = {"BypassGovernanceRetention": True} if bypass else {}
        try:
            self._s3.delete_object(Bucket=self.bucket, Key=key, **_versioned(version), **told)
        except aws.ClientError as error:
            if _code(error) in _REFUSED:
                return False
            raise
        return True

    def _clear_probes(self) -> None:
        """Delete the probes whose lock has ended."""
        for each in list(self._versions(self._key(PROBE_START))):
            with suppress(aws.ClientError):
                self._s3.delete_object(Bucket=self.bucket, Key=each["Key"], **_versioned(each))

    @contextmanager
    def _faults(self, name: str) -> Iterator[None]:
        try:
            yield
        except aws.ClientError as error:
            raise self._fault_of(name, _code(error)) from None
        except _LOST as error:
            if is_of_certificate(error):
                raise CertificateUnknown(target=self.label) from None
            raise TargetGone(target=self.label, cause=type(error).__name__) from None
        except aws.BotoCoreError as error:
            raise TargetFault(target=self.label, cause=type(error).__name__) from None

    def _fault_of(self, name: str, code: str) -> TargetFault:
        target = self.label
        if code in _TAKEN:
            return NameTaken(name=name, target=target)
        if code in _FULL:
            return TargetFull(name=name, target=target)
        if code in _SIGN_IN:
            return SignInRefused(target=target)
        if code in _REFUSED:
            return TargetRefused(target=target, cause=code)
        if code in _NO_BUCKET:
            return TargetGone(target=target, cause=code)
        return TargetFault(target=target, cause=code if code.isalnum() else "-")


def _finished(running: dict[Future[str], int], done: Iterable[Future[str]]) -> list[dict[str, Any]]:
    return [{"PartNumber": running.pop(each), "ETag": each.result()} for each in list(done)]


def _lock_of(kind: Lock, until: datetime) -> dict[str, Any]:
    return {"ObjectLockMode": kind.value.upper(), "ObjectLockRetainUntilDate": until}


def _versioned(version: dict[str, Any]) -> dict[str, str]:
    """The version's id as an argument; a bucket without versions has none."""
    found = version.get("VersionId")
    return {} if found in {None, "null"} else {"VersionId": str(found)}


def _code(error: aws.ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", "-"))


def _md5(block: bytes) -> str:
    """Content-MD5, by which the service checks what arrived; every S3-compatible one knows it."""
    return b64encode(hashlib.md5(block, usedforsecurity=False).digest()).decode()
