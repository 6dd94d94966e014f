"""Make and change records. Row, tags, history and trace are one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from tutela.access import gate
from tutela.access.grants import Grant
from tutela.access.levels import Level
from tutela.access.purposes import Purpose
from tutela.base import clock, ids
from tutela.base.actor import Actor
from tutela.crypto.sealing import CustomerKeys
from tutela.crypto.values import Value
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Exposure, Leaf
from tutela.vault import catalogue, entry, events, looks, permissions, queries, rows
from tutela.vault.actions import claims
from tutela.vault.actions.claims import Queued
from tutela.vault.errors import (
    CustomerNotFound,
    IdentityTaken,
    RecordChanged,
)
from tutela.vault.looks import Version
from tutela.vault.queries import Facts
from tutela.vault.rows import StoredRow
from tutela.vault.view import facts_of, visible_levels


@dataclass(frozen=True, slots=True)
class Created:
    """A new record; the customer may be new too."""

    customer_id: UUID
    record_id: UUID
    leaf_id: UUID


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record to be created, its texts by field code. Without `customer_id` the customer is new and belongs
    to `branch_id`."""

    collection: str
    texts: Mapping[str, str]
    customer_id: UUID | str | None = None
    branch_id: int | None = None


@dataclass(frozen=True, slots=True)
class RecordEdit:
    """A record to be changed, its new texts by field code. A blank text removes a field; fields that are not
    named stay as they are. `version`: the one the person saw."""

    customer_id: UUID | str
    record_id: UUID
    texts: Mapping[str, str]
    version: int


def create_record(actor: Actor, record: NewRecord, purpose: str) -> Created | Queued:
    """Seal a new record.

    A new customer with an id number waits for a steward, unless the actor may write every customer: the
    number may be that of a customer whom the actor may not know of, and the answer must not tell.
    Raises UnknownField, BadFieldValue, FieldMissing, IdentityTaken, CustomerNotFound, DataRefused.
    """
    grant = gate.require(actor, permissions.RECORD_CREATE)
    why = looks.purpose_of(purpose)
    kind = catalogue.collection_named(record.collection).id
    read = entry.read(kind, record.texts, clock.today())
    values = {field: value for field, value in read.items() if value is not None}
    entry.need_mandatory(kind, values)
    facts = _owner(actor, kind, record.customer_id, record.branch_id)
    is_new = record.customer_id is None
    write = _check_write(grant, facts, looks.classes_of(values), why, is_new=is_new)
    typed = claims.Typed(kind, facts, values, None if is_new else facts.customer_id)
    if claims.is_uncertain(actor, typed, why):
        return claims.queue(grant, typed)
    leaf = _leaf(events.RECORD_CREATED, write, grant, facts.customer_id, values)
    try:
        with transaction.atomic():
            return _create(leaf, kind, facts, values, is_new=is_new)
    except IntegrityError as error:
        raise IdentityTaken from error


def change_record(actor: Actor, edit: RecordEdit, purpose: str) -> int | Queued:
    """Write the next version of a record and return its number.

    Another id number waits for a steward, as that of a new customer does.

    RecordChanged if there is a newer version than the one the person saw. RecordBroken, traced, if the
    present version did not pass its check.
    """
    grant = gate.require(actor, permissions.RECORD_CHANGE)
    why = looks.purpose_of(purpose)
    facts = facts_of(actor, looks.customer_id_of(edit.customer_id))
    visible_levels(actor, facts, why)  # before the record is looked at: no answer may tell of it
    try:
        with transaction.atomic():
            row = _locked(facts, edit.record_id)
            if row.version != edit.version:
                raise RecordChanged
            changes = entry.read(row.collection, edit.texts, clock.today())
            looks.fields_named(edit.texts)
            write = _check_write(grant, facts, looks.classes_of(changes), why, is_new=False)
            typed = claims.Typed(
                row.collection, facts, changes, facts.customer_id, edit.record_id, edit.version
            )
            if claims.is_uncertain(actor, typed, why):
                return claims.queue(grant, typed)
            leaf = _leaf(events.RECORD_CHANGED, write, grant, facts.customer_id, changes)
            return _change(leaf, grant, row, changes)
    except IntegrityError as error:
        raise IdentityTaken from error


