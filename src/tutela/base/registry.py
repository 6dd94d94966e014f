"""Registries that rooms fill at start and that are read-only afterwards.

They let a lower room use what higher rooms declare without importing them. Each room declares its part in
`register.join()`, which `base.room.Room` calls. Once Django sets `apps.ready`, after the last room, registries
are closed; before, they cannot be read.
"""

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Generic, TypeVar

from django.apps import apps

V = TypeVar("V")


class DeclaredTwiceError(RuntimeError):
    """Two declarations have the same name."""


class DeclaredLateError(RuntimeError):
    """A declaration after the start, which earlier readers would have missed."""


class ReadEarlyError(RuntimeError):
    """A read before all rooms have declared, whose result would depend on their order."""


def constants(module: ModuleType, of: type[V]) -> list[V]:
    """The constants of a type in a room's file, in their order: what it declares needs no second list."""
    return [value for value in vars(module).values() if isinstance(value, of)]


class Registry(Mapping[str, V], Generic[V]):
    """Values by name, in the order of the rooms in INSTALLED_APPS."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._declared: dict[str, V] = {}

    def declare(self, name: str, value: V) -> None:
        """Add a value; DeclaredTwiceError, DeclaredLateError."""
        if name in self._declared:
            raise DeclaredTwiceError(f"{self._what}: {name} is declared twice")
        if apps.ready:
            raise DeclaredLateError(f"{self._what}: {name} is declared after the start")
        self._declared[name] = value

    def declare_shared(self, name: str, value: V) -> None:
        """Add a value that several rooms may declare; DeclaredTwiceError if it is not the same."""
        if self._declared.get(name, value) != value:
            raise DeclaredTwiceError(f"{self._what}: {name} is declared with another meaning")
        if name not in self._declared:
            self.declare(name, value)

    def __getitem__(self, name: str) -> V:
        return self._complete()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._complete())

    def __len__(self) -> int:
        return len(self._complete())

    def _complete(self) -> Mapping[str, V]:
        if not apps.ready:
            raise ReadEarlyError(f"{self._what}: read before all rooms have declared")
        return self._declared
