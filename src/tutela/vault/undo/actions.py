"""The verbs of undoing an import: propose, approve, withdraw, and the work itself, chunk by chunk.

    propose_undo(actor, batch, reason="Wrong file.")
    approve_undo(second_person, batch)          # the worker does it

Each chunk is a transaction with a leaf that names its customers and anchors its versions. A run that
was killed goes on with what still stands as the import wrote it.
"""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from procrastinate.contrib.django import app

from tutela.access import gate
from tutela.access.errors import DataRefused
from tutela.access.grants import Grant
from tutela.base import clock, ids
from tutela.base.actor import Actor
from tutela.crypto.errors import BadValue
from tutela.crypto.sealing import CustomerKeys
from tutela.crypto.values import Value
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Exposure, Leaf
from tutela.vault import (
    anchors,
    catalogue,
    events,
    held_rows,
    looks,
    news,
    notice_kinds,
    permissions,
    reasons,
)
from tutela.vault import queries as vault
from tutela.vault import rows as sealing
from tutela.vault.catalogue import Collection
from tutela.vault.errors import ProposerGone
from tutela.vault.importing import batches, viewers, write
from tutela.vault.importing.batches import BatchState
from tutela.vault.importing.errors import BatchMissing
from tutela.vault.proposers import check_proposer

from . import queries, rules
from .errors import UndoDecided, UndoMissing, UndoOpen, UndoReasonMissing
from .queries import NOTHING, Earlier, Order, Step
from .rules import UndoFacts
from .scope import check_reach

CHUNK = 200
_PROPOSE = """
    INSERT INTO vault.import_undo (undo_id, batch_id, state, proposed_by, proposed_at, reason)
    VALUES (%s, %s, 'proposed', %s, %s, %s)"""
_DECIDE = """
    UPDATE vault.import_undo SET state = %s, decided_by = %s, decided_at = %s
    WHERE undo_id = %s AND state = 'proposed'"""
# What still waits of the import waits no longer. Nobody decides a row of their own, so it is decided in
# the name of the one of the two who has not brought it in.
_SET_ASIDE = """
    UPDATE vault.held_row SET state = %s, decided_at = %s, row_sealed = NULL,
        decided_by = CASE WHEN actor_id = %s THEN %s ELSE %s END
    WHERE batch_id = %s AND state = %s"""
_COUNT = """
    UPDATE vault.import_undo SET records = records + %s, customers = customers + %s
    WHERE undo_id = %s"""
_FINISH = """
    UPDATE vault.import_undo SET state = 'undone', finished_at = %s, kept = %s
    WHERE undo_id = %s AND state = 'approved'"""
_VERSION = """
    UPDATE vault.record SET version = %s, generation = %s, source_tag = %s, row_mac = %s,
        fields = %s::smallint[], cells = %s::bytea[], manifest = %s, tags = %s::bigint[], batch = %s,
        created_at = now()
    WHERE customer_id = %s AND record_id = %s AND version = %s"""
_TAGS = """
    INSERT INTO vault.tag (tag, field, transform, version, customer_id, record_id)
    VALUES (%s, %s, %s, %s, %s, %s)"""
_IDENTITY = f"""
    UPDATE vault.customer c SET identity_tag = %s WHERE c.customer_id = %s
        AND (%s::bytea IS NOT NULL OR NOT {vault.NUMBER_ELSEWHERE})"""
_MOVE = "UPDATE vault.customer SET branch_id = %s WHERE customer_id = %s"
_WITHDRAW = "SELECT vault.withdraw_customers(%s, %s::uuid[])"


def facts_of(batch: BatchState, order: Order | None) -> UndoFacts:
    """What the rules must know of an import."""
    finished = batch.state == batches.FINISHED and not batch.dry_run
    records = has_versions(batch)
    return UndoFacts(
        records=records,
        from_before=queries.is_from_before(batch.id),
        finished_at=batch.finished_at if finished else None,
        state=order.state if order else "",
        blocked=len(queries.blockers(batch.id)) if records else 0,
    )


