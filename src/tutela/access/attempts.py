"""Counts of attempts that all processes of the installation share: sign-ins, codes, refused keys, searches.

The sign-in library keeps its limits and the codes that were used in Django's default cache, so this is
one, and serves nothing else: no page reads it, nothing of a customer is ever put there. JSON only,
never pickled; keys are kept as keyed hashes.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from tutela.crypto import digest

from .actions import attempts as table

LONGEST: Final = 86_400.0
_PERIOD: Final = 30
_CODE: Final = "allauth.mfa.totp.used?"


def count(name: str, seconds: float) -> tuple[int, float]:
    """One more of this name: the sum in its window, and the seconds left of the window."""
    return table.count(_key(name), seconds)


def so_far(name: str) -> int:
    """The sum in the window that is open, else 0."""
    return int(table.value(_key(name)) or 0)


def take(name: str, size: int, limit: int, seconds: float) -> bool:
    """Take so many more of this name, all or none: within any such span at most `limit` are taken."""
    return table.take(_key(name), size, limit, seconds)


def enter(name: str, waits: Sequence[int], quiet: int) -> int:
    """One more attempt, followed by its wait: how many so far, or 0 when it is refused for a wait."""
    return table.enter(_key(name), waits, quiet)


def entered(name: str) -> tuple[int, float]:
    """How many attempts `enter` has counted, and the moment (seconds since 1970) before which none is taken."""
    held = json.loads(table.value(_key(name)) or "{}")
    return int(held.get("n", 0)), held.get("next", 0) / 1000


def give_back(name: str) -> None:
    """An attempt that was right is no failure."""
    table.give_back(_key(name))


def forget(name: str) -> None:
    table.forget(_key(name))


class SharedAttempts(BaseCache):
    """The sign-in library's cache: an entry a row, for a day at most."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        text = table.value(self._row(key, version))
        return default if text is None else json.loads(text)

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        table.put(self._row(key, version), json.dumps(value), self._seconds(timeout))

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        seconds = max(self._seconds(timeout), _least(key))
        return table.add(self._row(key, version), json.dumps(value), seconds)

    def delete(self, key: str, version: int | None = None) -> bool:
        return table.forget(self._row(key, version))

    def clear(self) -> None:
        table.forget_all()

    def _row(self, key: str, version: int | None) -> bytes:
        return _key(self.make_key(key, version=version))

    def _seconds(self, timeout: float | None) -> float:
        given = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return LONGEST if given is None else min(float(given), LONGEST)


def _least(key: str) -> float:
    """The library forgets a used code after one period, though with its tolerance it takes the code for
    several: it stays used as long as it would be taken."""
    if not key.startswith(_CODE):
        return 0.0
    return float(_PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 1))


def _key(name: str) -> bytes:
    return digest.mac(settings.SECRET_KEY.encode(), b"tutela.access.attempt", name.encode())
