"""The question that is put to the gate, and the answer. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from tutela.trail.leaves import Exposure

from .levels import Level
from .purposes import Purpose


class Overlay(IntEnum):
    """What stood between the person and the level asked, in the order in which it is looked at.

    The number is the stage: of several posts, the answer names the one that came furthest.
    """

    ACCOUNT_DISABLED = 1
    STALE = 2
    OWN_RECORD = 3
    NO_CELL = 4
    OUT_OF_SCOPE = 5
    CHANNEL_CLOSED = 6
    WORK_ITEM_MISSING = 7
    SECOND_PERSON_NEEDED = 8
    STEP_UP_NEEDED = 9
    QUOTA_SPENT = 10
    ALLOWED = 11

    @property
    def word(self) -> str:
        """As the trail writes it; empty when nothing stood in the way."""
        return "" if self is Overlay.ALLOWED else self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One look at one customer's data.

    `customer_id` is UUID text; `assigned`: the actor has an open work item of this customer;
    `work_item_linked`: the work item that was named is open, of this customer and the actor's.
    `fields`: how many values would be shown, for the quota.
    """

    customer_id: str
    branch_id: int
    classes: frozenset[int]
    purpose: Purpose
    level: Level
    assigned: bool
    work_item_linked: bool
    exposure: Exposure
    fields: int = 1


@dataclass(frozen=True, slots=True)
class Decision:
    """`levels`: what may be shown of each asked class. `cell`: the matrix rules that gave it, as
    `post.number` joined by commas. `overlay`: what stood in the way of the level asked, or empty.
    `matrix`: the first 12 hex digits of the matrix's hash. `quota_left`: clear values left today as
    this process knows, None where no clear cell is in play."""

    levels: Mapping[int, Level]
    cell: str
    overlay: str
    matrix: str
    quota_left: int | None
