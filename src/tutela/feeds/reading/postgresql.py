"""PostgreSQL's own logs as csvlog or jsonlog: the lines of pgaudit, or those of log_statement.

Both may be on, and would then tell of one statement twice: a feed reads one of them.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any, Final, NamedTuple

from tutela.feeds.errors import LineWrong, TimeWrong
from tutela.feeds.rules import Action

from .lines import filled
from .mapped import object_of, records
from .mapping import LogMapping
from .statements import action_of, fields_of, tables_of, values_of
from .times import moment_of
from .told import PERSON_LENGTH, Lines, Look, Read

_AUDIT: Final = "AUDIT: "
_PARTS, _ROWS_AT = 9, 9
"""Parts of an audit line; pgaudit.log_rows adds one behind them."""
_STATEMENT_WORDS: Final = (
    "statement", "语句", "Anweisung", "sentencia", "instruction", "istruzione", "文", "명령 구문", "оператор",
    "sats", "comando", "ოპერატორი", "გამოსახულება",
)  # fmt: skip
_EXECUTE_WORDS: Final = (
    "execute", "执行", "Ausführen", "ejecutar", "exécute", "esecuzione di", "実行", "取り出し実行", "쿼리실행",
    "자료뽑기", "выполнение", "выборка из", "kör", "виконати", "виконувати", "executar", "გაშვება",
)  # fmt: skip
"""How PostgreSQL 15 writes these in the languages of `lc_messages`: csvlog and jsonlog are translated too."""
_STATEMENT: Final = re.compile(
    r"(?:[^\d:]{1,40}:? ?[\d.]+ [^\W\d]{1,8},? +)?"
    rf"(?:(?:{'|'.join(_STATEMENT_WORDS)}) ?|(?:{'|'.join(_EXECUTE_WORDS)}).{{,200}}?|fastpath[^:]*): (.*)",
    re.DOTALL,
)
_PARAMETERS: Final = re.compile(r"[^:$]{1,40}: (\$1 = .*)", re.DOTALL)
_LEAST_COLUMNS: Final = 23
_SQLSTATE: Final = re.compile(r"[0-9A-Z]{5}", re.ASCII)
"""In its column of a csvlog; the files of pgauditlogtofile, which look alike, have another thing there."""
_READS: Final = {"READ": Action.READ, "WRITE": Action.WRITE}


class _Entry(NamedTuple):
    """One entry of the log: where it begins, its time, user, session and line of it, message and detail."""

    line: int
    at: str
    person: str
    session: str
    number: str
    message: str
    detail: str


class _Logged(NamedTuple):
    """What an entry tells of a statement."""

    statement: str
    action: Action | None
    values: Sequence[str]
    tables: Sequence[str]
    rows: int | None = None


class PostgresReader:
    """The looks of a csvlog or a jsonlog."""

    def __init__(self, mapping: LogMapping, *, is_json: bool, is_audit: bool) -> None:
        self._mapping, self._is_json = mapping, is_json
        self._logged = _audited if is_audit else _stated

    def read(self, lines: Lines) -> Read:
        for entry in self._entries(lines):
            logged = self._logged(entry)
            yield self._look(entry, logged) if logged else None

    def columns(self, lines: Lines) -> Sequence[str]:  # noqa: ARG002 every reader is asked
        return ()

    def _entries(self, lines: Lines) -> Iterator[_Entry]:
        if self._is_json:
            for line in filled(lines):
                yield _of_object(line.number, object_of(line, "jsonlog"))
            return
        for number, cells in records(lines):
            if len(cells) < _LEAST_COLUMNS or not _SQLSTATE.fullmatch(cells[12]):
                raise LineWrong(line=number, reader="csvlog")
            yield _Entry(number, cells[0], cells[1], cells[5], cells[6], cells[13], cells[14])

    def _look(self, entry: _Entry, logged: _Logged) -> Look | None:
        mapping = self._mapping
        fields = fields_of(logged.tables, mapping.objects, mapping.fields)
        if logged.action is None or fields is None or not entry.person:
            return None
        at = moment_of(entry.at, mapping.zone)
        if at is None:
            raise TimeWrong(line=entry.line)
        return Look(
            line=entry.line,
            same=f"{entry.session}\0{entry.number}\0{entry.at}".encode(),
            at=at,
            person=entry.person[:PERSON_LENGTH],
            action=logged.action,
            customers=values_of(logged.values, mapping.statements),
            is_guess=True,
            fields=fields,
            rows=logged.rows,
        )


def _of_object(number: int, found: dict[str, Any]) -> _Entry:
    texts = {name: str(found.get(name, "")) for name in _KEYS}
    if not texts["timestamp"] or not {"message", "error_severity"} & found.keys():
        raise LineWrong(line=number, reader="jsonlog")
    return _Entry(number, *texts.values())


_KEYS: Final = ("timestamp", "user", "session_id", "line_num", "message", "detail")


def _audited(entry: _Entry) -> _Logged | None:
    """The statement of a line of pgaudit; None for another line. LineWrong for one that is not whole."""
    if not entry.message.startswith(_AUDIT):
        return None
    text = entry.message.removeprefix(_AUDIT)
    try:
        parts = _cells(text, strict=True)
    except (csv.Error, StopIteration):
        raise LineWrong(line=entry.line, reader="pgaudit") from None
    if len(parts) < _PARTS:
        raise LineWrong(line=entry.line, reader="pgaudit")
    kind, name, statement, parameters = parts[3], parts[6], parts[7], parts[8]
    action = action_of(statement) or _READS.get(kind)
    if kind not in _READS and kind != "FUNCTION":
        action = None
    rows = parts[_ROWS_AT] if len(parts) > _ROWS_AT else ""
    return _Logged(
        statement,
        action,
        [statement, *_parameters(parameters)],
        [name.casefold()] if name else list(tables_of(statement)),
        int(rows) if rows.isdigit() else None,
    )


def _cells(text: str, *, strict: bool = False) -> list[str]:
    """The one record of a CSV text. Only what CSV calls the end of a line is one: form feeds are not."""
    return next(csv.reader(StringIO(text, newline=""), strict=strict))


def _parameters(text: str) -> list[str]:
    """The parameters of an audited statement, which are a line of CSV in its field."""
    if text in {"", "<none>", "<not logged>", "<previously logged>"}:
        return []
    try:
        return [f"'{value}'" for value in _cells(text)]
    except (csv.Error, StopIteration):
        return [text]


def _stated(entry: _Entry) -> _Logged | None:
    """The statement of a line of log_statement or log_min_duration_statement; None for another line."""
    found = _STATEMENT.fullmatch(entry.message)
    if found is None:
        return None
    statement = found[1]
    parameters = _PARAMETERS.fullmatch(entry.detail)
    values = [statement, parameters[1]] if parameters else [statement]
    return _Logged(statement, action_of(statement), values, list(tables_of(statement)))
