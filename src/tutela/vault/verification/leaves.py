"""What the leaves of changes say of the vault, in the order they were written, from their bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tutela.base.registry import constants
from tutela.trail import leaves, queries
from tutela.trail.event_specs import EventSpec
from tutela.vault import anchors, events
from tutela.vault.anchors import Entry
from tutela.vault.queries import fetch_binary

from .faults import Fault, FaultCode

_ANCHORS = {"root", "manifest", "customer_version"}
ANCHORING: tuple[EventSpec, ...] = tuple(
    event for event in constants(events, EventSpec) if _ANCHORS & event.shapes.keys()
)
"""The vault's events whose leaves may hold a manifest, a customer's standing or a root: by their shapes, so
that none is forgotten. The trail's own roots are over its leaves, not over what lies here."""
EVENTS: tuple[str, ...] = tuple(event.name for event in ANCHORING)
_PAGE = 200
_LIST = "SELECT entries FROM vault.anchor WHERE root = %s::bytea"


@dataclass(frozen=True, slots=True)
class Said:
    """What one leaf says: the entries that must be there, or why they cannot be read."""

    leaf: UUID
    at: datetime
    entries: Sequence[Entry]
    faults: Sequence[Fault] = ()


def read(event: str, after: UUID | None) -> Iterator[Said]:
    """The leaves of one event after a leaf, oldest first, page by page."""
    while True:
        rows = queries.stored(event, after, _PAGE)
        for leaf_id, data in rows:
            yield _said(leaf_id, leaves.read(data))
        if len(rows) < _PAGE:
            return
        after = rows[-1][0]


def _said(leaf_id: UUID, document: dict[str, Any]) -> Said:
    detail, at = document["detail"], leaves.moment(leaf_id)
    if "root" in detail:
        return _listed(leaf_id, at, bytes.fromhex(detail["root"]))
    if "manifest" not in detail and "customer_version" not in detail:
        return Said(leaf_id, at, ())
    customer = next((UUID(key) for kind, key in document["subjects"] if kind == "customer"), None)
    if customer is None:
        return Said(leaf_id, at, ())
    return Said(leaf_id, at, (_single(customer, detail),))


def _single(customer: UUID, detail: dict[str, Any]) -> Entry:
    record = detail.get("record") if "manifest" in detail else None
    return Entry(
        customer.bytes,
        UUID(record).bytes if record else anchors.NO_RECORD,
        int(detail.get("version", 0)) if record else 0,
        int(detail.get("customer_version", 0)),
        int(detail.get("branch", 0)),
        bytes.fromhex(detail["manifest"]) if record else anchors.NO_MANIFEST,
    )


def _listed(leaf_id: UUID, at: datetime, root: bytes) -> Said:
    lists = fetch_binary(_LIST, (root,))
    if not lists:
        return Said(leaf_id, at, (), (Fault(FaultCode.LIST_MISSING, leaf=leaf_id, at=at),))
    body = bytes(lists[0][0])
    if not anchors.fits(root, body):
        return Said(leaf_id, at, (), (Fault(FaultCode.LIST_CHANGED, leaf=leaf_id, at=at),))
    return Said(leaf_id, at, anchors.unpack(body))
