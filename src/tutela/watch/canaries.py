"""Canary customers: who knows them, which jobs leave them out, how many a branch needs. Reads only.

Nothing here tells who they are, but `listed`, against a leaf and to a keeper.
"""

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection

from tutela.base import clock
from tutela.base.actor import Actor
from tutela.vault import queries as vault

from . import queries
from .models import CanaryDue, CanaryJob, CanaryKeepers, CanaryOrder

LEAST: Final = 3
"""Canaries of a branch that has any customer."""
SHARE: Final = 0.0005
ROTATE_AFTER: Final = timedelta(days=90)
_LIST: Final = """SELECT customer_id, branch_id, planted_at, retired_at, touched_at FROM watch_canary_list(%s,
%s)"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A canary as its keepers see it; `touched_at`: when somebody opened it, so that another takes its place."""

    customer_id: UUID
    branch_id: int
    planted_at: datetime
    retired_at: datetime | None
    touched_at: datetime | None


def wanted(customers: int) -> int:
    """How many canaries a branch of so many customers has; none in an empty one."""
    return max(LEAST, math.ceil(customers * SHARE)) if customers else 0


def keepers() -> CanaryKeepers | None:
    """The two people in force."""
    rows = CanaryKeepers.objects.select_related("first", "second").filter(
        confirmed_at__isnull=False
    )
    return rows.order_by("-confirmed_at", "-id").first()


def proposed_keepers() -> CanaryKeepers | None:
    """Two people who wait for a second person, unless others were confirmed since."""
    newest = (
        CanaryKeepers.objects.select_related("first", "second", "proposed_by")
        .order_by("-id")
        .first()
    )
    return newest if newest and newest.confirmed_at is None else None


def is_keeper(actor: Actor) -> bool:
    """Whether this is one of the two."""
    now = keepers()
    return (
        actor.kind == "staff"
        and now is not None
        and actor.id in {str(now.first_id), str(now.second_id)}
    )


def order() -> CanaryOrder | None:
    """The approved order that is followed."""
    return (
        CanaryOrder.objects.filter(approved_at__isnull=False)
        .order_by("-approved_at", "-id")
        .first()
    )


def proposed_order() -> CanaryOrder | None:
    """An order that waits for the other keeper."""
    newest = CanaryOrder.objects.select_related("proposed_by").order_by("-id").first()
    return newest if newest and newest.approved_at is None else None


def jobs() -> list[CanaryJob]:
    """Machine accounts whose lists leave canaries out."""
    rows = CanaryJob.objects.select_related("machine", "added_by").filter(ended_at__isnull=True)
    return list(rows.order_by("machine__login"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """A branch with its customers, the canaries in use, wanted and on the way, and how old the oldest is."""

    branch_id: int
    customers: int
    planted: int
    wanted: int
    coming: int
    oldest: datetime | None

    @property
    def lacking(self) -> int:
        return max(0, self.wanted - self.planted - self.coming)


def coverage() -> list[Coverage]:
    """Every branch that holds customers."""
    planted = queries.canary_counts()
    coming: dict[int, int] = {}
    for branch in CanaryDue.objects.filter(done_at__isnull=True).values_list(
        "branch_id", flat=True
    ):
        coming[branch] = coming.get(branch, 0) + 1
    return [
        Coverage(
            branch_id=branch,
            customers=customers,
            planted=planted[branch][0] if branch in planted else 0,
            wanted=wanted(customers),
            coming=coming.get(branch, 0),
            oldest=planted[branch][1] if branch in planted else None,
        )
        for branch, customers in sorted(vault.customers_by_branch().items())
    ]


def listed(actor: Actor, leaf: UUID) -> Sequence[Listed]:
    """All canaries, for a keeper whose leaf of reading is in the trail; the database asks both again."""
    with connection.cursor() as cursor:
        cursor.execute(_LIST, [actor.id, leaf])
        return [Listed(*row) for row in cursor.fetchall()]


def left_out(actor: Actor, customers: Sequence[UUID]) -> AbstractSet[UUID]:
    """The canaries among these, for the lists of a job that leaves them out; nobody else's lists differ."""
    if actor.kind != "machine":
        return frozenset()
    if not CanaryJob.objects.filter(machine_id=UUID(actor.id), ended_at__isnull=True).exists():
        return frozenset()
    return {UUID(one) for one in queries.canaries([str(key) for key in customers])}


def is_due_for_rotation(oldest: datetime | None) -> bool:
    """Whether the oldest of a branch has stood for a quarter."""
    return oldest is not None and oldest + ROTATE_AFTER <= clock.now()
