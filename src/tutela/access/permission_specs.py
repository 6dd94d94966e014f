"""What a permission is, and the registry of all permissions.

A permission says what a post may do at all; which customers' data is shown while doing it is the matrix's
question. Each room declares its own in `permissions.py`, and its `register.py` hands them in.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Final

from tutela.base.registry import Registry, constants

from .posts import POSTS

_NAME: Final = re.compile(r"[a-z_]+(\.[a-z_]+){1,2}")


@dataclass(frozen=True, slots=True, eq=False)
class Permission:
    """One function. `name` is in the present tense, room.noun.verb, and stands in leaves; `words` is English.

    `posts`: the codes of the posts that have it.
    `system`: the installation has it where no person acts, to set itself up; it reads no data and no log.
    `clear`: it opens clear values that no rule of the matrix names.
    `decides`: its holders decide on another person's proposal, and so read its sealed reason.
    The docstring below the constant is its line in docs/rights-and-events.md.
    """

    name: str
    words: str
    posts: AbstractSet[str] = frozenset()
    system: bool = False
    clear: bool = False
    decides: bool = False

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name} is no name of a permission")
        if unknown := self.posts - POSTS.keys():
            raise ValueError(f"{self.name} names posts that do not exist: {sorted(unknown)}")


PERMISSIONS: Final = Registry[Permission]("permissions")
"""Every permission by its name."""


def declare(room: ModuleType) -> None:
    """Add the permissions of a room's `permissions.py`, at start."""
    for permission in constants(room, Permission):
        PERMISSIONS.declare(permission.name, permission)


@cache
def of_posts(codes: frozenset[str]) -> frozenset[Permission]:
    """What the holders of these posts may do together; few sets of posts are held by many people."""
    return frozenset(one for one in PERMISSIONS.values() if not one.posts.isdisjoint(codes))
