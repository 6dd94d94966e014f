"""Quick statements: prepared, in the caller's transaction, on a connection that is alive."""

from datetime import date

import pytest
from django.db import OperationalError, connection, transaction

from tests.trail.conftest import query
from tutela.trail.connect import fetch

pytestmark = pytest.mark.usefixtures("database")


def test_values_come_back_typed():
    """In binary, so that arrays and bytes are not spelt out."""
    assert fetch("SELECT %s::int[], %s::bytea", ([1, 2], b"\0x")) == [([1, 2], b"\0x")]


def test_a_statement_used_again_is_prepared():
    """The server keeps its plan."""
    for _ in range(4):
        fetch("SELECT 42 AS often", ())
    assert query("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", "%often")[
        0
    ] == (1,)


def test_it_is_part_of_the_open_transaction():
    """What the caller wrote is seen, and rolls back with it."""
    with transaction.atomic():
        mine = fetch("SELECT pg_current_xact_id()::text", ())
        assert query("SELECT pg_current_xact_id()::text") == mine


def test_a_connection_that_was_ended_is_made_anew_for_the_next_request():
    """The server went away between two requests: nobody is refused for it."""
    ended = fetch("SELECT pg_backend_pid()", ())[0][0]
    _end(ended)
    connection.close_if_unusable_or_obsolete()  # as Django does between requests
    assert fetch("SELECT pg_backend_pid()", ())[0][0] != ended


def test_a_connection_that_breaks_within_a_request_heals_with_the_next():
    """The request at hand fails with Django's error, the one after it works."""
    ended = fetch("SELECT pg_backend_pid()", ())[0][0]
    _end(ended)
    with pytest.raises(OperationalError):
        fetch("SELECT 1", ())
    connection.close_if_unusable_or_obsolete()
    assert fetch("SELECT 1", ()) == [(1,)]


def _end(backend):
    """End a server process of our own role, from another connection, and wait until it is gone."""
    with connection.copy().temporary_connection() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


def test_a_plan_that_was_forgotten_is_made_again():
    """A rollback makes psycopg forget all plans of a connection."""
    assert fetch("SELECT 7", ()) == [(7,)]
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    assert fetch("SELECT 7", ()) == [(7,)]


def test_a_value_of_an_unknown_kind_is_refused():
    """Nothing is guessed into a statement."""
    with pytest.raises(TypeError):
        fetch("SELECT %s::text", (object(),))


def test_names_places_and_signs_are_read_alike():
    """A name that comes twice is one value; a doubled sign is a sign."""
    named = fetch("SELECT %(a)s::int + %(b)s::int + %(a)s::int, 7 %% 4", {"a": 1, "b": 5})
    assert named == [(7, 3)]


def test_words_bytes_days_and_nothing_arrive_whole():
    """Each kind of value, in the form that the server reads."""
    day, text, data = date(2026, 2, 28), "\\ ' \" 欧阳", b"\0\\\xff"
    sent = fetch("SELECT %s::text, %s::bytea, %s::date, %s::int, %s::boolean, %s::bytea[], %s::float8",
                 (text, data, day, None, True, [data], 0.1))  # fmt: skip
    assert sent == [(text, data, day, None, True, [data], 0.1)]
