"""Rows that wait for a steward: sealed whole, listed by what tells nothing of a customer."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from tutela.base import clock, ids
from tutela.base.actor import Actor
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.leaves import SUBJECT_LIMIT, Exposure, Leaf
from tutela.vault import events

from . import match, prepare, statements, targets, waves
from .job import Job, Marked
from .prepare import Row


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row as it waits: its number, its branch, and the cleaned text of each field by target id;
    `mapped` are all fields that its file brought, `clears` those of them of which a blank takes the stored
    value away."""

    number: int
    branch: int
    texts: dict[int, str]
    mapped: tuple[int, ...]
    target: tuple[str, str, int] = ("", "", 0)
    """Of what was typed: the customer's id, the record's, and the version that was seen, as far as there are."""
    clears: tuple[int, ...] = ()


def hold_rows(job: Job, marked: Sequence[Marked], met: Iterable[UUID]) -> None:
    """Queue the rows of a chunk, with leaves that name the customers they met; on the caller's
    transaction."""
    if not marked:
        return
    rows = [
        Waiting(
            incoming.row.number,
            incoming.branch,
            _texts(incoming.row),
            tuple(sorted(job.mapped)),
            clears=tuple(sorted(job.clears)),
        )
        for incoming in marked
    ]
    hold(job.actor, rows, batch=job.batch, collection=job.collection, source=job.source)
    leave(job.actor, len(rows), sorted(met), {"batch": str(job.batch)}, {})


def hold(
    actor: Actor, rows: Sequence[Waiting], *, batch: UUID | None, collection: int, source: str
) -> list[UUID]:
    """Seal the rows into the queue; their ids."""
    now, names = clock.now(), ids.uuid7s(len(rows))
    statements.insert_held(
        [
            (
                name,
                batch,
                row.number,
                collection,
                source,
                row.branch,
                actor.id,
                _seal(name, row),
                now,
            )
            for name, row in zip(names, rows, strict=True)
        ]
    )
    return list(names)


def leave(
    actor: Actor,
    rows: int,
    met: Sequence[UUID],
    detail: dict[str, str | int],
    decision: dict[str, str | int],
) -> None:
    """The leaves of rows that were held, at least one; only the auditor reads whom they met."""
    for start in range(0, max(1, len(met)), SUBJECT_LIMIT):
        part = met[start : start + SUBJECT_LIMIT]
        log.append_with_change(
            Leaf(
                event=events.HELD_ROW_QUEUED,
                actor=actor,
                subjects=tuple(("customer", str(customer)) for customer in part),
                exposure=Exposure.NONE,
                decision=decision,
                detail={"rows": rows, **detail},
            )
        )


def _texts(row: Row) -> dict[int, str]:
    """The text of each value as it was cleaned."""
    return {field: row.texts.get(field) or str(value) for field, value in row.values.items()}


def _seal(name: UUID, row: Waiting) -> bytes:
    content = {
        "number": row.number,
        "branch": row.branch,
        "texts": row.texts,
        "mapped": row.mapped,
        "target": row.target,
        "clears": row.clears,
    }
    return custody.seal_secret(_label(name), json.dumps(content).encode())


def opened(name: UUID, sealed: bytes) -> Waiting:
    """A row of the queue in clear. Only the steward's verbs call it, after their leaf."""
    content = json.loads(custody.open_secret(_label(name), sealed))
    texts = {int(field): text for field, text in content["texts"].items()}
    customer, record, version = content["target"]
    # A row of an earlier release: what was typed is all there is to say, a file's blank says nothing.
    clears = content.get("clears", content["mapped"] if customer else ())
    return Waiting(
        content["number"],
        content["branch"],
        texts,
        tuple(content["mapped"]),
        (customer, record, version),
        tuple(clears),
    )


def _label(name: UUID) -> str:
    return f"vault.held_row/{name}"


def met_by(collection: int, source: str, waiting: Waiting) -> set[UUID]:
    """Every customer whom a row names, by key, by id number or because it was typed for one."""
    index = custody.index_keys()
    row = as_row(collection, waiting)
    met = {UUID(waiting.target[0])} if waiting.target[0] else set()
    for by_key, by_number in waves.named_owners(source, [row]):
        met |= {customer for customer in (by_key, by_number) if customer}
    tag = waves.key_tag(index, collection, source, row.key) if source else None
    if tag:
        met |= {record.customer_id for record in match.by_source(collection, [tag]).values()}
    return met


def as_row(collection: int, waiting: Waiting) -> Row:
    """The row as an import would commit it."""
    row = Row(waiting.number, {})
    for target in targets.targets_of(collection):
        text = waiting.texts.get(target.id, "")
        if text:
            prepare.fill(row, target, text)
        if target.role:
            setattr(row, target.role, text)
    return row
