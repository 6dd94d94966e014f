"""Look at a held row, accept it or refuse it. Nobody decides a row of their own."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.utils import IntegrityError, OperationalError

from tutela.access import gate
from tutela.access.grants import Grant
from tutela.access.purposes import Purpose
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Exposure, Leaf
from tutela.vault import catalogue, events, held_rows, looks, news, permissions
from tutela.vault.catalogue import Field
from tutela.vault.errors import AlreadyDecided, ReasonMissing, SecondPersonIsFirst
from tutela.vault.held_rows import HeldRow
from tutela.vault.importing import holding, match, reach, steward, targets, write
from tutela.vault.importing.holding import Waiting
from tutela.vault.importing.job import Again, Job
from tutela.vault.masked import MaskedField, mask_values

_ATTEMPTS = 8
_DECIDE = """
    UPDATE vault.held_row SET state = %s, decided_by = %s, decided_at = %s, row_sealed = NULL,
        reason_sealed = %s
    WHERE held_id = %s AND state = 1"""


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """A held row as a steward sees it: masked, with the customers within reach whom it names. `clears`: the
    fields that are blank in it and whose stored value it takes away."""

    row: HeldRow
    fields: tuple[MaskedField, ...]
    customers: tuple[UUID, ...]
    clears: tuple[Field, ...] = ()


def open_held_row(actor: Actor, row_id: UUID, reason: str) -> OpenedRow:
    """Show one row masked, for administration and a reason. HeldRowUnknown, AlreadyDecided, ReasonMissing."""
    grant = gate.require(actor, permissions.HELD_ROW_DECIDE)
    note = _note(reason)
    row, sealed = held_rows.held_row(actor, row_id)
    if sealed is None:
        raise AlreadyDecided
    waiting = holding.opened(row_id, sealed)
    met = holding.met_by(row.collection, row.source, waiting)
    classes = reach.classes_of({*waiting.texts, *waiting.clears})
    plan = gate.plan(actor, classes, Purpose.ADMINISTRATION, Exposure.DETAIL_MASKED)
    levels = plan.row(str(row.id), row.branch, False)
    log.append(
        replace(
            _leaf(events.HELD_ROW_OPENED, grant, row, sorted(met)),
            classes=tuple(sorted(looks.visible(levels))),
            exposure=Exposure.DETAIL_MASKED,
            note=note,
        )
    )
    values = holding.as_row(row.collection, waiting).values
    fields = [catalogue.by_id(field) for field in sorted(values)]
    within = reach.Reach(actor, classes).within(match.branches_of(met))
    shown, clears = mask_values(fields, values, levels), _clears(row, waiting)
    return OpenedRow(row, shown, tuple(sorted(within)), clears)


def _clears(row: HeldRow, waiting: Waiting) -> tuple[Field, ...]:
    """What is blank and clears, in the order of the catalogue."""
    blank = {field for field in waiting.clears if not waiting.texts.get(field)}
    return tuple(field for field in catalogue.fields_of(row.collection) if field.id in blank)


def accept_held_row(actor: Actor, row_id: UUID, reason: str) -> str:
    """Write the row as the steward: `created`, `changed` or `unchanged`.

    It is matched anew, so a source that has changed meanwhile counts. HeldRowUnknown, AlreadyDecided,
    SecondPersonIsFirst, HeldRowBeyond, HeldRowStuck.
    """
    grant = gate.require(actor, permissions.HELD_ROW_DECIDE)
    note = _note(reason)
    for attempt in range(_ATTEMPTS):
        try:
            with connection.wrap_database_errors, transaction.atomic():
                return _accept(grant, row_id, note)
        except (Again, IntegrityError, OperationalError):
            if attempt == _ATTEMPTS - 1:
                raise
        time.sleep(0.01 * 2**attempt)
    raise AssertionError("the last attempt returns or raises")


def refuse_held_row(actor: Actor, row_id: UUID, reason: str) -> None:
    """Set the row aside for good; its content is gone. HeldRowUnknown, AlreadyDecided, SecondPersonIsFirst."""
    grant = gate.require(actor, permissions.HELD_ROW_DECIDE)
    note = _note(reason)
    with transaction.atomic():
        row, _sealed = _locked(actor, row_id)
        leaf = _leaf(events.HELD_ROW_REFUSED, grant, row, ())
        log.append_with_change(replace(leaf, note=note))
        _decide(held_rows.REFUSED, grant, row_id, note)
        news.held_row_decided(row.batch)


def _accept(grant: Grant, row_id: UUID, note: str) -> str:
    row, sealed = _locked(grant.actor, row_id)
    waiting = holding.opened(row_id, sealed)
    job = Job(
        batch=row.batch or row_id,
        collection=row.collection,
        source=row.source,
        actor=grant.actor,
        mapped=frozenset(waiting.mapped),
        branches={},
        branch=waiting.branch,
        permission=permissions.HELD_ROW_DECIDE.name,
        is_feed=False,
        clears=frozenset(waiting.clears),
    )
    outcome, entries = steward.write_held(job, waiting)
    name = next(each for each in ("created", "changed", "unchanged") if getattr(outcome, each))
    met = holding.met_by(row.collection, row.source, waiting)
    facts: dict[str, int | str] = {name: 1, **write.anchor(entries)}
    leaf = _leaf(events.HELD_ROW_ACCEPTED, grant, row, sorted(met), **facts)
    log.append_with_change(replace(leaf, note=note, exposure=Exposure.WRITE))
    _decide(held_rows.ACCEPTED, grant, row_id, note)
    news.held_row_decided(row.batch)
    return name


def _locked(actor: Actor, row_id: UUID) -> tuple[HeldRow, bytes]:
    row, sealed = held_rows.held_row(actor, row_id, lock=True)
    if sealed is None:
        raise AlreadyDecided
    if row.actor_id == actor.id:
        raise SecondPersonIsFirst
    return row, sealed


def _decide(state: int, grant: Grant, row_id: UUID, note: str) -> None:
    values: Sequence[Any] = (state, grant.actor.id, clock.now(), note.encode(), row_id)
    with connection.cursor() as cursor:
        cursor.execute(_DECIDE, values)


def _note(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing
    return custody.seal_note(reason.strip())


def _leaf(
    event: EventSpec, grant: Grant, row: HeldRow, met: Sequence[UUID], **facts: int | str
) -> Leaf:
    detail: dict[str, str | int] = {
        "held_row": str(row.id),
        "collection": targets.collection_code(row.collection),
        "row": row.row,
        **({"batch": str(row.batch)} if row.batch else {}),
        **facts,
    }
    return Leaf(
        event=event,
        actor=grant.actor,
        subjects=looks.subjects_of(met),
        purpose=Purpose.ADMINISTRATION.value,
        decision=grant.as_leaf(),
        detail=detail,
    )
