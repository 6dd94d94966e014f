"""Import when people work: a file by person, start and end. It replaces the same people's shifts of the same span,
so that a corrected roster is imported again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tutela.access import changes, gate
from tutela.access import queries as people
from tutela.base.actor import Actor
from tutela.watch import events, permissions
from tutela.watch.errors import ShiftMalformed
from tutela.watch.models import Shift

COLUMNS: Final = ("staff", "starts", "ends", "on_call")
NEEDED: Final = COLUMNS[:3]
LONGEST: Final = timedelta(hours=36)
_FORM: Final = "%Y-%m-%d %H:%M"
_YES: Final = {"": False, "0": False, "no": False, "否": False, "1": True, "yes": True, "是": True}


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: shifts written, of how many people, and how many older ones they replaced."""

    shifts: int
    people: int
    replaced: int


@transaction.atomic
def import_shifts(actor: Actor, rows: Sequence[tuple[int, Mapping[str, str]]]) -> Imported:
    """Rows by number: `staff` (sign-in name or staff number), `starts` and `ends` as 2026-03-02 09:00 in the
    company's time, `on_call` 1 for call duty. All or none: ShiftMalformed names the line."""
    grant = gate.require(actor, permissions.SETTING_CHANGE)
    ids = people.staff_ids(sorted({row.get("staff", "") for _number, row in rows}))
    zone = ZoneInfo(settings.TIME_ZONE)
    shifts = [_shift(number, row, ids, zone) for number, row in rows]
    _check_once(rows, shifts)
    spans: dict[UUID, tuple[datetime, datetime]] = {}
    for one in shifts:
        first, last = spans.get(one.person_id, (one.starts, one.ends))
        spans[one.person_id] = (min(first, one.starts), max(last, one.ends))
    replaced = 0
    for person, (first, last) in spans.items():
        gone = Shift.objects.filter(person_id=person, starts__gte=first, starts__lt=last)
        replaced += gone.delete()[0]
    Shift.objects.bulk_create(shifts, batch_size=2_000)
    changes.record(
        grant, events.ROSTER_IMPORTED, shifts=len(shifts), created=len(shifts), changed=replaced
    )
    return Imported(len(shifts), len(spans), replaced)


def _shift(number: int, row: Mapping[str, str], ids: Mapping[str, str], zone: ZoneInfo) -> Shift:
    person = ids.get(row.get("staff", ""))
    if person is None:
        raise ShiftMalformed(line=number, why=_("no such staff member"))
    starts, ends = (
        _moment(number, row.get("starts", ""), zone),
        _moment(number, row.get("ends", ""), zone),
    )
    if not timedelta(0) < ends - starts <= LONGEST:
        raise ShiftMalformed(line=number, why=_("the end must be after the start, within 36 hours"))
    on_call = _YES.get(row.get("on_call", "").strip().lower())
    if on_call is None:
        raise ShiftMalformed(line=number, why=_("on_call must be 0 or 1"))
    return Shift(person_id=UUID(person), starts=starts, ends=ends, on_call=on_call)


def _moment(number: int, text: str, zone: ZoneInfo) -> datetime:
    try:
        return datetime.strptime(text.strip().replace("T", " ")[:16], _FORM).replace(tzinfo=zone)
    except ValueError:
        raise ShiftMalformed(
            line=number, why=_("a moment must look like 2026-03-02 09:00")
        ) from None


def _check_once(rows: Sequence[tuple[int, Mapping[str, str]]], shifts: Sequence[Shift]) -> None:
    seen: set[tuple[UUID, datetime]] = set()
    for (number, _row), one in zip(rows, shifts, strict=True):
        if (one.person_id, one.starts) in seen:
            raise ShiftMalformed(line=number, why=_("the same shift stands in the file twice"))
        seen.add((one.person_id, one.starts))
