"""Registries that rooms fill while the product starts and nobody changes afterwards.

A lower room keeps a registry of what it must know of the rooms above it without naming them. Each room
declares its part in `register.join()`, which `base.room.Room` calls. Django sets `apps.ready`
behind the last of these: from then on a registry takes nothing more, and before it none is read half filled.
"""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from django.apps import apps

V = TypeVar("V")


class DeclaredTwiceError(RuntimeError):
    """Two declarations of one name: one of them would be lost."""


class DeclaredLateError(RuntimeError):
    """A declaration behind the start: whoever has read the registry meanwhile does not know of it."""


class ReadEarlyError(RuntimeError):
    """Asked while rooms still declare: the answer would depend on their order."""


class Registry(Mapping[str, V], Generic[V]):
    """Values by name, in the order of the rooms in INSTALLED_APPS."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._declared: dict[str, V] = {}

    def declare(self, name: str, value: V) -> None:
        """Only while the product starts, and each name once."""
        if name in self._declared:
            raise DeclaredTwiceError(f"{self._what}: {name} is declared twice")
        if apps.ready:
            raise DeclaredLateError(f"{self._what}: {name} is declared after the start")
        self._declared[name] = value

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
