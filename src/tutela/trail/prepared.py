"""One prepared statement, straight to libpq: half the processor time of a cursor, and Python's lock is
given up once. For the few statements that every look at a customer sends.

Values travel as text, whose types the server infers from the statement, so a statement that leaves a
type open needs a cast. Only on connections that autocommit: a cursor would begin the transaction.
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
"""The server would plan some of these statements anew each time, which takes longer than to run them: it
takes a list for ten values, and every list here is read by a key."""
_NO_SUCH_PLAN: Final = b"26000"


class _Own:
    """What is prepared on a connection, and what reads results there. A connection serves one thread at a
    time, not always the same."""

    def __init__(self, link: psycopg.Connection[Any]) -> None:
        self.names: dict[str, bytes] = {}
        self.made = 0
        # Its type changes with psycopg's implementation. It must not keep the connection alive.
        self.reader: Any = Transformer(link)


_owns: WeakKeyDictionary[psycopg.Connection[Any], _Own] = WeakKeyDictionary()


def fetch(link: psycopg.Connection[Any], statement: str, values: Values) -> list[tuple[Any, ...]]:
    """All rows; psycopg's errors. TypeError for a value of a kind that is not known here."""
    own = _owns.get(link)
    if own is None:
        link.pgconn.exec_(_ONE_PLAN)
        own = _owns[link] = _Own(link)
    text, keys = _positional(statement)
    given = [values[key] for key in keys] if isinstance(values, Mapping) else values
    sent = [None if value is None else _of(_WRITERS, value)(value) for value in given]
    result = _run(own, link, (statement, text), sent)
    if result.status != pq.ExecStatus.TUPLES_OK:
        raise _error(link, result)
    own.reader.set_pgresult(result)
    rows: list[tuple[Any, ...]] = own.reader.load_rows(0, result.ntuples, tuple)
    own.reader.set_pgresult(None)
    return rows


def _run(
    own: _Own,
    link: psycopg.Connection[Any],
    named: tuple[str, bytes],
    sent: list[Any],  # bytes, or None: its stubs do not know that a value may be NULL
) -> pq.abc.PGresult:
    """The result. After a rollback psycopg forgets all plans of a connection, ours too: prepared anew."""
    statement, text = named
    name = own.names.get(statement) or _prepare(own, link, statement, text)
    result = link.pgconn.exec_prepared(name, sent, None, _BINARY)
    if result.error_field(pq.DiagnosticField.SQLSTATE) != _NO_SUCH_PLAN:
        return result
    own.names.clear()
    name = _prepare(own, link, statement, text)
    return link.pgconn.exec_prepared(name, sent, None, _BINARY)


def _prepare(own: _Own, link: psycopg.Connection[Any], statement: str, text: bytes) -> bytes:
    own.made += 1
    name = b"tutela_%d" % own.made
    result = link.pgconn.prepare(name, text)
    if result.status != pq.ExecStatus.COMMAND_OK:
        raise _error(link, result)
    own.names[statement] = name
    return name


def _error(link: psycopg.Connection[Any], result: pq.abc.PGresult) -> psycopg.Error:
    """A lost connection has no code by which its kind could be told."""
    if link.pgconn.status == pq.ConnStatus.BAD:
        return psycopg.OperationalError("the connection is lost")
    return psycopg.errors.error_from_result(result, encoding="utf-8")


@lru_cache(maxsize=512)
def _positional(statement: str) -> tuple[bytes, tuple[Any, ...]]:
    """The statement with $1, $2 …, and the key of each: a name, or a place."""
    keys: list[Any] = []

    def numbered(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        if found[1] is None:
            keys.append(len(keys))
        elif found[1] not in keys:
            keys.append(found[1])
        else:
            return f"${keys.index(found[1]) + 1}"
        return f"${len(keys)}"

    return _PLACE.sub(numbered, statement).encode(), tuple(keys)


def _of(writers: dict[type, Callable[[Any], bytes]], value: object) -> Callable[[Any], bytes]:
    """The writer for a value; an enumeration's member is written as the word or number that it is."""
    kind = type(value)
    found = writers.get(kind)
    if found is None:
        found = next((writers[base] for base in kind.__mro__ if base in writers), None)
        if found is None:
            raise TypeError(kind.__name__)
        writers[kind] = found
    return found


def _text(value: str) -> bytes:
    """As psycopg refuses it too: libpq would send what stands before the zero, another value."""
    if "\0" in value:
        raise psycopg.DataError("a text cannot hold a zero byte")
    return value.encode()


def _uuid(value: UUID) -> bytes:
    return b"%032x" % value.int


def _list(values: Sequence[Any]) -> bytes:
    """An array of numbers, ids or bytes; nothing that would need quotes inside."""
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
