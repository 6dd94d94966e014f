"""Copies of the journal of destructions, carried to every target within minutes of a destruction or an epoch."""

import io
import json
import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from tutela.access import gate
from tutela.backup import making, permissions, places, queries, signing
from tutela.backup.models import Drill, Target
from tutela.backup.parts import write_whole
from tutela.backup.restoring import journals
from tutela.backup.rules import DrillState
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import TutelaError
from tutela.keys import custody
from tutela.trail.tree import state
from tutela.vault import journal
from tutela.vault.actions import destructions
from tutela.vault.journal import Entry

CARRIED: Final = "carried.json"
"""In the working folder: what each target was last given. Without it everything is given again."""
OVERLAP: Final = timedelta(hours=1)
"""A destruction that was committed late stands in the next copy as well."""
_log = logging.getLogger("tutela.backup")


def carry(actor: Actor) -> int:
    """Settle what a crash left open in the journal, then give each active target what it lacks; how many files."""
    gate.require(actor, permissions.RUN)
    journal.settle_open(destructions.is_approved)
    carried = _carried()
    done = 0
    for target in queries.targets():
        try:
            done += _carry(target, carried)
        except TutelaError as refused:
            _log.warning("backup.journal_waits target=%s code=%s", target.id, refused.code)
    return done


def _carry(target: Target, carried: dict[str, Any]) -> int:
    """1 if there was something to give, else 0."""
    known: Mapping[str, Any] = carried.get(str(target.id), {})
    until = datetime.fromisoformat(known["until"]) if known else None
    entries = destructions.approved_since(until - OVERLAP if until else None)
    orders, epoch, drill = {one.order for one in entries}, _epoch(), _drill()
    is_new = orders - set(known.get("orders", ())) or epoch != known.get("epoch")
    if not is_new and (drill or {}).get("at") == known.get("drill"):
        return 0
    now = clock.now()
    _put(target, entries, epoch, drill, now)
    carried[str(target.id)] = {
        "until": now.isoformat(), "orders": sorted(orders), "epoch": epoch, "drill": (drill or {}).get("at"),
    }  # fmt: skip
    write_whole(making.private_folder() / CARRIED, json.dumps(carried).encode())
    return 1


def _put(
    target: Target,
    entries: Iterable[Entry],
    epoch: int,
    drill: Mapping[str, Any] | None,
    now: datetime,
) -> None:
    installation = custody.installation().hex()
    body = journals.build(installation, now, epoch, list(entries), drill)
    file = journals.sealed(body, signing.sign(body))
    with places.open_target(target) as place:
        place.put(journals.name_of(installation, now), io.BytesIO(file), len(file))


def _epoch() -> int:
    newest = state.newest()
    return newest.epoch if newest else 0


def _drill() -> dict[str, Any] | None:
    """What the last passed drill took."""
    last = Drill.objects.filter(state=DrillState.PASSED).order_by("-ended_at").first()
    if last is None or last.rto_seconds is None or last.ended_at is None:
        return None
    facts: Mapping[str, Any] = last.report or {}
    return {
        "at": last.ended_at.isoformat(), "rto_seconds": round(last.rto_seconds, 1),
        "sealed_bytes": int(facts.get("sealed_bytes", 0)),
    }  # fmt: skip


def _carried() -> dict[str, Any]:
    try:
        found = json.loads((Path(settings.TUTELA_BACKUP_FOLDER) / CARRIED).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