def has_versions(batch: BatchState) -> bool:
    """Whether it is a finished import that wrote records, which keep their versions; work items keep none.
    A row that was held counts once a steward has accepted it."""
    finished = batch.state == batches.FINISHED and not batch.dry_run
    if not finished or batch.collection == Collection.WORK_ITEM:
        return False
    return batch.tally.written > 0 or queries.has_accepted(batch.id)


def is_offered(batch: BatchState) -> bool:
    """Whether a button leads to the page of its undo."""
    return has_versions(batch) and not queries.is_from_before(batch.id)


def propose_undo(actor: Actor, batch: UUID, reason: str) -> UUID:
    """Propose to undo a whole import. BatchMissing, UndoImpossible, UndoTooLate, UndoBlocked, UndoOpen."""
    grant = gate.require(actor, permissions.IMPORT_UNDO)
    state = viewers.undone_by(actor, batch)
    if not reason.strip():
        raise UndoReasonMissing
    rules.check_propose(facts_of(state, queries.order_of(batch)), clock.now())
    check_reach(actor, batch)
    undo, note = ids.uuid7(), custody.seal_note(reason.strip())
    try:
        with transaction.atomic():
            _execute(_PROPOSE, (undo, batch, actor.id, clock.now(), note))
            log.append_with_change(_leaf(events.IMPORT_UNDO_PROPOSED, grant, batch, note))
            _tell(state, actor)
    except IntegrityError:
        raise UndoOpen from None
    return undo


def approve_undo(actor: Actor, batch: UUID) -> UUID:
    """Approve what another person proposed; the worker begins. SamePerson, UndoBlocked, UndoDecided,
    ProposerGone."""
    grant = gate.require(actor, permissions.IMPORT_UNDO)
    state = viewers.undone_by(actor, batch)
    order = _need(batch)
    facts = facts_of(state, order)
    rules.check_approve(facts, order.proposed_by, actor.id, clock.now())
    check_reach(actor, batch)
    _check_proposer(order)
    with transaction.atomic():
        _decide(order, "approved", actor)
        leaf = _leaf(events.IMPORT_UNDO_APPROVED, grant, batch)
        refused_rows = _set_aside(order, actor)
        log.append_with_change(replace(leaf, detail={**leaf.detail, "held": refused_rows}))
        news.undo_decided(_page(batch), order.proposed_by, actor)
        # By its name: the task's own file imports this one.
        task = app.configure_task("vault.undo_import")
        task.defer(batch=str(batch), actor_kind=actor.kind, actor_id=actor.id)
    return order.id


def _set_aside(order: Order, second: Actor) -> int:
    """The rows of the import that wait for a steward are refused; how many."""
    whose = (second.id, order.proposed_by, second.id)
    refused_rows = _execute(
        _SET_ASIDE, (held_rows.REFUSED, clock.now(), *whose, order.batch, held_rows.WAITING)
    )
    if refused_rows:
        news.held_row_decided(order.batch)
    return refused_rows


def _check_proposer(order: Order) -> None:
    """ProposerGone unless the first person may still undo this import."""
    proposer = check_proposer(order.proposed_by, permissions.IMPORT_UNDO)
    try:
        viewers.undone_by(proposer, order.batch)
        check_reach(proposer, order.batch)
    except (BatchMissing, DataRefused):
        raise ProposerGone from None


def withdraw_undo(actor: Actor, batch: UUID) -> None:
    """Withdraw a proposal, by who made it or by a second person. UndoMissing, UndoDecided."""
    grant = gate.require(actor, permissions.IMPORT_UNDO)
    viewers.undone_by(actor, batch)
    order = _need(batch)
    with transaction.atomic():
        _decide(order, "withdrawn", actor)
        log.append_with_change(_leaf(events.IMPORT_UNDO_WITHDRAWN, grant, batch))
        news.undo_decided(_page(batch), order.proposed_by, actor)


