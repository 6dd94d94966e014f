"""Audit logs of MariaDB (server_audit), MySQL Enterprise and Percona: text, JSON and XML.

A statement is a look where it succeeded; connections and failures are none. Where a log also names tables one by
one, only the statement counts, which holds the values."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from json import JSONDecodeError, JSONDecoder
from typing import Any, Final
from xml.parsers import expat
from zoneinfo import ZoneInfo

from tutela.feeds.errors import LineCut, LineTooLong, LineWrong, TimeWrong

from .lines import LINE_BYTES, filled
from .mapping import LogMapping
from .statements import action_of, fields_of, tables_of, values_of
from .times import moment_of
from .told import PERSON_LENGTH, Lines, Look, Read

_UTC: Final = ZoneInfo("UTC")
_RECORD_ID: Final = re.compile(r"(\d{1,15})_(\S{1,40})", re.ASCII)
_QUERY: Final = re.compile(r"'(.*)',(-?\d+)(?:,\w*){0,2}", re.DOTALL)
"""A statement and its result; in Amazon RDS one or two columns more stand behind them."""
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_BLANKS: Final = {"b": " ", "f": " ", "n": "\n", "r": "\r", "t": "\t"}
_CUT_QUERY: Final = re.compile(r"'.*", re.DOTALL)
_NAMES: Final = frozenset({"query", "execute"})
_PARTS: Final = 9
_decode: Final = JSONDecoder().raw_decode


class _Statements:
    """What the three kinds of log have in common."""

    def __init__(self, mapping: LogMapping) -> None:
        self._mapping = mapping

    def columns(self, lines: Lines) -> Sequence[str]:  # noqa: ARG002 every reader is asked
        return ()

    def look(
        self, line: int, at: datetime | None, person: str, statement: str, same: str,
        number: tuple[int | None, str] = (None, ""),
    ) -> Look | None:  # fmt: skip
        if at is None:
            raise TimeWrong(line=line)
        action = action_of(statement)
        fields = fields_of(tables_of(statement), self._mapping.objects, self._mapping.fields)
        if action is None or fields is None or not person:
            return None
        return Look(
            line=line,
            same=same.encode(),
            at=at,
            person=person[:PERSON_LENGTH],
            action=action,
            customers=values_of([statement], self._mapping.statements),
            is_guess=True,
            fields=fields,
            number=number[0],
            stream=number[1],
        )


class MariaReader(_Statements):
    """The file of server_audit: time, server, user, host, connection, query, operation, database, object, code.
    A statement stands on one line: its quotes, backslashes and ends of lines are escaped. Amazon's too."""

    def read(self, lines: Lines) -> Read:
        for line in filled(lines):
            yield self.of_text(line.number, line.text, None)

    def of_text(self, number: int, text: str, at: datetime | None) -> Look | None:
        """The look of one entry; `at` where syslog told the time before it."""
        parts = text.split(",", _PARTS - 2 if at else _PARTS - 1)
        parts = ["", *parts] if at else parts
        if len(parts) < _PARTS or not (parts[4].isdigit() and parts[5].isdigit()):
            raise LineWrong(line=number, reader="server_audit")
        moment = at or moment_of(parts[0], self._mapping.zone)
        if moment is None:
            raise TimeWrong(line=number)
        if parts[6] != "QUERY":
            return None
        found = _QUERY.fullmatch(parts[8])
        if found is None:
            is_cut = _CUT_QUERY.fullmatch(parts[8])
            raise (
                LineCut(line=number) if is_cut else LineWrong(line=number, reader="server_audit")
            )
        if found[2] != "0":
            return None
        same = "\0".join((moment.isoformat(), *parts[1:7], parts[8]))
        statement = _ESCAPED.sub(lambda pair: _BLANKS.get(pair[1], pair[1]), found[1])
        return self.look(number, moment, parts[2], statement, same)


class MysqlJsonReader(_Statements):
    """A JSON array of events (MySQL Enterprise, Percona's filter), or Percona's older records one by one."""

    def read(self, lines: Lines) -> Read:
        for line, event in objects(lines):
            record = event.get("audit_record")
            yield (
                self._record(line, record) if isinstance(record, dict) else self._event(line, event)
            )

    def _event(self, line: int, event: Mapping[str, Any]) -> Look | None:
        if not isinstance(event.get("timestamp"), str) or "class" not in event:
            raise LineWrong(line=line, reader="mysql-json")
        told = event.get("general_data")
        if (
            event["class"] != "general"
            or event.get("event") != "status"
            or not isinstance(told, dict)
        ):
            return None
        failed = str(told.get("status")) != "0"
        if failed or str(told.get("command", "")).casefold() not in _NAMES:
            return None
        login, account = event.get("login"), event.get("account")
        person = _user_in(login) or _user_in(account)
        at = moment_of(event["timestamp"], _UTC)
        same = f"{event['timestamp']}\0{event.get('id')}\0{event.get('connection_id')}"
        return self.look(line, at, person, str(told.get("query", "")), same)

    def _record(self, line: int, record: Mapping[str, Any]) -> Look | None:
        texts = {str(name).casefold(): str(value) for name, value in record.items()}
        return record_look(self, line, {**texts, "record_id": texts.get("record", "")})


