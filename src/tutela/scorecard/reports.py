"""Reads of reports, the newest first, corrected ones included, with their files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, overload
from uuid import UUID

from django.db import connection

from tutela.proof import queries as proof
from tutela.proof.models import Attachment

from .errors import ReportUnknown
from .outside import COLUMNS, Outside

HELD_AS: Final = "outside"
"""Holder of the files of reports (Attachment.holder_kind)."""
_FROM = "FROM scorecard_outside_evidence e WHERE (%(target)s = '' OR e.target = %(target)s)"
_COUNT = f"SELECT count(*) {_FROM}"
_READ = f"""
    SELECT {COLUMNS}, EXISTS (SELECT 1 FROM scorecard_outside_evidence c WHERE c.corrects = e.id)
    {_FROM} ORDER BY e.recorded_at DESC, e.id DESC OFFSET %(first)s LIMIT %(many)s"""
_ONE = f"""
    SELECT {COLUMNS}, EXISTS (SELECT 1 FROM scorecard_outside_evidence c WHERE c.corrects = e.id)
    FROM scorecard_outside_evidence e WHERE e.id = %s"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A report with its file, if one is attached."""

    row: Outside
    file: Attachment | None

    @property
    def last_day(self) -> date:
        """The last day covered, included."""
        return last_day(self.row)


class Reports(Sequence[Shown]):
    """All reports, or those of one target, for a paginator."""

    def __init__(self, target: str = "") -> None:
        self._target = target

    def __len__(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, {"target": self._target})
            return int(cursor.fetchone()[0])

    @overload
    def __getitem__(self, place: int) -> Shown: ...
    @overload
    def __getitem__(self, place: slice) -> list[Shown]: ...
    def __getitem__(self, place: int | slice) -> Shown | list[Shown]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        first, last, _step = place.indices(len(self))
        parameters: dict[str, str | int] = {
            "target": self._target,
            "first": first,
            "many": last - first,
        }
        with connection.cursor() as cursor:
            cursor.execute(_READ, parameters)
            rows = [Outside(*row) for row in cursor.fetchall()]
        attachments = proof.files(HELD_AS, *(str(row.id) for row in rows))
        files = {attachment.holder_id: attachment for attachment in attachments}
        return [Shown(row, files.get(str(row.id))) for row in rows]


def last_day(row: Outside) -> date:
    """The last day that a report covers, included."""
    return row.ends - timedelta(days=1)


def report(row_id: UUID) -> Outside:
    """One report; ReportUnknown."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE, [row_id])
        row = cursor.fetchone()
    if row is None:
        raise ReportUnknown(row=str(row_id))
    return Outside(*row)
