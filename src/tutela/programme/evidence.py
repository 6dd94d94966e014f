"""Whether the management system stands (`isms-built`) and is assessed (`isms-assessed`)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db import connection

from tutela.base import clock
from tutela.base.readings import Ask, EvidenceRow, Reading, moment, nothing, stands_at

from . import rules, seeding

TARGETS: Final = ("isms-built", "isms-assessed")
# Each gives the moments at which something of its part came to be.
_POLICIES: Final = """
    SELECT min(v.published_at) AS at FROM documents_version v
    JOIN documents_document d ON d.id = v.document_id
    WHERE d.kind = 'policy' AND v.published_at IS NOT NULL GROUP BY d.id"""
# Each record of a meeting's attendance that makes a quorum, with the time in which it was believed:
# from its signature (the first record: ever) until the next one's.
_MEETINGS: Final = """
    SELECT m.at, r.learned, r.dropped FROM committee_meeting m CROSS JOIN LATERAL (
        SELECT number, learned, lead(learned) OVER (ORDER BY number) AS dropped FROM (
            SELECT 0 AS number, NULL::timestamptz AS learned UNION ALL
            SELECT c.number, c.signed_at FROM committee_correction c
            WHERE c.meeting_id = m.id AND c.signed_at IS NOT NULL) signed) r
    WHERE m.state IN ('held', 'closed') AND (SELECT count(*) FROM committee_attendance a
        WHERE a.meeting_id = m.id AND a.number = r.number) >= m.needed"""
_ASSESSMENTS: Final = (
    "SELECT closed_at AS at FROM assessment_assessment WHERE closed_at IS NOT NULL"
)
# A measure's duties are assigned once somebody works in the department that owes it.
_DUTIES: Final = """
    SELECT min(s.created_at) AS at FROM governance_measure m
    LEFT JOIN access_staff s ON s.department_id = m.department_id AND s.kind = 'staff' AND s.is_active
    GROUP BY m.code"""
_STATEMENTS: Final = {
    "policies": _POLICIES,
    "committee": _MEETINGS,
    "duties": _DUTIES,
    "assessment": _ASSESSMENTS,
}
# Only attendance is corrected afterwards; the rest is believed since it came to be.
_TIMES: Final = {"committee": "of_part.learned, of_part.dropped"}
_ALWAYS: Final = "NULL::timestamptz, NULL::timestamptz"
PARTS: Final = tuple(_STATEMENTS)
Moments = dict[str, list[datetime | None]]


class _Fact(NamedTuple):
    """When something came to be, and in which time it was believed; None for ever."""

    at: datetime | None
    learned: datetime | None = None
    dropped: datetime | None = None

    def known(self, at: datetime) -> bool:
        return (self.learned is None or self.learned <= at) and (
            self.dropped is None or at < self.dropped
        )


_Facts = dict[str, list[_Fact]]


def read(asks: Sequence[Ask]) -> list[Reading]:
    """One statement for all: the moments, from which each ask's figure is worked out here."""
    facts = _facts()
    return [
        (_built if ask.target == "isms-built" else _assessed)(ask, _moments(facts, ask))
        for ask in asks
    ]


def rows(ask: Ask) -> Iterator[EvidenceRow]:
    """`isms-built`: one row a part, with its youngest moment. `isms-assessed`: one an assessment of the
    year."""
    known = _moments(_facts(), ask)
    if ask.target == "isms-assessed":
        counted = _within(known["assessment"], ask)
        for at in counted or _ever(known, ask)[-1:]:
            facts: dict[str, str | int] = {"numerator": int(at in counted), "denominator": 1}
            yield EvidenceRow(at.isoformat(), at, facts)
        return
    since = _since(ask, known)
    if any(since.values()):
        for part, began in since.items():
            part_facts: dict[str, str | int] = {"part": part, "numerator": int(began is not None)}
            if began is not None:
                part_facts["since"] = began.isoformat()
            at = _youngest(known[part], ask) or stands_at(ask)
            yield EvidenceRow(part, at, part_facts | {"denominator": 1})


def _facts() -> _Facts:
    asked = " UNION ALL ".join(
        f"SELECT '{part}' AS part, of_part.at, {_TIMES.get(part, _ALWAYS)} FROM ({text}) of_part"
        for part, text in _STATEMENTS.items()
    )
    facts: _Facts = {part: [] for part in PARTS}
    with connection.cursor() as cursor:
        cursor.execute(asked)
        for part, *times in cursor.fetchall():
            facts[part].append(_Fact(*times))
    return facts


def _moments(facts: _Facts, ask: Ask) -> Moments:
    """What had come to be, as far as it was known at the moment that the ask names."""
    at = ask.known or clock.now()
    return {part: [one.at for one in came if one.known(at)] for part, came in facts.items()}


def _since(ask: Ask, known: Moments) -> dict[str, datetime | None]:
    """Since when each part has stood whole, as it was at the end of the ask."""
    until = stands_at(ask)
    wanted = {
        "policies": seeding.policy()["policies_wanted"],
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
    since = _since(ask, known)
    standing = [at for at in since.values() if at is not None]
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


def _year_before(ends: date) -> date:
    return rules.add_months(ends, -12)


def _within(closed: Sequence[datetime | None], ask: Ask) -> list[datetime]:
    """Assessments closed in the year up to the end of the ask, or within its days if they are more."""
    first = moment(min(ask.begins, _year_before(ask.ends)))
    return sorted(at for at in closed if at is not None and first <= at <= stands_at(ask))


def _ever(known: Moments, ask: Ask) -> list[datetime]:
    return sorted(at for at in known["assessment"] if at is not None and at <= stands_at(ask))


def _assessed(ask: Ask, known: Moments) -> Reading:
    """How many assessments were closed within a year; never one is no data, one long ago is none."""
    ever = _ever(known, ask)
    if not ever:
        return nothing(ask, "count")
    counted = _within(ever, ask)
    return Reading(
        target=ask.target,
        begins=ask.begins,
        ends=ask.ends,
        value=float(len(counted)),
        numerator=len(counted),
        denominator=max(1, len(counted)),
        unit="count",
        evidence=max(1, len(counted)),
        newest=max(ever),
    )
