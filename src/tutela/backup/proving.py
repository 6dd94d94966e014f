"""What may prove a week or a quarter: sets and drills, with what verifying them gave and when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection

from .rules import DrillState, Level, Result, RunState

_RUNS: Final = """
    SELECT r.id, r.set_name, r.state, r.code, r.weekly, r.due_at, r.snapshot_at, v.copy_id, v.at, v.level, v.result
    FROM backup_run r
    LEFT JOIN (backup_copy c JOIN backup_target t ON t.id = c.target_id AND t.offsite
        JOIN backup_verification v ON v.copy_id = c.id
            AND (v.result = 'failed' OR v.result = 'passed' AND v.level >= %s))
        ON c.run_id = r.id
    WHERE r.kind IN ('full', 'base', 'incremental')
    ORDER BY r.due_at, r.id, v.at, v.id"""
_DRILLS: Final = """
    SELECT id, state, code, declared_at, ended_at, rto_seconds, rpo_seconds, (report->>'level')::int
    FROM backup_drill WHERE ended_at IS NOT NULL AND declared_at IS NOT NULL ORDER BY ended_at, id"""
"""The level is that of the signed report."""


@dataclass(slots=True, kw_only=True)
class Proven:
    """What may count: when it was due or begun, the facts that a row shows, and since when it has been proven:
    for each copy the verdicts in their order, as (time, level or None for one against it)."""

    id: str
    of: datetime
    facts: dict[str, str | int]
    shown: bool
    verdicts: dict[str, list[tuple[datetime, int | None]]] = field(default_factory=dict)

    def proof(self, until: datetime) -> tuple[datetime, int] | None:
        """When a copy was first opened, and the best level of it, as of a moment; None without a proof."""
        found = [one for verdicts in self.verdicts.values() if (one := _standing(verdicts, until))]
        return min(found) if found else None


def _standing(
    verdicts: Iterable[tuple[datetime, int | None]], until: datetime
) -> tuple[datetime, int] | None:
    """Since when one copy has been good, and its best level; None when the last verdict is against it."""
    since: datetime | None = None
    best = 0
    for at, level in verdicts:
        if at > until:
            break
        if level is None:
            since, best = None, 0
        else:
            since, best = since or at, max(best, level)
    return None if since is None else (since, best)


def runs() -> list[Proven]:
    """Sets with customers' data, by the snapshot; those that were missed or failed, by when they were due."""
    found: dict[str, Proven] = {}
    for key, name, state, code, weekly, due, snapshot, copy, at, level, result in _fetch(
        _RUNS, [Level.OPENED]
    ):
        one = found.setdefault(
            str(key),
            Proven(
                id=str(key),
                of=snapshot or due,
                facts=_known(set=name, state=state, code=code, taken=_text(snapshot)),
                shown=weekly or state in {RunState.FAILED, RunState.MISSED},
            ),
        )
        if copy is not None:
            verdict = (at, level if result == Result.PASSED else None)
            one.verdicts.setdefault(str(copy), []).append(verdict)
    return list(found.values())


def drills() -> list[Proven]:
    """Drills that are over."""
    found = []
    for key, state, code, declared, ended, rto, rpo, level in _fetch(_DRILLS, []):
        passed = state == DrillState.PASSED and (level or 0) >= Level.RESTORED
        one = Proven(
            id=str(key),
            of=declared,
            facts=_known(state=state, code=code, rto_seconds=_whole(rto), rpo_seconds=_whole(rpo)),
            shown=True,
            verdicts={str(key): [(ended, level if passed else None)]},
        )
        found.append(one)
    return found


def _whole(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds)


def _text(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _known(**facts: str | int | None) -> dict[str, str | int]:
    return {name: value for name, value in facts.items() if value not in (None, "")}


def _fetch(statement: str, values: list[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