class MysqlXmlReader(_Statements):
    """XML of MySQL Enterprise and Percona, old style (attributes) and new (elements). The closing tag of the file
    may be missing: it is written when the log is closed."""

    def read(self, lines: Lines) -> Read:
        for line, texts in _xml_records(lines):
            yield record_look(self, line, texts)


def record_look(reader: _Statements, line: int, texts: Mapping[str, str]) -> Look | None:
    """The look of a record by its parts, whose names are in small letters."""
    if not texts.get("timestamp") or not texts.get("name"):
        raise LineWrong(line=line, reader="mysql-audit")
    failed = texts.get("status", "0") != "0" or texts.get("status_code", "0") != "0"
    if texts["name"].casefold() not in _NAMES or failed:
        return None
    record = texts.get("record_id", "")
    found = _RECORD_ID.fullmatch(record)
    number = (int(found[1]), found[2]) if found else (None, "")
    statement = texts.get("sqltext", "")
    same = record or "\0".join(texts[name] for name in sorted(texts))
    at = moment_of(texts["timestamp"], _UTC)
    return reader.look(line, at, _user(texts.get("user", "")), statement, same, number)


def _user_in(told: object) -> str:
    return _user(str(told.get("user", ""))) if isinstance(told, dict) else ""


def _user(text: str) -> str:
    """The account's name in `root[root] @ localhost [127.0.0.1]`."""
    return text.partition("[")[0].partition(" @ ")[0].strip()


def objects(lines: Lines) -> Iterator[tuple[int, dict[str, Any]]]:
    """JSON objects one behind the other or in an array, on one line or several; LineCut, LineTooLong,
    LineWrong."""
    waiting, begins = "", 1
    for line in filled(lines):
        if not waiting:
            begins = line.number
        waiting = f"{waiting}\n{line.text}" if waiting else line.text
        if len(waiting) > LINE_BYTES:
            raise LineTooLong(line=begins, most=LINE_BYTES)
        if line.text.rstrip().rstrip(",]").rstrip().endswith("}"):
            found, waiting = _whole(waiting)
            yield from ((begins, one) for one in found)
        elif waiting.strip() in {"[", "]", ","}:
            waiting = ""
        elif waiting.lstrip("[, \n\t")[:1] not in {"{", ""}:
            raise LineWrong(line=begins, reader="json")
    if waiting.strip(" ,[]\n\t"):
        raise LineCut(line=begins)


def _whole(text: str) -> tuple[list[dict[str, Any]], str]:
    """The objects that stand whole at the start of a text, and what is left of it."""
    found: list[dict[str, Any]] = []
    while True:
        text = text.lstrip("[,] \n\t\r")
        if not text.startswith("{"):
            return found, text
        try:
            one, end = _decode(text)
        except (JSONDecodeError, RecursionError):
            return found, text
        found.append(one)
        text = text[end:]


def _xml_records(lines: Lines) -> Iterator[tuple[int, dict[str, str]]]:
    """Each AUDIT_RECORD with the line on which it begins, its attributes and elements by name."""
    parser = expat.ParserCreate()
    place = _XmlPlace()
    parser.StartElementHandler, parser.EndElementHandler = place.start, place.end
    parser.CharacterDataHandler = place.text
    parser.StartDoctypeDeclHandler = place.refuse
    for line in lines:
        place.line = line.number
        try:
            parser.Parse(f"{line.text}\n", False)
        except (expat.ExpatError, ValueError):
            raise LineWrong(line=line.number, reader="mysql-xml") from None
        if place.size > LINE_BYTES:
            raise LineTooLong(line=place.begins, most=LINE_BYTES)
        yield from place.taken()
    if place.is_inside:
        raise LineCut(line=place.begins)


class _XmlPlace:
    """Where the parser is, and the records that it has finished."""

    def __init__(self) -> None:
        self.line = self.begins = self.size = 0
        self.is_inside = False
        self._name = ""
        self._record: dict[str, str] = {}
        self._done: list[tuple[int, dict[str, str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "AUDIT_RECORD":
            self.is_inside, self.begins, self.size = True, self.line, 0
            self._record = {key.casefold(): text for key, text in attributes.items()}
        self._name = name.casefold()

    def end(self, name: str) -> None:
        if name == "AUDIT_RECORD":
            self._done.append((self.begins, self._record))
            self.is_inside, self.size = False, 0
        self._name = ""

    def text(self, text: str) -> None:
        if self.is_inside and self._name and self._name != "audit_record":
            self.size += len(text)
            self._record[self._name] = self._record.get(self._name, "") + text

    def refuse(self, *_declared: object) -> None:
        """A document type could name files and entities."""
        raise ValueError

    def taken(self) -> list[tuple[int, dict[str, str]]]:
        done, self._done = self._done, []
        return done
