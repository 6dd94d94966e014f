"""JumpServer's session and command records: its lists as JSON or CSV, and what it sends to syslog.

Its syslog says `host_session_log - {…}` and `session_command_log - {…}` and other records that tell of no access.
A user is written `Name(login)`. Commands are read for values of customers; what they gave out is dropped unread.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from tutela.feeds.errors import ColumnMissing, LineWrong, TimeWrong
from tutela.feeds.rules import Action

from .lines import filled
from .mapped import object_of, records
from .mapping import LogMapping
from .mysql import objects
from .statements import action_of, fields_of, tables_of, values_of
from .syslog import message_of
from .times import moment_of
from .told import PERSON_LENGTH, Line, Lines, Look, Read

_LOGIN: Final = re.compile(r".*\(([^()]+)\)\s*", re.DOTALL)
_RECORD: Final = re.compile(r"(\w+) - (\{.*)", re.DOTALL)
_SESSION, _COMMAND = "host_session_log", "session_command_log"
_HEADINGS: Final[dict[str, frozenset[str]]] = {
    "id": frozenset({"id"}),
    "user": frozenset({"user", "用户"}),
    "asset": frozenset({"asset", "资产"}),
    "input": frozenset({"command", "input", "命令"}),
    "timestamp": frozenset({"timestamp", "时间戳"}),
    "timestamp_display": frozenset({"datetime", "日期", "日期时间"}),
    "date_start": frozenset({"date start", "开始日期", "开始时间"}),
    "session": frozenset({"session id", "session", "会话 id", "会话id", "会话"}),
}
"""What the columns of its CSV are called, in the language of whoever exports it."""


class JumpServerReader:
    """Records of sessions and commands. A record with a command is one; one with a start is a session."""

    def __init__(self, mapping: LogMapping, *, source: str) -> None:
        self._mapping, self._source = mapping, source

    def columns(self, lines: Lines) -> Sequence[str]:  # noqa: ARG002 every reader is asked
        return ()

    def read(self, lines: Lines) -> Read:
        for line, record in _SOURCES[self._source](lines, self._mapping):
            yield None if record is None else self._look(line, record)

    def _look(self, line: int, record: Mapping[str, Any]) -> Look | None:
        person = str(record.get("user") or "")
        if not person:
            raise ColumnMissing(line=line, column="person")
        named = _LOGIN.fullmatch(person)
        command = record.get("input")
        at = self._moment(line, record, is_command=command is not None)
        key = str(record.get("id") or "") or f"{person}\0{at.isoformat()}\0{command}"
        kind = "session" if command is None else "command"
        look = Look(
            line=line,
            same=f"{kind}\0{key}".encode(),
            at=at,
            person=(named[1] if named else person)[:PERSON_LENGTH],
            action=Action.SESSION,
            fields=self._mapping.fields,
        )
        return look if command is None else self._of_command(look, str(command))

    def _of_command(self, session: Look, command: str) -> Look | None:
        """The look of a command; None if it names nobody and touches no table that matters."""
        fields = fields_of(tables_of(command), self._mapping.objects, self._mapping.fields)
        values = values_of([command], self._mapping.statements)
        if fields is None and not values:
            return None
        return replace(
            session,
            action=action_of(command) or Action.READ,
            customers=values,
            is_guess=True,
            fields=fields or self._mapping.fields,
        )

    def _moment(self, line: int, record: Mapping[str, Any], *, is_command: bool) -> datetime:
        names = ("timestamp", "timestamp_display") if is_command else ("date_start",)
        for name in names:
            text = str(record.get(name) or "")
            if text and (at := moment_of(text, self._mapping.zone)):
                return at
        raise TimeWrong(line=line)


_Records = Iterator[tuple[int, Mapping[str, Any] | None]]


def _from_json(lines: Lines, mapping: LogMapping) -> _Records:  # noqa: ARG001 as its neighbours
    """A list, a page of one (`results`), or one record a line."""
    for line, found in objects(lines):
        results = found.get("results")
        if isinstance(results, list):
            yield from ((line, one) for one in results if isinstance(one, dict))
        else:
            yield line, found


def _from_csv(lines: Lines, mapping: LogMapping) -> _Records:
    rows = records(lines, mapping.delimiter)
    _first, names = next(rows, (1, []))
    known = [_heading(name) for name in names]
    if "user" not in known:
        raise ColumnMissing(line=1, column="person")
    for line, cells in rows:
        if len(cells) != len(known):
            raise LineWrong(line=line, reader="csv")
        # A cell that begins like a formula has a quote before it.
        yield (
            line,
            {name: cell.removeprefix("'") for name, cell in zip(known, cells, strict=True) if name},
        )


def _heading(name: str) -> str:
    plain = name.strip().lstrip("*").strip().casefold()
    return next((key for key, names in _HEADINGS.items() if plain in names), "")


def _from_syslog(lines: Lines, mapping: LogMapping) -> _Records:
    for line in filled(lines):
        found = _RECORD.search(message_of(line, mapping.zone).body)
        if found is None or found[1] not in {_SESSION, _COMMAND}:
            yield line.number, None
        else:
            yield line.number, object_of(Line(line.number, found[2]), "jumpserver")


_SOURCES: Final = {"json": _from_json, "csv": _from_csv, "syslog": _from_syslog}
