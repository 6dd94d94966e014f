"""One stage a module."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from tests.api import stage as stages
from tutela.api.bearer import failures
from tutela.keys import spool


@pytest.fixture(scope="module")
def stage(database: str) -> stages.Stage:
    # The server of static files, which stands behind this door, warns when there are none.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    return stages.set_up()


@pytest.fixture(autouse=True)
def _no_failures_yet(stage):
    failures.clear()
    cache.clear()


@pytest.fixture(autouse=True)
def _empty_spool():
    """Other doors' tests upload into the same data directory."""
    for file in spool.folder().iterdir():
        file.unlink()


@pytest.fixture
def django_statements():
    """A context that gives the statements sent on Django's own connection within it."""

    @contextmanager
    def watch():
        sent: list[str] = []

        def note(execute, sql, params, many, context):
            sent.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            yield sent

    return watch
