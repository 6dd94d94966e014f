"""What the rules ask about people and customers beside the trail. Pure: a Protocol, and what nobody knows.

Every answer names its day or moment, so that the same leaves give the same alerts again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from .rules import Need


class Place(NamedTuple):
    """The post and branch of a person; 0 for no branch."""

    post: str
    branch: int


NOWHERE = Place("", 0)


@dataclass(frozen=True, slots=True)
class Health:
    """The state of the trail at a moment. None: not known."""

    at_ms: int
    lag_seconds: int | None = None
    minutes_without_quorum: int | None = None
    skew_seconds: int | None = None
    broken: Sequence[str] = ()


class World(Protocol):
    """Days are ordinals, moments milliseconds, people and customers their ids as text."""

    def prepare(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Fetch at once what will be asked of these people and customers."""
        ...

    def missing(self) -> Collection[Need]:
        """What has not been told, so that a rule or a part of it rests."""
        ...

    def place(self, person: str, day: int) -> Place:
        """The first post of a person on a day."""
        ...

    def peers(self, place: Place, day: int) -> Sequence[str]:
        """The people of a post at a branch on a day; without a branch, of the post everywhere."""
        ...

    def is_explained(self, person: str, customer: str, classes: Sequence[int], day: int) -> bool:
        """Whether a work item joins person, customer and one of the classes around this day."""
        ...

    def own_record(self, person: str) -> str:
        """The customer id of a person's own record, or empty."""
        ...

    def relatives(self, person: str) -> Collection[str]:
        """Customers who share a telephone or e-mail with the own record."""
        ...

    def is_colleague(self, customer: str) -> bool: ...

    def is_vip(self, customer: str, t_ms: int) -> bool: ...

    def is_canary(self, customer: str, t_ms: int) -> bool: ...

    def has_open_case(self, customer: str, day: int) -> bool:
        """Whether a claim or service case of the customer is open."""
        ...

    def branch_of(self, customer: str) -> int:
        """The branch a customer belongs to; 0 if unknown."""
        ...

    def minutes_off(self, person: str, t_ms: int) -> int | None:
        """Minutes to the nearest shift or call duty, 0 within one; None without a roster of this person."""
        ...

    def last_day(self, person: str, day: int) -> int | None:
        """The last day of all posts, if every post has an end."""
        ...

    def left_branches(self, person: str, day: int) -> Mapping[int, int]:
        """Branches that a person worked for and no longer does, with the last day."""
        ...

    def is_near(self, low: str, high: str, step: int) -> bool:
        """Whether the second customer is at most `step` places behind the first, in the order of their ids."""
        ...
