"""Who may ask for temporary access, who may approve or review it, and for how long. Pure.

What the house knows of people are posts, branches, the days of an assignment and whether an account is active.
It knows no rota and no leave: who is on leave keeps their post unless its days end
(docs/decisions/temporary-access.md).
"""

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Final

from tutela.detect.classes import DataClass

from .compile import CLASSES, NOWHERE, PURPOSES, REACH, Interval, Person, Slot, Snapshot
from .errors import (
    AccessNotForPost,
    BreakGlassNotForPost,
    ClassNeverClear,
    CustomersTooMany,
    MinutesOutOfRange,
    PurposeNotForAccess,
)
from .levels import RowScope
from .live_access import BREAK_GLASS
from .matrix_rules import HEALTH_PURPOSES, NEVER_CLEAR, NEVER_CLEAR_FOR
from .permission_specs import Permission
from .purposes import Purpose, incompatible

LEAST_MINUTES: Final = 5
MINUTES: Final = 60
MOST_MINUTES: Final = 240
BREAK_GLASS_MINUTES: Final = 60
MOST_CUSTOMERS: Final = 20
BREAK_GLASS_CUSTOMERS: Final = 5
DECIDE_WITHIN: Final = timedelta(hours=24)
REVIEW_WITHIN: Final = timedelta(hours=24)
MOST_USES: Final = 100
"""Clear values that one access opens."""
LED_BY: Final = "branch_manager"
IN_LINE: Final = frozenset(
    {"service_agent", "claims_adjuster", "underwriter", "sales_agent", "branch_manager"}
)
"""The posts of a branch, whose holders its manager leads; the others report to their department."""
_BRANCH: Final = REACH.index(RowScope.BRANCH)
_SUBTREE: Final = REACH.index(RowScope.SUBTREE)


def check_wish(
    kind: str, customers: int, classes: Collection[int], purpose: Purpose, minutes: int
) -> None:
    """What nobody is given: CustomersTooMany, ClassNeverClear, PurposeNotForAccess, MinutesOutOfRange."""
    broken = kind == BREAK_GLASS
    most = BREAK_GLASS_CUSTOMERS if broken else MOST_CUSTOMERS
    if customers > most:
        raise CustomersTooMany(most=most)
    if not classes or {int(item) for item in NEVER_CLEAR} & set(classes):
        raise ClassNeverClear
    if purpose in NEVER_CLEAR_FOR:
        raise PurposeNotForAccess
    if DataClass.HEALTH in classes and purpose not in HEALTH_PURPOSES:
        raise PurposeNotForAccess
    longest = BREAK_GLASS_MINUTES if broken else MOST_MINUTES
    if not LEAST_MINUTES <= minutes <= longest:
        raise MinutesOutOfRange(least=LEAST_MINUTES, most=longest)


def asking_slot(
    snapshot: Snapshot, person: Person, permission: Permission, purpose: Purpose
) -> Slot:
    """The post by which the person asks: one that may, whose purposes go with this one. AccessNotForPost."""
    for slot in person.slots:
        if slot.post in permission.posts and _goes_with(snapshot, slot, purpose):
            return slot
    raise AccessNotForPost


def break_glass_slot(
    snapshot: Snapshot, person: Person, permission: Permission, purpose: Purpose
) -> Slot:
    """The same for break-glass: also named by the matrix. BreakGlassNotForPost."""
    for slot in person.slots:
        named = slot.post in permission.posts and slot.post in snapshot.break_glass
        if named and _goes_with(snapshot, slot, purpose):
            return slot
    raise BreakGlassNotForPost


def _goes_with(snapshot: Snapshot, slot: Slot, purpose: Purpose) -> bool:
    """Who sells is not lent the eyes of who pays: the matrix's incompatible purposes stay apart here too."""
    held = (
        other
        for other in Purpose
        if any(
            snapshot.table[slot.base + item * PURPOSES + other.column] for item in range(CLASSES)
        )
    )
    return not any(incompatible(purpose, other) for other in held)


def deciding_slots(
    asker: Person, second: Person, permission: Permission, taken: Collection[str] = ()
) -> Iterator[Slot]:
    """The posts by which another person may decide on what `asker` asked: of another post than the asker's, not
    `taken` by an earlier approver, and not led by the asker."""
    if second.id == asker.id or leads(asker, second):
        return
    own = {slot.post for slot in asker.slots}
    for slot in second.slots:
        if slot.post in permission.posts and slot.post not in own and slot.post not in taken:
            yield slot


def leads(person: Person, other: Person) -> bool:
    """Whether `person` manages a branch in whose area `other` holds a post of a branch."""
    led = [slot.intervals[_SUBTREE] for slot in person.slots if slot.post == LED_BY]
    return any(
        _within(slot.intervals[_BRANCH], area)
        for slot in other.slots
        if slot.post in IN_LINE
        for area in led
    )


def manages(person: Person, branch: int | None, snapshot: Snapshot) -> bool:
    """Whether `person` manages the branch or one above it."""
    here = snapshot.branches.get(branch, NOWHERE) if branch is not None else NOWHERE
    return any(
        slot.post == LED_BY
        and _within(
            (here[0], here[0]) if here is not NOWHERE else NOWHERE, slot.intervals[_SUBTREE]
        )
        for slot in person.slots
    )


def is_near(person: Person, branches: Collection[int], snapshot: Snapshot) -> bool:
    """Whether `person` manages one of the branches or one above it, or holds a post in no branch's line."""
    return any(slot.post not in IN_LINE for slot in person.slots) or any(
        manages(person, branch, snapshot) for branch in branches
    )


def branch_of(snapshot: Snapshot, slot: Slot) -> int | None:
    """The branch at which a post is held."""
    low, high = slot.intervals[_BRANCH]
    return snapshot.order[low] if low <= high else None


def _within(inner: Interval, outer: Interval) -> bool:
    return inner[0] <= inner[1] and outer[0] <= inner[0] and inner[1] <= outer[1]
