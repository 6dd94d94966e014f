"""Evidence packs: written and signed."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from tutela.access import changes, gate
from tutela.access.gate import Grant
from tutela.base import clock, ids
from tutela.base.actor import Actor
from tutela.base.readings import moment
from tutela.keys import custody, trail_check
from tutela.scorecard import errors, events, kept, pack, permissions
from tutela.scorecard.rules import FIRST_YEAR
from tutela.trail import queries

from .keys import signing_key

PACKS_READ: Final = 1000
"""Newest packs in the trail among which an earlier one of the same days is looked for."""
_PART: Final = 512 * 1024
_KEEP = "INSERT INTO scorecard_pack_part (pack, number, sealed) VALUES (%s, %s, %s)"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_WROTE = """
    INSERT INTO scorecard_pack (id, begins, ends, written_at, written_by, file_hash, figures)
    VALUES (%s, %s, %s, %s, %s, %s, %s)"""
_EARLIER = """
    SELECT written_at, file_hash, figures::text FROM scorecard_pack
    WHERE begins = %s AND ends = %s ORDER BY written_at DESC, id DESC LIMIT 1"""


def write_pack(
    actor: Actor,
    begins: date,
    last: date,
    path: Path,
    progress: pack.Progress = lambda _d, _a: None,
) -> str:
    """Write a signed pack for the days `begins` to `last` into a file; returns its SHA-256 in hex.

    Figures and rows come from one snapshot. The file is written whole or not at all.
    """
    grant = gate.require(actor, permissions.PACK_WRITE)
    _check(begins, last)
    signing_key(actor)
    log_state = _verified_log(grant)
    draft = path.with_name(path.name + ".part")
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            days = (begins, last + timedelta(days=1))
            wanted = pack.Wanted(begins=days[0], ends=days[1], at=clock.now(), trail=log_state)
            figures = pack.write(draft, wanted, _earlier(*days), progress)
        with draft.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        detail: dict[str, str | int] = {
            "figures": len(figures), "file_hash": digest, "begins_ms": _ms(moment(days[0])),
            "ends_ms": _ms(moment(days[1])), "known_us": _us(wanted.at),
        }  # fmt: skip
        row = ids.uuid7()
        values = (row, *days, wanted.at, actor.id, digest, json.dumps(figures))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_WROTE, values)
            _keep(row, draft)
            changes.record(grant, events.PACK_WRITTEN, **detail)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return digest


def _keep(pack_id: UUID, path: Path) -> None:
    """Seal the file of a pack into the database, in parts."""
    with path.open("rb") as file, connection.cursor() as cursor:
        number = 0
        while data := file.read(_PART):
            sealed = custody.seal_secret(kept.label(pack_id, number), data)
            cursor.execute(_KEEP, [pack_id, number, sealed])
            number += 1


def preview(actor: Actor, begins: date, last: date) -> list[pack.Difference]:
    """What a pack of these days would judge otherwise than the scorecard does now, before it is made."""
    gate.require(actor, permissions.PACK_WRITE)
    _check(begins, last)
    ends = last + timedelta(days=1)
    return pack.preview(pack.Wanted(begins=begins, ends=ends, at=clock.now(), trail={}))


def _check(begins: date, last: date) -> None:
    if begins > last or begins.year < FIRST_YEAR:
        raise errors.PeriodWrong
    if last > clock.today():
        raise errors.PackInFuture(last=last.isoformat())


def fetch_pack(actor: Actor, pack_id: UUID, path: Path) -> kept.Kept:
    """Write a kept pack into a file, as it was handed over, once who fetches it stands in the trail;
    PackUnknown, PackDamaged."""
    grant = gate.require(actor, permissions.PACK_WRITE)
    found = kept.pack(pack_id)
    days = {"begins_ms": _ms(moment(found.begins)), "ends_ms": _ms(moment(found.ends))}
    with transaction.atomic():
        changes.record(
            grant, events.PACK_FETCHED, ("pack", str(found.id)), file_hash=found.file_hash, **days
        )
    kept.write(found, path)
    return found


def _verified_log(grant: Grant) -> dict[str, Any]:
    """The access log, verified for this pack, which states the result, whatever it is."""
    walk = trail_check.verify_for(grant.actor, grant.as_leaf()).walk
    return {
        "verified_at": clock.now().isoformat(), "leaves": walk.leaves, "broken": walk.broken,
        "findings": [finding.as_row() for finding in walk.findings],
    }  # fmt: skip


def _earlier(begins: date, ends: date) -> pack.Earlier | None:
    """The newest pack of the same days, if any. Packs of older versions are looked for in the trail."""
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, [begins, ends])
        row = cursor.fetchone()
    if row is not None:
        return pack.Earlier(at=row[0], file_hash=row[1], figures=json.loads(row[2]))
    days = (_ms(moment(begins)), _ms(moment(ends)))
    for leaf in queries.leaves(
        queries.LeafFilter(event=events.PACK_WRITTEN.name), limit=PACKS_READ
    ):
        detail = leaf.detail
        if (detail.get("begins_ms"), detail.get("ends_ms")) == days:
            known = EPOCH + timedelta(microseconds=int(detail["known_us"]))
            return pack.Earlier(at=known, file_hash=str(detail["file_hash"]), figures=None)
    return None


def _us(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def _ms(at: datetime) -> int:
    return _us(at) // 1000