def _owner(
    actor: Actor, collection: int, customer_id: UUID | str | None, branch_id: int | None
) -> Facts:
    """The customer the record is for; a new one exists only with a record of its own."""
    if customer_id is not None:
        return facts_of(actor, looks.customer_id_of(customer_id))
    if branch_id is None or collection != catalogue.Collection.CUSTOMER:
        raise CustomerNotFound
    return Facts(ids.uuid7(), branch_id, assigned=False, linked=False)


def _check_write(
    function: Grant, facts: Facts, classes: Sequence[int], purpose: Purpose, *, is_new: bool
) -> Grant:
    """A grant to write these classes, by a post that gives the function. Of a customer who exists, the
    writer must at least be shown their masks: a customer who is not in the actor's sight is refused as
    such, before any change is looked at."""
    if not is_new:
        looks.granted(
            function.actor,
            facts,
            gate.Ask(
                customer_id=str(facts.customer_id),
                branch_id=facts.branch_id,
                classes=frozenset(classes),
                purpose=purpose,
                level=Level.MASKED,
                assigned=facts.assigned,
                work_item_linked=facts.linked,
                exposure=Exposure.WRITE,
            ),
        )
    return gate.require_write(
        function.actor,
        gate.WriteAsk(
            customer_id="" if is_new else str(facts.customer_id),
            branch_id=facts.branch_id,
            classes=frozenset(classes),
            purpose=purpose,
            assigned=facts.assigned,
            permission=function.permission,
        ),
    )


def _leaf(
    event: EventSpec,
    write: Grant,
    grant: Grant,
    customer_id: UUID,
    values: Mapping[int, Value | None],
) -> Leaf:
    return Leaf(
        event=event,
        actor=grant.actor,
        subjects=looks.subjects_of([customer_id]),
        classes=tuple(sorted(looks.ALL_CLASSES)),
        fields=tuple(sorted(values)),
        exposure=Exposure.WRITE,
        purpose=write.purpose.value if write.purpose else "",
        decision={**write.as_leaf(), **grant.as_leaf()},
    )


def _create(
    leaf: Leaf, collection: int, facts: Facts, values: Mapping[int, Value], *, is_new: bool
) -> Created:
    record_id = ids.uuid7()
    version = Version(facts.customer_id, record_id, collection, 1)
    keys = _new_customer(facts) if is_new else _keys(leaf, version)
    manifest = _write(_INSERT_RECORD, keys, version, values)
    if collection == catalogue.Collection.CUSTOMER:
        _keep_single(version, None, claims.identity_of(values))
    standing = (1, facts.branch_id) if is_new else None
    receipt = log.append_with_change(looks.with_anchor(leaf, version, manifest, standing))
    return Created(facts.customer_id, record_id, receipt.leaf_id)


def _keys(leaf: Leaf, version: Version, generation: int | None = None) -> CustomerKeys:
    """The customer's keys, against a leaf that says they are opened to write this version."""
    receipt = log.append_with_change(looks.with_opening(leaf, version))
    return custody.customer_keys(
        version.customer_id,
        generation=generation,
        receipt=receipt,
        classes=leaf.classes,
        exposure=leaf.exposure,
    )


def _new_customer(facts: Facts) -> CustomerKeys:
    ((keys, key_row),) = custody.new_customer_keys([facts.customer_id])
    custody.save_key_rows([key_row])
    _execute(
        "INSERT INTO vault.customer (customer_id, branch_id, created_at) VALUES (%s, %s, %s)",
        (facts.customer_id, facts.branch_id, clock.now()),
    )
    return keys


