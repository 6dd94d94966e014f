"""Show one customer, or the versions of one record, masked by class."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tutela.access import gate
from tutela.access.grants import Grant
from tutela.access.levels import Level
from tutela.access.purposes import Purpose
from tutela.base.actor import Actor
from tutela.crypto.values import Value
from tutela.trail.leaves import Exposure, Leaf

from . import catalogue, events, looks, permissions, queries
from .looks import Wanted
from .masked import MaskedDetail, MaskedRecord, MaskedVersion, mask_values
from .queries import Facts
from .rows import StoredRow


def view_customer(actor: Actor, customer_id: UUID | str, purpose: str) -> MaskedDetail:
    """All records of a customer, masked, after one trace. CustomerNotFound or a DataRefused."""
    gate.require(actor, permissions.CUSTOMER_VIEW)
    why = looks.purpose_of(purpose)
    facts = facts_of(actor, looks.customer_id_of(customer_id))
    levels, grant = visible_levels(actor, facts, why)
    records = queries.records([facts.customer_id])
    leaf = Leaf(
        event=events.CUSTOMER_VIEWED,
        actor=actor,
        subjects=looks.subjects_of([facts.customer_id]),
        classes=tuple(sorted(grant.classes)),
        fields=_shown(records, grant),
        exposure=Exposure.DETAIL_MASKED,
        purpose=why.value,
        decision=grant.as_leaf(),
        detail={"rows": len(records)},
    )
    opened = looks.open_rows(leaf, [_wanted(row, grant) for row in records])
    shown = [_record(row, opened.values.get(row.record_id, {}), levels) for row in records]
    refused = tuple(sorted({item for record in shown for item in record.refused_classes}))
    return MaskedDetail(facts.customer_id, facts.branch_id, tuple(shown), refused, opened.leaf_id)


def history(
    actor: Actor, customer_id: UUID | str, record_id: UUID, purpose: str
) -> list[MaskedVersion]:
    """The versions of a record, newest first, masked, each with the fields it changed."""
    gate.require(actor, permissions.HISTORY_VIEW)
    why = looks.purpose_of(purpose)
    facts = facts_of(actor, looks.customer_id_of(customer_id))
    levels, grant = visible_levels(actor, facts, why)
    versions = queries.versions(facts.customer_id, record_id)
    if not versions:
        raise looks.record_not_found(facts)
    leaf = Leaf(
        event=events.HISTORY_VIEWED,
        actor=actor,
        subjects=looks.subjects_of([facts.customer_id]),
        classes=tuple(sorted(grant.classes)),
        fields=_shown([row for row, _ in versions], grant),
        exposure=Exposure.DETAIL_MASKED,
        purpose=why.value,
        decision=grant.as_leaf(),
        detail={"record": str(record_id), "rows": len(versions)},
    )
    # Versions share a record id, so each is opened by itself under the place it has in the list.
    values = looks.open_versions(leaf, [_wanted(row, grant) for row, _ in versions])
    return _versions(versions, values, levels)


def facts_of(actor: Actor, customer_id: UUID, work_item: UUID | None = None) -> Facts:
    """What the gate must know of one customer, also of one who is not there: the gate is asked
    first, so that nobody can tell that one from a customer outside the scope."""
    named = {customer_id: work_item} if work_item else {}
    facts = queries.facts(actor, [customer_id], named).get(customer_id)
    return facts or queries.absent(customer_id)


def visible_levels(
    actor: Actor, facts: Facts, purpose: Purpose
) -> tuple[Mapping[int, Level], Grant]:
    """The level of each class, and a grant for those that may be seen; CustomerNotFound, or what
    the gate refuses, if there is none."""
    plan = gate.plan(actor, looks.ALL_CLASSES, purpose, Exposure.DETAIL_MASKED)
    levels = looks.levels_of(plan, facts)
    ask = gate.Ask(
        customer_id=str(facts.customer_id),
        branch_id=facts.branch_id,
        # Nothing to see: asking for what the post sees elsewhere tells which rule refused.
        classes=looks.visible(levels) or looks.visible(plan.levels) or looks.ALL_CLASSES,
        purpose=purpose,
        level=Level.MASKED,
        assigned=facts.assigned,
        work_item_linked=facts.linked,
        exposure=Exposure.DETAIL_MASKED,
    )
    return levels, looks.granted(actor, facts, ask)


def _shown(records: Iterable[StoredRow], grant: Grant) -> tuple[int, ...]:
    """The fields of their own cell that these rows hold and the grant covers, rising, for the leaf. Which fields a
    bundle holds is sealed: of those the leaf names the class."""
    held = {field for row in records for field in row.fields if field > 0}
    return tuple(sorted(field for field in held if catalogue.class_of(field) in grant.classes))


def _wanted(row: StoredRow, grant: Grant) -> Wanted:
    fields = (
        field.id
        for field in catalogue.fields_of(row.collection)
        if field.data_class in grant.classes
    )
    return Wanted(row, frozenset(fields), grant)


def _record(
    row: StoredRow, values: Mapping[int, Value], levels: Mapping[int, Level]
) -> MaskedRecord:
    classes = set(map(catalogue.class_of, row.fields))
    refused = tuple(sorted(classes - looks.visible(levels)))
    fields = [field for field in catalogue.fields_of(row.collection) if field.id in values]
    return MaskedRecord(
        row.record_id, row.collection, row.version, mask_values(fields, values, levels), refused
    )


def _versions(
    stored: Sequence[tuple[StoredRow, datetime]],
    values: Sequence[Mapping[int, Value]],
    levels: Mapping[int, Level],
) -> list[MaskedVersion]:
    older: Sequence[Mapping[int, Value]] = [*values[1:], {}]
    versions = []
    for (row, at), now, before in zip(stored, values, older, strict=True):
        fields = [field for field in catalogue.fields_of(row.collection) if field.id in now]
        differ = [item for item in now.keys() | before.keys() if now.get(item) != before.get(item)]
        changed = tuple(catalogue.by_id(item).code for item in sorted(differ))
        versions.append(MaskedVersion(row.version, at, mask_values(fields, now, levels), changed))
    return versions
