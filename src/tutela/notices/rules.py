"""When a message is sent, tried again or given up, and what may stand in one. Arguments only."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from .errors import LinkRefused, ParamsRefused
from .kinds import COUNT, MOST_COUNTED, SHAPES, Mail, NoticeKind

_MINUTES: Final = (1, 5, 15, 60, 180, 360)
_LATER: Final = timedelta(hours=12)
# The waits add up to a week: long enough for a mail server that is down over a holiday.
MOST_TRIES: Final = 20
# After so many faults in a row, about twenty minutes, the system administrator is told.
TELL_AFTER: Final = 4
DIGEST_AT: Final = time(8, 0)
DAILY, WEEKLY = "daily", "weekly"

_UUID: Final = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_STEP: Final = rf"(?:{_UUID}|(?!\d{{6}})[a-z0-9](?:(?!\d{{6}})[A-Za-z0-9_.-]){{0,39}})"
_LINK: Final = re.compile(rf"(?:/|(?:/{_STEP})+/?(?:#[a-z-]{{1,40}})?)?", re.ASCII)


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to send again after this many failed tries; None when it is given up."""
    if tries >= MOST_TRIES:
        return None
    if tries <= len(_MINUTES):
        return now + timedelta(minutes=_MINUTES[max(tries, 1) - 1])
    return now + _LATER


def next_digest(now: datetime, every: str, zone: ZoneInfo) -> datetime:
    """The next morning at eight of the company's time, or for weekly the next Monday's."""
    here = now.astimezone(zone)
    day = here.date()
    if here.time() >= DIGEST_AT:
        day += timedelta(days=1)
    if every == WEEKLY:
        day += timedelta(days=-day.weekday() % 7)
    return datetime.combine(day, DIGEST_AT, zone)


def first_try(mail: Mail, now: datetime, every: str, zone: ZoneInfo) -> datetime | None:
    """When a mail of this choice is to go out first; None for no mail."""
    if mail is Mail.NEVER:
        return None
    return now if mail is Mail.NOW else next_digest(now, every, zone)


def checked(kind: NoticeKind, params: Mapping[str, str | int]) -> dict[str, str | int]:
    """The params of a notice when they are exactly those of its kind, each in its shape."""
    wanted = kind.params
    for field in sorted(wanted.keys() ^ params.keys()):
        # A name that is not ours might itself be somebody's word.
        told = field if field in wanted else "?"
        raise ParamsRefused(kind=kind.code, field=told)
    for field, shape in wanted.items():
        if not _fits(shape, params[field]):
            raise ParamsRefused(kind=kind.code, field=field)
    return dict(params)


def _fits(shape: str, value: str | int) -> bool:
    if shape == COUNT:
        return type(value) is int and 0 <= value <= MOST_COUNTED
    return isinstance(value, str) and SHAPES[shape].fullmatch(value) is not None


def checked_link(kind: NoticeKind, link: str) -> str:
    """The path of a page of this house, without a question mark: searches are never linked to."""
    if not _LINK.fullmatch(link):
        raise LinkRefused(kind=kind.code)
    return link
