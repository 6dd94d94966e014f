"""Packs as they were handed over: sealed in parts in the database, opened again for whoever may."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection

from tutela.keys import custody
from tutela.keys.errors import KeyDamaged

from . import errors

_PARTS = "SELECT number, sealed FROM scorecard_pack_part WHERE pack = %s ORDER BY number"
_KEPT = """
    SELECT p.id, p.begins, p.ends, p.file_hash FROM scorecard_pack p WHERE p.id = %s
    AND EXISTS (SELECT 1 FROM scorecard_pack_part part WHERE part.pack = p.id)"""
_BY_HASH = """
    SELECT p.file_hash, p.id FROM scorecard_pack p WHERE p.file_hash = ANY(%s)
    AND EXISTS (SELECT 1 FROM scorecard_pack_part part WHERE part.pack = p.id)"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A pack that can be fetched; `ends` is not included."""

    id: UUID
    begins: date
    ends: date
    file_hash: str

    @property
    def file_name(self) -> str:
        last = self.ends - timedelta(days=1)
        return f"tutela-evidence-{self.begins.isoformat()}-{last.isoformat()}.zip"


def pack(pack_id: UUID) -> Kept:
    """A kept pack; PackUnknown."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [pack_id])
        row = cursor.fetchone()
    if row is None:
        raise errors.PackUnknown
    return Kept(*row)


def by_hash(hashes: list[str]) -> dict[str, UUID]:
    """The ids of kept packs by their SHA-256."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_HASH, [hashes])
        return dict(cursor.fetchall())


def write(kept: Kept, path: Path) -> None:
    """Write a kept pack into a file; PackDamaged, and no file, if it is not what was handed over."""
    digest = hashlib.sha256()
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            for data in _opened(kept):
                digest.update(data)
                file.write(data)
        if digest.hexdigest() != kept.file_hash:
            raise errors.PackDamaged(file_hash=kept.file_hash[:16])
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _opened(kept: Kept) -> Iterator[bytes]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_PARTS, [kept.id])
        while rows := cursor.fetchmany(1):
            number, sealed = rows[0]
            try:
                yield custody.open_secret(label(kept.id, number), bytes(sealed))
            except KeyDamaged:
                raise errors.PackDamaged(file_hash=kept.file_hash[:16]) from None


def label(pack_id: UUID, number: int) -> str:
    """What a part of a pack is sealed to."""
    return f"scorecard.pack/{pack_id}/{number}"
