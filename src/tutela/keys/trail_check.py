"""Verify the access log and compare it with earlier verifications, which are stored outside the database.

`trail.heads` in the data directory is encrypted under the installation's keys. Each verification without
faults adds a mark: the newest leaf at that time. A database restored from an older backup lacks it.
"""

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from tutela.access import gate
from tutela.access import permissions as access_permissions
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor
from tutela.base.errors import TutelaError
from tutela.trail import events as trail_events
from tutela.trail import log, queries, reading, verification
from tutela.trail.leaves import Leaf, moment
from tutela.trail.segments import rows
from tutela.trail.verification import Progress, Run
from tutela.trail.walk import Finding

from . import custody

NAME: Final = "trail.heads"
MARKS_KEPT: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A verification without faults: its time (ISO 8601), the newest leaf with its hash (hex), and the count."""

    at: str
    leaf: str
    hash: str
    leaves: int


def verify(actor: Actor, progress: Progress = lambda _done, _all: None) -> Run:
    """Verify the whole log for an actor who may search it; appends a leaf."""
    grant = gate.require(actor, access_permissions.TRAIL_SEARCH)
    return verify_for(actor, grant.as_leaf(), progress)


def verify_nightly() -> Run:
    """Verify as the system."""
    return verify_for(SYSTEM, {})


def verify_for(
    actor: Actor, decision: dict[str, str | int], progress: Progress = lambda _done, _all: None
) -> Run:
    """Verify for an action that was granted already; `decision` goes into the leaf."""
    run = verification.run(progress)
    if (restored := restored_since(_marks())) is not None:
        run.walk.add(restored)
    verification.keep(run, finished=True)
    walk = run.walk
    detail: dict[str, str | int] = {
        "leaves": walk.leaves, "chains": len(walk.chains), "broken": walk.broken,
        "code": walk.findings[0].kind if walk.findings else "",
    }  # fmt: skip
    log.append(
        Leaf(event=trail_events.CHAINS_VERIFIED, actor=actor, decision=decision, detail=detail)
    )
    if run.is_good and run.newest is not None:
        leaf_id, digest = run.newest
        _remember(
            Mark(at=clock.now().isoformat(), leaf=str(leaf_id), hash=bytes(digest).hex(),
                 leaves=walk.leaves)
        )  # fmt: skip
    return run


def restored_since(marks: list[Mark]) -> Finding | None:
    """The finding that the database is older than a mark: the first mark whose leaf is missing."""
    for mark in marks:
        if queries.hash_of(UUID(mark.leaf)) != bytes.fromhex(mark.hash) and not _is_purged(mark):
            return Finding(kind=reading.RESTORED, leaf=mark.leaf, at=mark.at)
    return None


def _is_purged(mark: Mark) -> bool:
    """Whether the month of a mark's leaf was purged, so that its leaf is gone by right."""
    at = moment(UUID(mark.leaf))
    return bool(rows.purged(at, at + timedelta(milliseconds=1)))


def begin_anew() -> bool:
    """After a restore, whose leaf says what is missing: set the marks of the lost database aside, as a file beside
    them, so that each later verification does not report the same. Whether there were any."""
    aside = _path().with_name(f"{NAME}.before-{clock.now():%Y%m%dT%H%M%SZ}")
    try:
        _path().rename(aside)
    except FileNotFoundError:
        return False
    return True


def quick_check() -> Finding | None:
    """`restored_since` the newest mark only, for the health page."""
    return restored_since(_marks()[-1:])


def forget_restored(until: datetime) -> int:
    """Forget the marks until a moment that the database lacks, because two people answered for it; 1 if there were
    any. Later verifications are compared with the marks that stay."""
    marks = _marks()
    kept = [
        mark
        for mark in marks
        if datetime.fromisoformat(mark.at) > until or restored_since([mark]) is None
    ]
    if len(kept) == len(marks):
        return 0
    _write(kept)
    return 1


def _path() -> Path:
    return Path(settings.TUTELA_HOME) / NAME


def _marks() -> list[Mark]:
    """All marks, oldest first; empty without the file or if it does not open."""
    try:
        sealed = _path().read_bytes()
    except FileNotFoundError:
        return []
    with contextlib.suppress(TutelaError):
        return [Mark(**mark) for mark in json.loads(custody.open_secret(NAME, sealed))]
    return []


def _remember(mark: Mark) -> None:
    """Add a mark."""
    _write([*_marks(), mark][-MARKS_KEPT:])


def _write(marks: list[Mark]) -> None:
    """Replace the file atomically."""
    sealed = custody.seal_secret(NAME, json.dumps([asdict(entry) for entry in marks]).encode())
    draft = _path().with_name(f"{NAME}.{os.getpid()}")
    with open(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb"
    ) as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(_path())
