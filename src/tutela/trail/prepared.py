"""Prepared statements directly through libpq: half the CPU time of a cursor, and the GIL is released once.
For the few statements that every view of a customer sends.

Values are sent as text and the server infers their types, so an ambiguous statement needs a cast. Only for
autocommit connections, because no transaction is begun.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from psycopg import pq
from psycopg.adapt import Transformer

Values = Mapping[str, Any] | Sequence[Any]
_PLACE: Final = re.compile(r"%(?:\((\w+)\)s|s|%)")
_BINARY: Final = pq.Format.BINARY
_ONE_PLAN: Final = b"SET plan_cache_mode = force_generic_plan"
"""The server would plan some of these statements every time, which takes longer than running them: it assumes
ten elements for an array."""
_NO_SUCH_PLAN: Final = b"26000"


class _Prepared:
    """The statements prepared on a connection, and its result loader. One thread at a time uses a connection."""

    def __init__(self, link: psycopg.Connection[Any]) -> None:
        self.names: dict[str, bytes] = {}
        self.count = 0
        # Typed Any, because the class depends on psycopg's implementation.
        self.reader: Any = Transformer(link)


_connections: WeakKeyDictionary[psycopg.Connection[Any], _Prepared] = WeakKeyDictionary()


def fetch(link: psycopg.Connection[Any], statement: str, values: Values) -> list[tuple[Any, ...]]:
    """All rows; raises psycopg's errors, and TypeError for a value of an unsupported type."""
    own = _connections.get(link)
    if own is None:
        link.pgconn.exec_(_ONE_PLAN)
        own = _connections[link] = _Prepared(link)
    text, keys = _positional(statement)
    arguments = [values[key] for key in keys] if isinstance(values, Mapping) else values
    sent = [None if value is None else _of(_WRITERS, value)(value) for value in arguments]
    result = _run(own, link, (statement, text), sent)
    if result.status != pq.ExecStatus.TUPLES_OK:
        raise _error(link, result)
    own.reader.set_pgresult(result)
    rows: list[tuple[Any, ...]] = own.reader.load_rows(0, result.ntuples, tuple)
    own.reader.set_pgresult(None)
    return rows


def _run(
    own: _Prepared,
    link: psycopg.Connection[Any],
    named: tuple[str, bytes],
    sent: list[Any],  # bytes or None; the stubs do not allow None
) -> pq.abc.PGresult:
    """The result. After a rollback psycopg deallocates all statements, ours included: prepare again."""
    statement, text = named
    name = own.names.get(statement) or _prepare(own, link, statement, text)
    result = link.pgconn.exec_prepared(name, sent, None, _BINARY)
    if result.error_field(pq.DiagnosticField.SQLSTATE) != _NO_SUCH_PLAN:
        return result
    own.names.clear()
    name = _prepare(own, link, statement, text)
    return link.pgconn.exec_prepared(name, sent, None, _BINARY)


def _prepare(own: _Prepared, link: psycopg.Connection[Any], statement: str, text: bytes) -> bytes:
    own.count += 1
    name = b"tutela_%d" % own.count
    result = link.pgconn.prepare(name, text)
    if result.status != pq.ExecStatus.COMMAND_OK:
        raise _error(link, result)
    own.names[statement] = name
    return name


def _error(link: psycopg.Connection[Any], result: pq.abc.PGresult) -> psycopg.Error:
    """The exception of a failed result; a lost connection has no SQLSTATE."""
    if link.pgconn.status == pq.ConnStatus.BAD:
        return psycopg.OperationalError("the connection is lost")
    return psycopg.errors.error_from_result(result, encoding="utf-8")


@lru_cache(maxsize=512)
def _positional(statement: str) -> tuple[bytes, tuple[Any, ...]]:
    """The statement with $1, $2, …, and the key of each: a name or an index."""
    keys: list[Any] = []

    def numbered(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        if match[1] is None:
            keys.append(len(keys))
        elif match[1] not in keys:
            keys.append(match[1])
        else:
            return f"${keys.index(match[1]) + 1}"
        return f"${len(keys)}"

    return _PLACE.sub(numbered, statement).encode(), tuple(keys)


def _of(writers: dict[type, Callable[[Any], bytes]], value: object) -> Callable[[Any], bytes]:
    """The writer for a value's type or nearest base class; an enum member is written as its value."""
    kind = type(value)
    writer = writers.get(kind)
    if writer is None:
        writer = next((writers[base] for base in kind.__mro__ if base in writers), None)
        if writer is None:
            raise TypeError(kind.__name__)
        writers[kind] = writer
    return writer


def _text(value: str) -> bytes:
    """UTF-8; a NUL is refused as in psycopg, because libpq would truncate the value there."""
    if "\0" in value:
        raise psycopg.DataError("a text cannot hold a zero byte")
    return value.encode()


def _uuid(value: UUID) -> bytes:
    return b"%032x" % value.int


def _list(values: Sequence[Any]) -> bytes:
    """An array of integers, UUIDs or bytes, which need no escaping."""
    return b"{%s}" % b",".join([_of(_ELEMENTS, value)(value) for value in values])


def _number(value: int) -> bytes:
    return b"%d" % value


def _bytes(value: bytes) -> bytes:
    return b"\\x" + value.hex().encode()


def _moment(value: date) -> bytes:
    return value.isoformat().encode()


_ELEMENTS: Final[dict[type, Callable[[Any], bytes]]] = {
    int: _number, UUID: _uuid, bytes: lambda value: b'"\\%s"' % _bytes(value),
}  # fmt: skip
_WRITERS: Final[dict[type, Callable[[Any], bytes]]] = {
    str: _text, int: _number, float: lambda value: repr(value).encode(), UUID: _uuid,
    bool: lambda value: b"t" if value else b"f", bytes: _bytes, date: _moment, list: _list,
    tuple: _list,
}  # fmt: skip
