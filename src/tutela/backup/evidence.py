"""The targets `backup-weekly` (every week, verified) and `restore-test` (every quarter).

A week counts by a set whose snapshot lies in its days and of which an offsite copy was, before they ended, opened
to its end and compared with its manifest (level 2 or better), without a later verdict against it. A quarter counts
by a drill that passed at level 3 or better within its days. What was missed or failed stays a row that counts
nothing: a proof that comes later is proof of a later time.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final

from tutela.base.readings import (
    Ask,
    EvidenceRow,
    Reading,
    Source,
    moment,
    nothing,
    stands_at,
)

from . import proving
from .proving import Proven

WEEKLY: Final = "backup-weekly"
QUARTERLY: Final = "restore-test"


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


BACKUPS: Final = _source(WEEKLY, proving.runs)
RESTORES: Final = _source(QUARTERLY, proving.drills)
