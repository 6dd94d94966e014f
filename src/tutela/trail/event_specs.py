"""What an event is, and the registry of all events.

Each room declares its own in `events.py`, and its `register.py` hands them in. A leaf holds an event's name;
what it means is asked here, so a name whose room is gone is answered by itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Final

from django.utils.translation import gettext

from tutela.base.registry import Registry, constants

from .details import COMMON, DECISION, Detail
from .ocsf_kinds import Kind

_NAME: Final = re.compile(r"[a-z_]+\.[a-z_]+\.[a-z_]+")


@dataclass(frozen=True, slots=True, eq=False)
class EventSpec:
    """One event. `name` is stored: past tense, room.noun.verbed; `words` is English, shown translated.

    `details` is the closed set of what its leaf may carry besides COMMON; `shapes` holds the shape of each key.
    `ocsf` is its class and activity where events are handed to other tools, None: by the last word of its name.
    `outside` marks what another system reported.
    The docstring below the constant is its line in docs/rights-and-events.md.
    """

    name: str
    words: str
    details: tuple[Detail, ...] = ()
    ocsf: Kind | None = None
    outside: bool = False
    shapes: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name} is no name of an event")
        shapes = {detail.key: detail.shape for detail in (*COMMON, *self.details)}
        object.__setattr__(self, "shapes", shapes)


EVENTS: Final = Registry[EventSpec]("events")
"""Every event by its name."""
KEYS: Final = Registry[str]("keys of details")
"""The words of every key of a decision or a detail."""


def declare(room: ModuleType) -> None:
    """Add the events of a room's `events.py` at start; DeclaredTwiceError, also for a second meaning of a key."""
    for event in constants(room, EventSpec):
        EVENTS.declare(event.name, event)
        declare_keys(event.details)


def declare_keys(details: tuple[Detail, ...]) -> None:
    """Add the words of keys; the same words again are accepted."""
    for detail in details:
        KEYS.declare_shared(detail.key, detail.words)


def declare_common() -> None:
    """Add the words of what every leaf may hold."""
    declare_keys((*COMMON, *DECISION))


def outside() -> tuple[str, ...]:
    """The names of events that other systems report."""
    return tuple(name for name, event in EVENTS.items() if event.outside)


def is_outside(name: str) -> bool:
    """Whether other systems report events of this name."""
    event = EVENTS.get(name)
    return event is not None and event.outside


def event_words(name: str) -> str:
    """The translated words of an event; its name if no room declares it any more."""
    event = EVENTS.get(name)
    return gettext(event.words) if event else name


def key_words(key: str) -> str:
    """The translated words of a key of a decision or detail; the key if no room declares it any more."""
    return gettext(KEYS[key]) if key in KEYS else key
