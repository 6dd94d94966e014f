"""The targets `backup-weekly` (every week, verified) and `restore-test` (every quarter).

A week counts by a set whose snapshot lies in its days and of which an offsite copy was, before they ended, opened to
its end and compared with its manifest (level 2 or better), without a later verdict against it. A quarter counts by a
drill that passed at level 3 or better within its days. What was missed or failed stays a row that counts nothing: a
proof that comes later is proof of a later time.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection

from tutela.base.readings import (
    Ask,
    EvidenceRow,
    Reading,
    Source,
    moment,
    nothing,
    stands_at,
)

from .rules import DrillState, Level, Result, RunState

WEEKLY: Final = "backup-weekly"
QUARTERLY: Final = "restore-test"
_RUNS: Final = """
    SELECT r.id, r.set_name, r.state, r.code, r.weekly, r.due_at, r.snapshot_at, v.copy_id, v.at, v.level, v.result
    FROM backup_run r
    LEFT JOIN (backup_copy c JOIN backup_target t ON t.id = c.target_id AND t.offsite
        JOIN backup_verification v ON v.copy_id = c.id
            AND (v.result = 'failed' OR v.result = 'passed' AND v.level >= %s))
        ON c.run_id = r.id
    WHERE r.kind <> 'keys'
    ORDER BY r.due_at, r.id, v.at, v.id"""
_DRILLS: Final = """
    SELECT d.id, d.state, d.code, d.declared_at, d.ended_at, d.rto_seconds, d.rpo_seconds, max(v.level)
    FROM backup_drill d
    LEFT JOIN backup_verification v ON v.copy_id = d.copy_id AND v.result = 'passed' AND v.level >= %s
        AND v.at BETWEEN d.declared_at AND d.ended_at
    WHERE d.ended_at IS NOT NULL GROUP BY d.id ORDER BY d.ended_at, d.id"""


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


def _runs() -> list[Proven]:
    found: dict[str, Proven] = {}
    for key, name, state, code, weekly, due, snapshot, copy, at, level, result in _fetch(
        _RUNS, [Level.OPENED]
    ):
        one = found.setdefault(
            str(key),
            Proven(
                id=str(key),
                of=snapshot or due,
                facts=_known(set=name, state=state, code=code),
                shown=weekly or state in {RunState.FAILED, RunState.MISSED},
            ),
        )
        if copy is not None:
            verdict = (at, level if result == Result.PASSED else None)
            one.verdicts.setdefault(str(copy), []).append(verdict)
    return list(found.values())


def _drills() -> list[Proven]:
    found = []
    for key, state, code, declared, ended, rto, rpo, level in _fetch(_DRILLS, [Level.RESTORED]):
        passed = state == DrillState.PASSED and level is not None
        one = Proven(
            id=str(key),
            of=declared,
            facts=_known(state=state, code=code, rto_seconds=rto, rpo_seconds=rpo),
            shown=True,
            verdicts={str(key): [(ended, level if passed else None)]},
        )
        found.append(one)
    return found


def _known(**facts: str | int | None) -> dict[str, str | int]:
    return {name: value for name, value in facts.items() if value not in (None, "")}


def _fetch(statement: str, values: list[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _rows(ask: Ask, known: Sequence[Proven]) -> list[EvidenceRow]:
    """The rows of the days, and of what was proven before them the newest if nothing in them counts: its age is
    then what is shown. Nothing ever proven has no rows: there is no figure."""
    until, begins, ends = stands_at(ask), moment(ask.begins), moment(ask.ends)
    within = [one for one in known if begins <= one.of < ends and one.of <= until]
    counted = [(one, proof) for one in within if (proof := one.proof(until))]
    rows = [_row(one, proof) for one, proof in counted]
    if not counted:
        before = [
            (proof[0], one.id, one, proof)
            for one in known
            if one.of < begins and (proof := one.proof(until))
        ]
        if not before:
            return []
        _at, _id, one, proof = max(before)
        rows.append(_row(one, proof, counts=False))
    left = {one.id for one, _proof in counted}
    rows += [_empty(one, until) for one in within if one.shown and one.id not in left]
    return sorted(rows, key=lambda row: (row.at, row.id))


def _row(one: Proven, proof: tuple[datetime, int], *, counts: bool = True) -> EvidenceRow:
    at, level = proof
    facts = one.facts | {"level": f"L{level}", "numerator": int(counts), "denominator": int(counts)}
    return EvidenceRow(one.id, at, facts)


def _empty(one: Proven, until: datetime) -> EvidenceRow:
    """What was missed, failed or not verified in time."""
    at = max((at for verdicts in one.verdicts.values() for at, _l in verdicts), default=one.of)
    return EvidenceRow(one.id, min(at, until), one.facts | {"numerator": 0, "denominator": 0})


def _reading(ask: Ask, rows: Sequence[EvidenceRow]) -> Reading:
    """How many count; never one is no data, one long ago is none."""
    if not rows:
        return nothing(ask, "count")
    counted = sum(int(row.facts["numerator"]) for row in rows)
    return Reading(
        target=ask.target,
        begins=ask.begins,
        ends=ask.ends,
        value=float(counted),
        numerator=counted,
        denominator=counted,
        unit="count",
        evidence=len(rows),
        newest=max(row.at for row in rows if "level" in row.facts),
    )


def _source(target: str, load: Callable[[], list[Proven]]) -> Source:
    def read(asks: Sequence[Ask]) -> list[Reading]:
        """One statement for all."""
        known = load()
        return [_reading(ask, _rows(ask, known)) for ask in asks]

    def rows(ask: Ask) -> Iterator[EvidenceRow]:
        """One a set or drill of the days that counts, was missed or failed."""
        yield from _rows(ask, load())

    return Source(target=target, read=read, rows=rows)


BACKUPS: Final = _source(WEEKLY, _runs)
RESTORES: Final = _source(QUARTERLY, _drills)
