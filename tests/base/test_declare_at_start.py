"""Registries are filled while the product starts, and are fixed from then on."""

import pytest
from django.apps import apps

from tutela.base.registry import (
    DeclaredLateError,
    DeclaredTwiceError,
    ReadEarlyError,
    Registry,
)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Registry[int]:
    """A registry that two rooms have filled during a start."""
    registry = Registry[int]("numbers")
    with monkeypatch.context() as start:
        start.setattr(apps, "ready", False)
        registry.declare("two", 2)
        registry.declare("one", 1)
    return registry


def test_what_was_declared_is_read_in_its_order(started: Registry[int]) -> None:
    """The order is that of the rooms, not of the names."""
    assert list(started.items()) == [("two", 2), ("one", 1)]
    assert started.get("three") is None


def test_nothing_is_declared_after_the_start(started: Registry[int]) -> None:
    """A page that has read the registry would not know of it."""
    with pytest.raises(DeclaredLateError):
        started.declare("three", 3)
    assert len(started) == 2


def test_a_name_is_declared_once(started: Registry[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Also while the product starts: the second room would take the name from the first."""
    monkeypatch.setattr(apps, "ready", False)
    with pytest.raises(DeclaredTwiceError):
        started.declare("one", 11)


def test_nothing_is_read_while_rooms_still_declare(
    started: Registry[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read then would depend on the order of the rooms."""
    monkeypatch.setattr(apps, "ready", False)
    for read in (lambda: started["one"], lambda: list(started), lambda: len(started)):
        with pytest.raises(ReadEarlyError):
            read()
