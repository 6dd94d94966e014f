"""Who feeds the vault: which machine account is registered for which source. Reads only.

A source feed is an import by the machine account that two people have registered for the source's name.
Everybody else's import is a person's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from tutela.base.actor import Actor

from .errors import SourceNotRegistered
from .queries import fetch

FIRST_SOURCE: Final = "core"
"""What the shell on the host feeds from the first day."""
PROPOSED, APPROVED, REFUSED = 1, 2, 3
_COLUMNS = """s.source_id, s.code, s.machine_id, s.collections, s.is_open, s.proposed_by, s.proposed_at, s.state,
    s.decided_by, s.decided_at"""
# Of a code and a machine, the newest row that was approved.
_IN_FORCE = """NOT EXISTS (SELECT FROM vault.source later WHERE later.code = s.code
    AND later.machine_id = s.machine_id AND later.state = 2
    AND (later.decided_at, later.source_id) > (s.decided_at, s.source_id))"""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One proposal to register a source, or to change or close it; in force once it is approved."""

    id: UUID
    code: str
    machine: UUID
    collections: Sequence[int]
    is_open: bool
    proposed_by: str
    proposed_at: datetime
    state: int
    decided_by: str | None
    decided_at: datetime | None


def in_force() -> list[SourceRow]:
    """The registrations in force, closed ones too."""
    statement = f"""SELECT {_COLUMNS} FROM vault.source s WHERE s.state = 2 AND {_IN_FORCE}
        ORDER BY s.code, s.machine_id"""
    return [SourceRow(*row) for row in fetch(statement, ())]


def waiting() -> list[SourceRow]:
    """Proposals that no second person has decided, oldest first."""
    statement = f"SELECT {_COLUMNS} FROM vault.source s WHERE s.state = 1 ORDER BY s.proposed_at"
    return [SourceRow(*row) for row in fetch(statement, ())]


def is_feed(actor: Actor, code: str, collection: int) -> bool:
    """Whether an import by this actor, under this source's name, is the source's own feed."""
    if actor.kind != "machine":
        return False
    values: tuple[Any, ...] = (code, actor.id, collection)
    statement = f"""SELECT 1 FROM vault.source s WHERE s.code = %s AND s.machine_id = %s::uuid
        AND s.state = 2 AND s.is_open AND %s = ANY(s.collections) AND {_IN_FORCE}"""
    return bool(fetch(statement, values))


def check_feed(actor: Actor, code: str, collection: int) -> bool:
    """True for a source's own feed, False for a person; SourceNotRegistered for any other machine."""
    if actor.kind != "machine":
        return False
    if not is_feed(actor, code, collection):
        raise SourceNotRegistered
    return True