def open_reason(actor: Actor, batch: UUID) -> str:
    """Why it was proposed, for whoever may undo the import, while it waits. UndoMissing, UndoDecided."""
    grant = gate.require(actor, permissions.IMPORT_UNDO)
    viewers.undone_by(actor, batch)
    order = _need(batch)
    if order.state != "proposed":
        raise UndoDecided
    return reasons.open_reason(grant, order.reason, [], {"batch": str(batch)})


def _tell(batch: BatchState, proposer: Actor) -> None:
    """Whoever may open the import and undo it decides next, except who proposed it."""
    news.tell(
        notice_kinds.UNDO_WAITS,
        _page(batch.id),
        lambda person: person.id != proposer.id and viewers.reader_of(person).can_open(batch),
    )


def _page(batch: UUID) -> str:
    return reverse("vault-undo-import", args=[batch])


def carry_out(actor: Actor, batch: UUID, chunk: int = CHUNK) -> Order:
    """Undo an approved import, in transactions of `chunk` records; again after any stop."""
    grant = gate.require(actor, permissions.IMPORT_UNDO)
    custody.check_ready()
    with batches.locked(lock_name(batch)):
        order, after = _need(batch), (NOTHING, NOTHING)
        if order.state != "approved":
            return order
        branches = check_reach(actor, batch)
        while part := queries.steps(batch, after, chunk):
            after = part[-1].place
            try:
                _undo_part(grant, order, part, branches)
            except IntegrityError:
                # One of them cannot go back: its id number or key is another's by now.
                for step in part:
                    with contextlib.suppress(IntegrityError):
                        _undo_part(grant, order, [step], branches)
        return _finish(grant, order)


def lock_name(batch: UUID) -> str:
    """What an undo is locked by while it runs."""
    return f"undo/{batch}"


def _need(batch: UUID) -> Order:
    order = queries.order_of(batch)
    if order is None:
        raise UndoMissing
    return order


def _decide(order: Order, state: str, actor: Actor) -> None:
    if _execute(_DECIDE, (state, actor.id, clock.now(), order.id)) != 1:
        raise UndoDecided


def _finish(grant: Grant, order: Order) -> Order:
    """The records that somebody changed while it ran keep that change, and are counted."""
    kept = len(
        {
            (blocker.customer_id, blocker.record_id)
            for blocker in queries.blockers(order.batch, order.id)
        }
    )
    kept += len(queries.steps(order.batch, (NOTHING, NOTHING), 10_000))
    with transaction.atomic():
        _execute(_FINISH, (clock.now(), kept, order.id))
        done = _need(order.batch)
        leaf = _leaf(events.IMPORT_UNDO_FINISHED, grant, order.batch)
        detail = {**leaf.detail, "rows": done.records, "customers": done.customers, "kept": kept}
        log.append_with_change(
            Leaf(event=leaf.event, actor=leaf.actor, decision=leaf.decision, detail=detail)
        )
    return done


def _undo_part(grant: Grant, order: Order, part: Sequence[Step], branches: frozenset[int]) -> None:
    """Customers who have gone to a branch that nobody was asked about keep what they have."""
    with transaction.atomic():
        steps = queries.locked(order.batch, list(part), branches)
        if not steps:
            return
        back = queries.earlier(steps)
        customers = list(dict.fromkeys(step.customer_id for step in steps))
        keys = _keys(grant, steps, back)
        moved = _move_back(order, customers)
        entries = [
            _write(
                grant,
                order,
                _Return(step, back.get(step.place), moved.pop(step.customer_id, (0, 0))),
                keys,
            )
            for step in steps
        ]
        entries += [anchors.move(customer.bytes, standing) for customer, standing in moved.items()]
        withdrawn = _withdraw(order, customers)
        _execute(_COUNT, (len(steps), withdrawn, order.id))
        log.append_with_change(
            Leaf(
                event=events.IMPORT_UNDONE,
                actor=grant.actor,
                subjects=looks.subjects_of(customers),
                exposure=Exposure.WRITE,
                decision=grant.as_leaf(),
                detail={
                    "batch": str(order.batch), "rows": len(steps), "customers": withdrawn,
                    **write.anchor(entries),
                },
            )
        )  # fmt: skip


