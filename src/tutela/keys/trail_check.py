"""Verify the access log and compare it with what was verified before, which is kept outside the database.

`trail.heads` in the data directory is sealed under the installation's keys. Each verification that finds
the log whole adds a mark: the newest leaf then. A database that was restored from an older copy lacks it.
"""

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from tutela.access import gate
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor
from tutela.base.errors import TutelaError
from tutela.trail import log, queries, reading, verification
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf
from tutela.trail.verification import Progress, Run
from tutela.trail.walk import Finding

from . import custody

NAME: Final = "trail.heads"
MARKS_KEPT: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The log as it was found whole: when, and its newest leaf then."""

    at: str
    leaf: str
    hash: str
    leaves: int


def verify(actor: Actor, progress: Progress = lambda _done, _all: None) -> Run:
    """Verify the whole log for somebody who may read it; the verification leaves its own leaf."""
    grant = gate.require(actor, Permission.TRAIL_LEAVES_SEARCH)
    return verify_for(actor, grant.as_leaf(), progress)


def verify_nightly() -> Run:
    """The same by the system itself."""
    return verify_for(SYSTEM, {})


def verify_for(
    actor: Actor, decision: dict[str, str | int], progress: Progress = lambda _done, _all: None
) -> Run:
    """Verify on behalf of an act that was granted already, as `decision` says."""
    found = verification.run(progress)
    if (restored := restored_since(_marks())) is not None:
        found.walk.add(restored)
    verification.keep(found, finished=True)
    walk = found.walk
    detail: dict[str, str | int] = {
        "leaves": walk.leaves, "chains": len(walk.chains), "broken": walk.broken,
        "code": walk.findings[0].kind if walk.findings else "",
    }  # fmt: skip
    log.append(
        Leaf(event=Event.TRAIL_CHAINS_VERIFIED, actor=actor, decision=decision, detail=detail)
    )
    if found.is_good and found.newest is not None:
        leaf_id, digest = found.newest
        _remember(
            Mark(at=clock.now().isoformat(), leaf=str(leaf_id), hash=bytes(digest).hex(),
                 leaves=walk.leaves)
        )  # fmt: skip
    return found


def restored_since(marks: list[Mark]) -> Finding | None:
    """What tells that the database is older than a mark: the first day whose newest leaf is not there."""
    for mark in marks:
        if queries.hash_of(UUID(mark.leaf)) != bytes.fromhex(mark.hash):
            return Finding(kind=reading.RESTORED, leaf=mark.leaf, at=mark.at)
    return None


def quick_check() -> Finding | None:
    """The newest mark alone, for a look at the installation's health."""
    return restored_since(_marks()[-1:])


def newest_mark() -> datetime | None:
    """When the log was last found whole, as the file outside the database has it."""
    marks = _marks()
    return datetime.fromisoformat(marks[-1].at) if marks else None


def _path() -> Path:
    return Path(settings.TUTELA_HOME) / NAME


def _marks() -> list[Mark]:
    """All marks, oldest first; none without the file, or where it is of other keys."""
    try:
        sealed = _path().read_bytes()
    except FileNotFoundError:
        return []
    with contextlib.suppress(TutelaError):
        return [Mark(**mark) for mark in json.loads(custody.open_secret(NAME, sealed))]
    return []


def _remember(mark: Mark) -> None:
    """Add a mark; the file is replaced whole."""
    marks = [*_marks(), mark][-MARKS_KEPT:]
    sealed = custody.seal_secret(NAME, json.dumps([asdict(one) for one in marks]).encode())
    draft = _path().with_name(f"{NAME}.{os.getpid()}")
    with open(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb"
    ) as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(_path())
