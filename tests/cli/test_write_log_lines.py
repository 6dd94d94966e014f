"""A line of the log says what a message of ours carries, and nothing of what other libraries' records carry."""

import logging

import pytest

from tutela.cli.running.lines import Lines


@pytest.mark.parametrize(
    ("logger", "line"),
    [
        ("tutela.watch", "WARNING it begins again why=OperationalError tries=2"),
        ("django.request", "WARNING it begins again"),
        ("tutelage", "WARNING it begins again"),
    ],
)
def test_only_our_own_say_what_they_carry(logger, line):
    record = logging.makeLogRecord(
        {
            "name": logger, "levelname": "WARNING", "msg": "it begins %s", "args": ("again",),
            "why": "OperationalError", "tries": 2,
        }
    )  # fmt: skip
    assert Lines("%(levelname)s %(message)s").format(record) == line


def test_an_exception_is_its_type_and_place():
    """Its text may hold a value."""
    try:
        int("x13912345678")
    except ValueError as error:
        record = logging.makeLogRecord(
            {
                "name": "tutela.x",
                "msg": "failed",
                "exc_info": (type(error), error, error.__traceback__),
            }
        )
    told = Lines("%(message)s").format(record)
    assert told.startswith("failed\n  ValueError at cli/test_write_log_lines.py:")
    assert "139" not in told