def _locked(facts: Facts, record_id: UUID) -> StoredRow:
    """The present version, held until the end of the transaction."""
    _execute(
        "SELECT 1 FROM vault.record WHERE customer_id = %s AND record_id = %s FOR UPDATE",
        (facts.customer_id, record_id),
    )
    stored = queries.records([facts.customer_id], record_id=record_id)
    if not stored:
        raise looks.record_not_found(facts)
    return stored[0]


def _change(leaf: Leaf, grant: Grant, row: StoredRow, changes: Mapping[int, Value | None]) -> int:
    version = Version(row.customer_id, row.record_id, row.collection, row.version + 1)
    keys = _keys(leaf, version, row.generation)
    with looks.traced_if_broken(leaf, row):
        old = rows.open_for_writing(keys, row, grant=grant)
    merged = {field: value for field, value in {**old, **changes}.items() if value is not None}
    entry.need_mandatory(row.collection, merged)
    manifest = _write(_UPDATE_RECORD, keys, version, merged)
    if row.collection == catalogue.Collection.CUSTOMER:
        _keep_single(row, claims.identity_of(old), claims.identity_of(merged))
    log.append_with_change(looks.with_anchor(leaf, version, manifest))
    return version.number


_INSERT_RECORD = """
    INSERT INTO vault.record (customer_id, record_id, collection, version, generation, row_mac,
        fields, cells, manifest, tags, created_at)
    VALUES (%(customer)s, %(record)s, %(collection)s, %(version)s, %(generation)s, %(mac)s,
        %(fields)s, %(cells)s, %(manifest)s, %(tags)s, %(now)s)"""
_UPDATE_RECORD = """
    UPDATE vault.record SET version = %(version)s, generation = %(generation)s, row_mac = %(mac)s,
        fields = %(fields)s, cells = %(cells)s, manifest = %(manifest)s, tags = %(tags)s,
        created_at = %(now)s, batch = NULL
    WHERE customer_id = %(customer)s AND record_id = %(record)s"""
_KEEP_SINGLE = f"""
    UPDATE vault.customer c SET identity_tag = %s WHERE c.customer_id = %s
        AND (%s::bytea IS NOT NULL OR identity_tag = %s AND NOT {queries.NUMBER_ELSEWHERE})"""
_INSERT_TAGS = """
    INSERT INTO vault.tag (tag, field, transform, version, customer_id, record_id)
    SELECT t.*, %s, %s FROM unnest(%s::int8[], %s::int2[], %s::int2[], %s::int2[]) AS t"""


def _write(
    statement: str, keys: CustomerKeys, version: Version, values: Mapping[int, Value]
) -> bytes:
    """One version of a record and its search tags; its manifest. The old version and its tags are put aside
    by the database itself."""
    customer_id, record_id, collection, number = version
    sealed = rows.seal_row(keys, collection, record_id, number, values)
    parts = rows.tags_of(custody.index_keys(), collection, values)
    row = {
        "customer": customer_id,
        "record": record_id,
        "collection": collection,
        "version": number,
        "generation": keys.generation,
        "mac": rows.row_mac(custody.index_keys(), collection, values),
        "fields": sealed.fields,
        "cells": sealed.cells,
        "manifest": sealed.manifest,
        "tags": [part[0] for part in parts],
        "now": clock.now(),
    }
    _execute(statement, row)
    if parts:
        place = (customer_id, record_id)
        _execute(_INSERT_TAGS, (*place, *(list(part) for part in zip(*parts, strict=True))))
    return sealed.manifest


def _keep_single(row: Version | StoredRow, before: bytes | None, after: bytes | None) -> None:
    """The tag that keeps a customer single follows the id number of a record when that changes: it stays
    while another record of the customer has one."""
    if after != before:
        _execute(_KEEP_SINGLE, (after, row.customer_id, after, before, row.record_id))


def _execute(statement: str, values: Mapping[str, Any] | Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
