"""No dead end: what somebody can do where a right is missing. Rooms declare their part at start.

`of` is asked by the page of a refusal, with it, and by pages that show less than there is, with None. What else a
way needs to know (the customer, the purpose) stands in the request.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from tutela.base.errors import TutelaError
from tutela.base.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way on: a sentence, and with `address` a link. `icon` is a Tabler drawing."""

    text: str
    address: str = ""
    icon: str = ""


Find = Callable[[HttpRequest, TutelaError | None], Sequence[Way]]
_WAYS: Final = Registry[Find]("ways on from a refusal")


def declare(room: str, find: Find) -> None:
    """Say what a room offers; `find` is asked for every refusal, and gives nothing where it has nothing."""
    _WAYS.declare(room, find)


def of(request: HttpRequest, error: TutelaError | None = None) -> list[Way]:
    """All ways on, sentences before links."""
    ways = [way for find in _WAYS.values() for way in find(request, error)]
    return sorted(ways, key=lambda way: bool(way.address))
