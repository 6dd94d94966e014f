"""The table of attempts: one statement an act, each whole by itself, by the database's clock.

Called outside transactions, so that a refusal that rolls its work back does not take its count along.
"""

import threading
from collections.abc import Sequence
from typing import Final

from tutela.base import clock
from tutela.trail.connect import fetch

TIDY_SECONDS: Final = 60.0
_AT_ONCE: Final = 10_000
_NEW = """
    INSERT INTO access_attempt AS a (key, held, until)
    VALUES (%(key)s, %(held)s::text::jsonb,
        statement_timestamp() + %(milliseconds)s::bigint * interval '1 ms')
    ON CONFLICT (key) DO UPDATE SET
"""
_PUT: Final = _NEW + "held = excluded.held, until = excluded.until RETURNING 1"
_ADD: Final = (
    _NEW
    + """held = excluded.held, until = excluded.until
    WHERE a.until <= statement_timestamp() RETURNING 1"""
)
_COUNT: Final = (
    _NEW
    + """
    held = CASE WHEN a.until > statement_timestamp() THEN to_jsonb(a.held::int + 1) ELSE excluded.held END,
    until = CASE WHEN a.until > statement_timestamp() THEN a.until ELSE excluded.until END
    RETURNING held::int, extract(epoch FROM until - statement_timestamp())::float8"""
)
# A list of [moment in milliseconds, how many]. The row is locked before its newest version is read, so of
# several at once none sees an old sum.
_TAKE: Final = """
    INSERT INTO access_attempt AS a (key, held, until)
    SELECT %(key)s, jsonb_build_array(jsonb_build_array(
            (extract(epoch FROM statement_timestamp()) * 1000)::bigint, %(size)s::int)),
        statement_timestamp() + %(milliseconds)s::bigint * interval '1 ms'
    WHERE %(size)s::int <= %(limit)s::int
    ON CONFLICT (key) DO UPDATE SET until = excluded.until, held = excluded.held || (
        SELECT coalesce(jsonb_agg(taken), '[]') FROM jsonb_array_elements(a.held) AS taken
        WHERE (taken->>0)::bigint > (extract(epoch FROM statement_timestamp()) * 1000)::bigint
            - %(milliseconds)s::bigint)
    WHERE %(size)s::int + (
        SELECT coalesce(sum((taken->>1)::int), 0) FROM jsonb_array_elements(a.held) AS taken
        WHERE (taken->>0)::bigint > (extract(epoch FROM statement_timestamp()) * 1000)::bigint
            - %(milliseconds)s::bigint) <= %(limit)s::int
    RETURNING 1"""
# {"n": attempts so far, "next": the moment in milliseconds before which none is taken}.
_ENTER: Final = """
    INSERT INTO access_attempt AS a (key, held, until)
    SELECT %(key)s, jsonb_build_object('n', 1, 'next', asked.now + asked.waits[1]),
        statement_timestamp() + (%(quiet)s::bigint + asked.waits[1]) * interval '1 ms'
    FROM (SELECT (extract(epoch FROM statement_timestamp()) * 1000)::bigint AS now,
        %(waits)s::bigint[] AS waits) AS asked
    ON CONFLICT (key) DO UPDATE SET (held, until) = (
        SELECT jsonb_build_object('n', past.n, 'next', asked.now + wait.ms),
            statement_timestamp() + (%(quiet)s::bigint + wait.ms) * interval '1 ms'
        FROM (SELECT (extract(epoch FROM statement_timestamp()) * 1000)::bigint AS now,
                %(waits)s::bigint[] AS waits) AS asked,
            LATERAL (SELECT 1 + CASE WHEN a.until > statement_timestamp()
                THEN (a.held->>'n')::int ELSE 0 END AS n) AS past,
            LATERAL (SELECT asked.waits[least(past.n, cardinality(asked.waits))] AS ms) AS wait)
    WHERE (a.held->>'next')::bigint <= (extract(epoch FROM statement_timestamp()) * 1000)::bigint
    RETURNING (held->>'n')::int"""
_GIVE_BACK: Final = """
    UPDATE access_attempt SET held = jsonb_build_object(
        'n', greatest((held->>'n')::int - 1, 0), 'next', 0)
    WHERE key = %s RETURNING 1"""
_VALUE: Final = (
    "SELECT held::text FROM access_attempt WHERE key = %s AND until > statement_timestamp()"
)
_FORGET: Final = (
    "DELETE FROM access_attempt WHERE key = %s AND until > statement_timestamp() RETURNING 1"
)
_FORGET_ALL: Final = "DELETE FROM access_attempt RETURNING 1"
_TIDY: Final = """
    DELETE FROM access_attempt WHERE key IN (
        SELECT key FROM access_attempt WHERE until <= statement_timestamp()
        LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING 1
"""
_turn = threading.Lock()
_tidied = 0.0


def value(key: bytes) -> str | None:
    """What is kept under the key, as JSON; None once its time is over."""
    rows = fetch(_VALUE, (key,))
    return str(rows[0][0]) if rows else None


def put(key: bytes, text: str, seconds: float) -> None:
    """Keep this JSON for so long, in place of what was kept."""
    _tidy()
    fetch(_PUT, _values(key, text, seconds))


def add(key: bytes, text: str, seconds: float) -> bool:
    """The same unless something is kept already; of several at once exactly one is told True."""
    _tidy()
    return bool(fetch(_ADD, _values(key, text, seconds)))


def count(key: bytes, seconds: float) -> tuple[int, float]:
    """One more: the sum in the window that the first one opened, and the seconds that are left of it."""
    _tidy()
    ((total, left),) = fetch(_COUNT, _values(key, "1", seconds))
    return int(total), float(left)


def take(key: bytes, size: int, limit: int, seconds: float) -> bool:
    """Take so many more unless, with those of the last seconds, they would be more than the limit."""
    _tidy()
    asked = {"key": key, "size": size, "limit": limit, "milliseconds": round(seconds * 1000)}
    return bool(fetch(_TAKE, asked))


def enter(key: bytes, waits: Sequence[int], quiet: int) -> int:
    """Count an attempt and set the wait that follows it; the attempts so far, 0 while a wait runs."""
    _tidy()
    asked = {"key": key, "waits": [1000 * wait for wait in waits], "quiet": 1000 * quiet}
    rows = fetch(_ENTER, asked)
    return int(rows[0][0]) if rows else 0


def give_back(key: bytes) -> None:
    """Take one attempt back, and the wait that it set."""
    fetch(_GIVE_BACK, (key,))


def forget(key: bytes) -> bool:
    """Whether something was kept."""
    return bool(fetch(_FORGET, (key,)))


def forget_all() -> None:
    fetch(_FORGET_ALL, ())


def _values(key: bytes, text: str, seconds: float) -> dict[str, bytes | str | int]:
    return {"key": key, "held": text, "milliseconds": round(seconds * 1000)}


def _tidy() -> None:
    """What is over goes with the next attempt, at most once a minute a process."""
    global _tidied
    with _turn:
        now = clock.monotonic()
        if now - _tidied < TIDY_SECONDS:
            return
        _tidied = now
    fetch(_TIDY, (_AT_ONCE,))
