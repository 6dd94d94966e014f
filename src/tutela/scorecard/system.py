"""Whether the management system stands (`isms-built`): composed of four rooms' own facts."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from tutela.assessment import evidence as assessment
from tutela.base import clock
from tutela.base.readings import Ask, EvidenceRow, Fact, Reading, nothing, stands_at
from tutela.committee import evidence as committee
from tutela.documents import evidence as documents
from tutela.programme import evidence as programme

TARGETS: Final = ("isms-built",)
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
    """One statement for all: the moments, from which each ask's figure is worked out here."""
    facts = _facts()
    return [_built(ask, _moments(facts, ask)) for ask in asks]


def rows(ask: Ask) -> Iterator[EvidenceRow]:
    """One row a part, with its youngest moment."""
    known = _moments(_facts(), ask)
    since = _since(ask, known)
    if not any(since.values()):
        return
    for part, began in since.items():
        facts: dict[str, str | int] = {"part": part, "numerator": int(began is not None)}
        if began is not None:
            facts["since"] = began.isoformat()
        at = _youngest(known[part], ask) or stands_at(ask)
        yield EvidenceRow(part, at, facts | {"denominator": 1})


def _facts() -> dict[str, list[Fact]]:
    asked = {part: room.facts() for part, room in _ROOMS.items()}
    # The names are our own; what a room asks for goes as values.
    statement = " UNION ALL ".join(
        f"SELECT '{part}', its.* FROM ({facts.statement}) its(at, learned, dropped)"
        for part, facts in asked.items()
    )
    found: dict[str, list[Fact]] = {part: [] for part in PARTS}
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for facts in asked.values() for value in facts.values])
        for part, *times in cursor.fetchall():
            found[part].append(Fact(*times))
    return found


def _moments(facts: dict[str, list[Fact]], ask: Ask) -> Moments:
    """What had come to be, as far as it was known at the moment that the ask names."""
    at = ask.known or clock.now()
    return {part: [one.at for one in came if one.known(at)] for part, came in facts.items()}


def _since(ask: Ask, known: Moments) -> dict[str, datetime | None]:
    """Since when each part has stood whole, as it was at the end of the ask."""
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
    """The share of the four parts that stand, in percent; nothing at all is no data."""
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
        newest=_newest(ask, known),
    )


def _newest(ask: Ask, known: Moments) -> datetime | None:
    """The youngest thing of any part: a system that is never worked on grows stale."""
    return _youngest([at for came in known.values() for at in came], ask)


def _youngest(came: Sequence[datetime | None], ask: Ask) -> datetime | None:
    until = stands_at(ask)
    return max((at for at in came if at and at <= until), default=None)
