"""`backup_manifest`: the list that PostgreSQL makes of the files of a base backup, with its own checksum.

We ask for SHA-256 of each file (`--manifest-checksums=SHA256`), because the drill must tell a changed byte from a
whole file without any program of PostgreSQL: its `pg_verifybackup` does not start everywhere, and a program that
cannot start says nothing about a backup.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from .positions import number

NAME = "backup_manifest"
# pg_basebackup adds these to what the server sent, and the server's list does not name the log (`pg_wal`).
_BESIDE = re.compile(r"(backup_manifest|pg_wal/.*|tablespace_map)")
_OWN_SUM = re.compile(rb'"Manifest-Checksum": "([0-9a-f]{64})"\}\s*\Z')
MOST = 256 * 1024 * 1024
"""Bytes of a list that we would read: two million files."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the backup: its length in bytes and the hex SHA-256 of its content."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What a `backup_manifest` says."""

    system: int
    """The cluster's identifier, the same for all backups and the log of one cluster."""
    timeline: int
    start: int
    end: int
    """Positions between which the log must be replayed before the files are a database."""
    files: Mapping[str, File]


class ListingWrong(ValueError):
    """The list cannot be read, or its own checksum is another."""


def read(raw: bytes) -> Listing:
    """The list of a backup; ListingWrong. The list's own checksum covers all its lines but the last."""
    own = _OWN_SUM.search(raw)
    if own is None:
        raise ListingWrong("the list ends without its own checksum")
    if sha256(raw[: raw.rindex(b"\n", 0, own.start(1)) + 1]).hexdigest() != own[1].decode():
        raise ListingWrong("the list's own checksum is another")
    try:
        told = json.loads(raw)
        ranges = told["WAL-Ranges"]
        return Listing(
            system=int(told["System-Identifier"]),
            timeline=int(ranges[0]["Timeline"]),
            start=min(number(one["Start-LSN"]) for one in ranges),
            end=max(number(one["End-LSN"]) for one in ranges),
            files={_path(one): _file(one) for one in told["Files"]},
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ListingWrong("the list lacks what it must say") from error


def _path(one: Mapping[str, str]) -> str:
    if "Encoded-Path" in one:
        return bytes.fromhex(one["Encoded-Path"]).decode("utf-8", "surrogateescape")
    return one["Path"]


def _file(one: Mapping[str, str | int]) -> File:
    if one.get("Checksum-Algorithm") != "SHA256":
        raise ListingWrong("a file has no SHA-256")
    return File(int(one["Size"]), str(one["Checksum"]))


def differences(listing: Listing, found: Mapping[str, File]) -> list[str]:
    """What is wrong with the files found, at most 20 lines; nothing when each is there as listed. Paths are
    those of PostgreSQL's own files and say nothing of customers."""
    wrong = [
        f"missing: {path}" if path not in found else f"changed: {path}"
        for path, file in listing.files.items()
        if found.get(path) != file
    ]
    wrong += [
        f"not listed: {path}"
        for path in found
        if path not in listing.files and not _BESIDE.fullmatch(path)
    ]
    return wrong[:20]
