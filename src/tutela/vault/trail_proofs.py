"""Proofs of the access trail for every door: of a leaf, and whole exports. Each asks the gate, leaves a leaf."""

from datetime import datetime
from typing import IO, Final
from uuid import UUID

from tutela.access import gate
from tutela.access import permissions as access_permissions
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import NotFound
from tutela.trail import events as trail_events
from tutela.trail import log, queries
from tutela.trail.errors import RangeTooLarge
from tutela.trail.leaves import Leaf
from tutela.trail.tree import proof_files, range_files
from tutela.trail.tree.proof_files import Proven
from tutela.trail.tree.range_files import Range

from . import proof_page

MOST_BY_PAGE: Final = 200_000
"""Leaves that a page or a call hands out as one whole export; the shell has no limit."""


def prove_leaf(actor: Actor, leaf_id: UUID, file_format: str = "page") -> Proven:
    """The proof of one leaf. NotFound, LeafNotPlaced, TreeIncomplete. The leaf of asking is durable before."""
    grant = gate.require(actor, access_permissions.TRAIL_SEARCH)
    log.append(
        Leaf(
            event=trail_events.LEAF_PROVED,
            actor=grant.actor,
            decision=grant.as_leaf(),
            detail={"leaf": str(leaf_id), "format": file_format},
        )
    )
    if queries.leaf(leaf_id) is None:
        raise NotFound
    return proof_files.of_leaf(leaf_id)


def write_pack(proven: Proven, file: IO[bytes]) -> None:
    """The zip of a proof: with the checkpoint, the policy, names, a page for readers and the verifier."""
    names = proof_page.names_of(proven.document)
    proof_files.write_pack(file, proven, names, proof_page.of(proven, names))


def begin_export(
    actor: Actor,
    since: datetime | None,
    until: datetime | None,
    table: str,
    most: int | None = None,
) -> Range:
    """The range of a whole export, whose leaf is durable before this returns. NothingPlaced, RangeTooLarge."""
    grant = gate.require(actor, access_permissions.TRAIL_SEARCH)
    wanted = range_files.of_time(since, until)
    limits = [one for one in (most, range_files.XLSX_ROWS if table == "xlsx" else None) if one]
    if limits and wanted.count > min(limits):
        raise RangeTooLarge(count=wanted.count, limit=min(limits))
    log.append(
        Leaf(
            event=trail_events.LEAVES_EXPORTED,
            actor=grant.actor,
            decision=grant.as_leaf(),
            detail={
                "by": "+".join(n for n, at in (("since", since), ("until", until)) if at) or "all",
                "format": f"proof-{table}" if table else "proof",
                "leaves": wanted.count,
                "since_ms": _milliseconds(since) if since else 0,
                "until_ms": _milliseconds(until or clock.now()),
            },
        )
    )
    return wanted


def write_export(actor: Actor, wanted: Range, table: str, file: IO[bytes]) -> None:
    """Write it; the right is asked again for each batch of leaves. TreeIncomplete."""

    def ask() -> None:
        gate.require(actor, access_permissions.TRAIL_SEARCH)

    range_files.write(file, wanted, table, ask)


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