_Keys = Mapping[tuple[UUID, int], CustomerKeys]


def _keys(grant: Grant, steps: Sequence[Step], back: Mapping[queries.Place, Earlier]) -> _Keys:
    """The keys of each customer and generation, against leaves that name the customers."""
    wanted: dict[int, set[UUID]] = {}
    for step in steps:
        known = back.get(step.place)
        generation = known.row.generation if known else step.generation
        wanted.setdefault(generation, set()).add(step.customer_id)
    opened: dict[tuple[UUID, int], CustomerKeys] = {}
    classes = tuple(sorted(looks.ALL_CLASSES))
    for generation, customers in sorted(wanted.items()):
        leaf = Leaf(
            event=events.RECORD_OPENED,
            actor=grant.actor,
            subjects=looks.subjects_of(sorted(customers)),
            classes=classes,
            exposure=Exposure.WRITE,
            decision=grant.as_leaf(),
            detail={"rows": len(customers)},
        )
        by_customer = custody.customer_keys_many(
            dict.fromkeys(customers, generation),
            receipt=log.append_with_change(leaf),
            classes=classes,
            exposure=Exposure.WRITE,
        )
        opened |= {(customer, generation): keys for customer, keys in by_customer.items()}
    return opened


class _Return(NamedTuple):
    """A record on its way back. `known`: what it was before the import, if it was; `standing`: version and
    branch of a customer who moves back with it, else zeros."""

    step: Step
    known: Earlier | None
    standing: tuple[int, int]


def _write(grant: Grant, order: Order, back: _Return, keys: _Keys) -> bytes:
    """The next version of one record, with its search tags and its customer's id number; its anchor."""
    step, known, standing = back
    place, version = step.place, step.version + 1
    opened = keys[step.customer_id, known.row.generation if known else step.generation]
    values = sealing.open_for_writing(opened, known.row, grant=grant) if known else {}
    sealed = sealing.seal_row(opened, step.collection, step.record_id, version, values)
    index = custody.index_keys()
    tags = sealing.tags_of(index, step.collection, values)
    mac = known.row_mac if known else sealing.row_mac(index, step.collection, values)
    marks = (known.source_tag if known else None, mac)
    new = (version, opened.generation, *marks, *sealed, [tag[0] for tag in tags], order.id)
    _execute(_VERSION, (*new, *place, step.version))
    for tag in tags:
        _execute(_TAGS, (*tag, *place))
    if known and step.collection == Collection.CUSTOMER:
        _keep_identity(step, values)
    where = (step.customer_id.bytes, step.record_id.bytes)
    return anchors.pack(where, version, sealed.manifest, standing)


def _keep_identity(step: Step, values: Mapping[int, Value]) -> None:
    """The tag that keeps a customer single follows the id number that the record has again."""
    tag = _identity(values)
    _execute(_IDENTITY, (tag, step.customer_id, tag, step.record_id))


def _identity(values: Mapping[int, Value]) -> bytes | None:
    field = catalogue.role_of(Collection.CUSTOMER, "identity")
    if field is None or field.id not in values:
        return None
    with contextlib.suppress(BadValue):
        return sealing.identity_tag(custody.index_keys(), catalogue.as_text(values[field.id]))
    return None


def _move_back(order: Order, customers: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """Customers that the import moved go back; the standing of each, for its anchor."""
    moved = queries.moves(order.batch, list(customers))
    for customer, (branch, _version) in moved.items():
        _execute(_MOVE, (branch, customer))
    return {customer: (version + 1, branch) for customer, (branch, version) in moved.items()}


def _withdraw(order: Order, customers: Sequence[UUID]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_WITHDRAW, (order.id, list(customers)))
        return int(cursor.fetchone()[0])


def _leaf(event: EventSpec, grant: Grant, batch: UUID, note: str = "") -> Leaf:
    return Leaf(
        event=event,
        actor=grant.actor,
        decision=grant.as_leaf(),
        note=note,
        detail={"batch": str(batch)},
    )


def _execute(statement: str, values: Sequence[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
