"""The parts of home: which posts find which there, as each room declares while the product starts."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

from tutela.base.registry import Registry

from .gate import StaffRequest

Facts = Callable[[StaffRequest], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the page. `posts` find it there, in its `order` from the top, but for those who also hold one of
    `unless`: they find more elsewhere. `facts` are what its `template` shows, under the name `part`; None for whom
    there is nothing. They ask the gate for all that is not everybody's."""

    code: str
    posts: AbstractSet[str]
    order: int
    template: str
    facts: Facts
    unless: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shown:
    """A part with its facts, on one person's page."""

    code: str
    template: str
    facts: Mapping[str, Any]


PARTS: Final = Registry[Part]("parts of home")


def declare(*parts: Part) -> None:
    for part in parts:
        PARTS.declare(part.code, part)


def parts_for(request: StaffRequest, posts: AbstractSet[str]) -> list[Shown]:
    """What somebody who holds these posts finds at home, from top to bottom."""
    mine = [part for part in PARTS.values() if part.posts & posts and not part.unless & posts]
    found = [(part, part.facts(request)) for part in sorted(mine, key=lambda one: one.order)]
    return [Shown(part.code, part.template, facts) for part, facts in found if facts is not None]
