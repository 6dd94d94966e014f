"""The target `isms-built` (the management system is in place), composed of four rooms' facts."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from tutela.assessment import evidence as assessment
from tutela.base import clock
from tutela.base.readings import Ask, EvidenceRow, Fact, Reading, Source, nothing, stands_at
from tutela.committee import evidence as committee
from tutela.documents import evidence as documents
from tutela.programme import evidence as programme

# The part that each room answers for.
_ROOMS: Final = {
    "policies": documents,
    "committee": committee,
    "duties": programme,
    "assessment": assessment,
}
PARTS: Final = tuple(_ROOMS)
Moments = dict[str, list[datetime | None]]


def read(asks: Sequence[Ask]) -> list[Reading]:
    """One statement for all asks, from whose moments each figure is computed."""
    facts = _facts()
    return [_built(ask, _moments(facts, ask)) for ask in asks]


def rows(ask: Ask) -> Iterator[EvidenceRow]:
    """One row a part, with its newest moment."""
    known = _moments(_facts(), ask)
    since = _since(ask, known)
    if not any(since.values()):
        return
    for part, began in since.items():
        facts: dict[str, str | int] = {"part": part, "numerator": int(began is not None)}
        if began is not None:
            facts["since"] = began.isoformat()
        at = _newest(known[part], ask) or stands_at(ask)
        yield EvidenceRow(part, at, facts | {"denominator": 1})


def _facts() -> dict[str, list[Fact]]:
    by_room = {part: room.facts() for part, room in _ROOMS.items()}
    # Part names are constants; rooms pass values as parameters.
    statement = " UNION ALL ".join(
        f"SELECT '{part}', its.* FROM ({facts.statement}) its(at, learned, dropped)"
        for part, facts in by_room.items()
    )
    by_part: dict[str, list[Fact]] = {part: [] for part in PARTS}
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for facts in by_room.values() for value in facts.values])
        for part, *times in cursor.fetchall():
            by_part[part].append(Fact(*times))
    return by_part


def _moments(facts: dict[str, list[Fact]], ask: Ask) -> Moments:
    """The moments of each part, as known at the moment of the ask."""
    at = ask.known or clock.now()
    return {part: [fact.at for fact in came if fact.known(at)] for part, came in facts.items()}


def _since(ask: Ask, known: Moments) -> dict[str, datetime | None]:
    """Since when each part has been complete at the end of the ask; None if it is not."""
    until = stands_at(ask)
    wanted = {
        "policies": documents.WANTED,
        "committee": 1,
        "duties": max(1, len(known["duties"])),
        "assessment": 1,
    }
    since: dict[str, datetime | None] = {}
    for part in PARTS:
        came = sorted(at for at in known[part] if at is not None and at <= until)
        since[part] = came[wanted[part] - 1] if len(came) >= wanted[part] else None
    return since


def _built(ask: Ask, known: Moments) -> Reading:
    """The share of complete parts in percent; no data if there are none."""
    standing = [at for at in _since(ask, known).values() if at is not None]
    if not standing:
        return nothing(ask, "percent")
    return Reading(
        target=ask.target,
        begins=ask.begins,
        ends=ask.ends,
        value=100 * len(standing) / len(PARTS),
        numerator=len(standing),
        denominator=len(PARTS),
        unit="percent",
        evidence=len(PARTS),
        # Of any part: a system that nobody works on grows stale.
        newest=_newest([at for came in known.values() for at in came], ask),
    )


def _newest(came: Sequence[datetime | None], ask: Ask) -> datetime | None:
    until = stands_at(ask)
    return max((at for at in came if at and at <= until), default=None)


SOURCE: Final = Source(target="isms-built", read=read, rows=rows, alone=True)
