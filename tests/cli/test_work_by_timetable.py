"""Every task of the timetable does its work on an installation in which nothing has happened yet."""

from inspect import iscoroutinefunction

import pytest
from procrastinate.contrib.django import app

from tutela.base import clock


def _periodic():
    """The functions of the timetable by their tasks' names; what only looks after the queue itself is left out."""
    tasks = {one.task.name: one.task.func for one in app.periodic_registry.periodic_tasks.values()}
    return {name: run for name, run in tasks.items() if not iscoroutinefunction(run)}


@pytest.fixture(scope="module")
def stamp(database):
    return int(clock.now().timestamp())


@pytest.mark.parametrize("name", sorted(_periodic()))
def test_it_runs(stamp, name):
    _periodic()[name](stamp)


def test_there_are_tasks_of_most_rooms():
    """A timetable that was not loaded would be empty."""
    rooms = {name.split(".")[0] for name in _periodic()}
    assert {"access", "backup", "feeds", "notices", "trail", "vault", "watch"} <= rooms
