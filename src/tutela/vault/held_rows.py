"""The steward's queue: rows that an import, or somebody who typed, may not write. Reads only.

A steward sees the rows of the branches that the post's write scope covers; of a row the list shows where
it comes from and whose queue it is in, and nothing of its content.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tutela.access import gate
from tutela.access.models import Branch
from tutela.access.purposes import Purpose
from tutela.access.writing import WriteScope
from tutela.base.actor import Actor
from tutela.detect.classes import DataClass

from . import permissions
from .errors import HeldRowUnknown
from .queries import fetch

WAITING, ACCEPTED, REFUSED = 1, 2, 3
PAGE_ROWS = 50
_COLUMNS = "held_id, batch_id, row_number, collection, source, branch_id, actor_id, held_at, state"


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One row of the queue. `batch` is None and `row` 0 for what somebody typed."""

    id: UUID
    batch: UUID | None
    row: int
    collection: int
    source: str
    branch: int
    actor_id: str
    held_at: datetime
    state: int


@dataclass(frozen=True, slots=True)
class HeldBatch:
    """The waiting rows of one import, or with None of everything that was typed."""

    batch: UUID | None
    source: str
    collection: int
    actor_id: str
    rows: int
    oldest: datetime


def branches_of(actor: Actor) -> list[int]:
    """The branches whose rows the actor may decide."""
    gate.require(actor, permissions.HELD_ROW_DECIDE)
    scope = _scope(actor)
    ids = Branch.objects.order_by("id").values_list("id", flat=True)
    return [branch for branch in ids if scope.covers("", branch)]


def waiting_batches(actor: Actor) -> list[HeldBatch]:
    """The queue by import, oldest first."""
    statement = """
        SELECT batch_id, source, collection, actor_id, count(*), min(held_at) FROM vault.held_row
        WHERE state = 1 AND branch_id = ANY(%s) GROUP BY batch_id, source, collection, actor_id
        ORDER BY min(held_at)"""
    return [HeldBatch(*row) for row in fetch(statement, (branches_of(actor),))]


def waiting_rows(
    actor: Actor, batch: UUID | None, after: int = 0, limit: int = PAGE_ROWS
) -> list[HeldRow]:
    """The waiting rows of one import (None: what was typed), by row number."""
    statement = f"""
        SELECT {_COLUMNS} FROM vault.held_row WHERE state = 1 AND branch_id = ANY(%s)
        AND batch_id IS NOT DISTINCT FROM %s::uuid ORDER BY row_number, held_id LIMIT %s OFFSET %s"""
    values: Sequence[Any] = (branches_of(actor), batch, limit, after)
    return [HeldRow(*row) for row in fetch(statement, values)]


def held_row(actor: Actor, row_id: UUID, *, lock: bool = False) -> tuple[HeldRow, bytes | None]:
    """One row of the actor's queue with its sealed content, None once it is decided; HeldRowUnknown."""
    statement = f"""
        SELECT {_COLUMNS}, row_sealed FROM vault.held_row
        WHERE held_id = %s AND branch_id = ANY(%s)"""
    rows = fetch(statement + (" FOR UPDATE" if lock else ""), (row_id, branches_of(actor)))
    if not rows:
        raise HeldRowUnknown
    *facts, sealed = rows[0]
    return HeldRow(*facts), bytes(sealed) if sealed is not None else None


def whose_wait(batch: UUID | None) -> list[tuple[int, str]]:
    """Branch and writer of the waiting rows of an import (None: of what was typed), each once."""
    statement = """
        SELECT DISTINCT branch_id, actor_id FROM vault.held_row
        WHERE state = 1 AND batch_id IS NOT DISTINCT FROM %s::uuid"""
    return [(int(branch), str(writer)) for branch, writer in fetch(statement, (batch,))]


def can_decide_any(actor: Actor, waiting: Sequence[tuple[int, str]]) -> bool:
    """Whether one of these waiting rows is the actor's to decide: of a branch in reach, and not their own."""
    scope = _scope(actor)
    return any(writer != actor.id and scope.covers("", branch) for branch, writer in waiting)


def _scope(actor: Actor) -> WriteScope:
    need = permissions.HELD_ROW_DECIDE
    return gate.write_scope(actor, [int(DataClass.IDENTITY)], Purpose.ADMINISTRATION, need)
