"""When a message is sent, retried or given up, and what it may contain. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from .errors import LinkRefused, ParamsRefused
from .kinds import COUNT, COUNT_LIMIT, SHAPES, Mail, NoticeKind

_MINUTES: Final = (1, 5, 15, 60, 180, 360)
_LATER: Final = timedelta(hours=12)
# The delays add up to a week: a mail server may be down over a holiday.
MOST_TRIES: Final = 20
# The system administrator is notified after this many attempts, about twenty minutes.
NOTIFY_AFTER: Final = 4
DIGEST_AT: Final = time(8, 0)
DAILY, WEEKLY = "daily", "weekly"

_UUID: Final = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_STEP: Final = rf"(?:{_UUID}|(?!\d{{6}})[a-z0-9](?:(?!\d{{6}})[A-Za-z0-9_.-]){{0,39}})"
_LINK: Final = re.compile(rf"(?:/|(?:/{_STEP})+/?(?:#[a-z-]{{1,40}})?)?", re.ASCII)


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to send again after this many failed attempts; None to give up."""
    if tries >= MOST_TRIES:
        return None
    if tries <= len(_MINUTES):
        return now + timedelta(minutes=_MINUTES[max(tries, 1) - 1])
    return now + _LATER


def next_digest(now: datetime, every: str, zone: ZoneInfo) -> datetime:
    """The next 08:00 in the company's time zone; for WEEKLY, of the next Monday."""
    here = now.astimezone(zone)
    day = here.date()
    if here.time() >= DIGEST_AT:
        day += timedelta(days=1)
    if every == WEEKLY:
        day += timedelta(days=-day.weekday() % 7)
    return datetime.combine(day, DIGEST_AT, zone)


def first_try(mail: Mail, now: datetime, every: str, zone: ZoneInfo) -> datetime | None:
    """When a mail is first due under this choice; None for no mail."""
    if mail is Mail.NEVER:
        return None
    return now if mail is Mail.NOW else next_digest(now, every, zone)


def check_params(kind: NoticeKind, params: Mapping[str, str | int]) -> dict[str, str | int]:
    """The params, which must be exactly those of the kind, each of its shape; ParamsRefused."""
    wanted = kind.params
    for field in sorted(wanted.keys() ^ params.keys()):
        # An undeclared name might itself be personal data.
        name = field if field in wanted else "?"
        raise ParamsRefused(kind=kind.code, field=name)
    for field, shape in wanted.items():
        if not _fits(shape, params[field]):
            raise ParamsRefused(kind=kind.code, field=field)
    return dict(params)


def _fits(shape: str, value: str | int) -> bool:
    if shape == COUNT:
        return type(value) is int and 0 <= value <= COUNT_LIMIT
    return isinstance(value, str) and SHAPES[shape].fullmatch(value) is not None


def check_link(kind: NoticeKind, link: str) -> str:
    """The link, which must be a local path without a query string; LinkRefused."""
    if not _LINK.fullmatch(link):
        raise LinkRefused(kind=kind.code)
    return link
