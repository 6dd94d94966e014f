"""Syslog as RFC 5424 and RFC 3164 write it, and as it lies in files: header, structured data, message.

<13>1 2026-11-30T08:00:00.123+08:00 core1 looks 77 - [meta sequenceId="29"] {"user": "u1"}
<13>Nov 30 08:00:00 core1 looks[77]: user=u1 customer=C00001
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tutela.base import clock
from tutela.feeds.errors import LineWrong, TimeWrong

from .lines import filled
from .mapped import flat, look_of, object_of, text_at
from .mapping import LogMapping
from .mysql import MariaReader
from .times import moment_of
from .told import Line, Lines, Look, Read

_NEW: Final = re.compile(
    r"<\d{1,3}>1 (\S+) (\S+) (\S+) (\S+) (\S+) (-|(?:\[(?:[^\]\\\"]|\\.|\"(?:[^\"\\]|\\.)*\")*\])+)(?: (.*))?",
    re.DOTALL,
)
_OLD: Final = re.compile(
    r"(?:<\d{1,3}>)?((?:[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2})|\d{4}-\d{2}-\d{2}T\S+) (\S+) "
    r"([^\s:\[]+)(?:\[([^\]]*)\])?:? ?(.*)",
    re.DOTALL,
)
_ELEMENT: Final = re.compile(r"\[([^\s\]]+)((?: [^=\s]+=\"(?:[^\"\\]|\\.)*\")*)\]")
_PARAMETER: Final = re.compile(r" ([^=\s]+)=\"((?:[^\"\\]|\\.)*)\"")
_PAIR: Final = re.compile(r"([A-Za-z_][\w.-]*)=(?:\"((?:[^\"\\]|\\.)*)\"|(\S*))")
_ESCAPED: Final = re.compile(r"\\(.)")
_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
_BOM: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `texts` are its header (timestamp, host, app, procid, msgid) and structured data
    (`id.name`)."""

    at: datetime | None
    body: str
    texts: Mapping[str, str] = field(default_factory=dict)


def message_of(line: Line, zone: ZoneInfo) -> Message:
    """The message of a line; LineWrong."""
    found = _NEW.fullmatch(line.text)
    if found is not None:
        at, host, app, procid, msgid, data, body = found.groups()
        texts = {"timestamp": at, "host": host, "app": app, "procid": procid, "msgid": msgid}
        moment = None if at == "-" else moment_of(at, zone)
        return Message(moment, (body or "").removeprefix(_BOM), texts | dict(_data(data)))
    found = _OLD.fullmatch(line.text)
    if found is None:
        raise LineWrong(line=line.number, reader="syslog")
    at, host, app, procid, body = found.groups()
    moment = moment_of(at, zone) if at[0].isdigit() else _without_year(at, zone)
    stamp = moment.isoformat() if moment else at
    return Message(
        moment, body, {"timestamp": stamp, "host": host, "app": app, "procid": procid or ""}
    )


def _data(text: str) -> Iterator[tuple[str, str]]:
    for name, parameters in _ELEMENT.findall(text):
        for key, value in _PARAMETER.findall(parameters):
            yield f"{name}.{key}", _ESCAPED.sub(r"\1", value)


def _without_year(text: str, zone: ZoneInfo) -> datetime | None:
    """The last moment that this was: the year is not told."""
    month, day, time = text.split()
    if month not in _MONTHS:
        return None
    now = clock.now()
    for year in (
        now.astimezone(zone).year + 1,
        now.astimezone(zone).year,
        now.astimezone(zone).year - 1,
    ):
        at = moment_of(f"{year}-{_MONTHS.index(month) + 1:02}-{int(day):02} {time}", zone)
        if at is not None and at <= now + timedelta(days=1):
            return at
    return None


class SyslogReader:
    """A company's own look log by syslog: columns are names in the message (a JSON object, or name=value), of the
    header (timestamp, host, app, procid, msgid) and of the structured data (meta.sequenceId)."""

    def __init__(self, mapping: LogMapping) -> None:
        self._mapping = mapping

    def read(self, lines: Lines) -> Read:
        for line in filled(lines):
            yield self._look(line)

    def columns(self, lines: Lines) -> Sequence[str]:
        first = next(filled(lines), None)
        return list(_texts(first, message_of(first, self._mapping.zone))) if first else []

    def _look(self, line: Line) -> Look:
        texts = _texts(line, message_of(line, self._mapping.zone))
        wanted = {name: texts.get(name, "") for name in self._mapping.columns.values()}
        return look_of(self._mapping, line.number, wanted)


def _texts(line: Line, message: Message) -> dict[str, str]:
    """All that a message says, by name."""
    body = message.body.strip()
    if body.startswith("{"):
        found = object_of(Line(line.number, body), "syslog")
        return {**message.texts, **{name: text_at(found, name) for name in flat(found)}}
    pairs = {key: _ESCAPED.sub(r"\1", quoted) or bare for key, quoted, bare in _PAIR.findall(body)}
    return {**message.texts, **pairs}


class MariaSyslogReader:
    """What server_audit of MariaDB sends to syslog: the time is the message's."""

    def __init__(self, mapping: LogMapping) -> None:
        self._mapping, self._reader = mapping, MariaReader(mapping)

    def read(self, lines: Lines) -> Read:
        for line in filled(lines):
            message = message_of(line, self._mapping.zone)
            if message.at is None:
                raise TimeWrong(line=line.number)
            yield self._reader.of_text(line.number, message.body.strip(), message.at)

    def columns(self, lines: Lines) -> Sequence[str]:  # noqa: ARG002 every reader is asked
        return ()
