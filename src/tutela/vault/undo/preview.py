"""What undoing an import would change, by customer and field, masked: the gate is asked, and a leaf that
names the customers is durable before anything is opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tutela.access import gate
from tutela.access.grants import Grant
from tutela.access.plan import Plan
from tutela.base.actor import Actor
from tutela.crypto.values import Value
from tutela.trail.leaves import Exposure, Leaf
from tutela.vault import catalogue, events, looks, permissions
from tutela.vault import queries as vault
from tutela.vault.looks import Wanted
from tutela.vault.masked import MaskedField, mask_values
from tutela.vault.queries import Facts

from . import queries
from .queries import NOTHING, Step

AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field as it is and as it would be, both masked; empty where there is none."""

    name: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record. `ends`: the import made it, so it would end; `shown`: the matrix shows it to the reader."""

    customer_id: UUID
    record_id: UUID
    collection: int
    ends: bool
    shown: bool
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """A page of records; `after`: where the next one starts, None at the end."""

    records: tuple[RecordChange, ...]
    after: tuple[UUID, UUID] | None


def preview_undo(
    actor: Actor, batch: UUID, purpose: str, after: tuple[UUID, UUID] | None = None
) -> UndoPreview:
    """A page of what would change. BatchMissing, PurposeMissing, or what the gate refuses."""
    from tutela.vault.importing import viewers

    grant = gate.require(actor, permissions.IMPORT_UNDO)
    viewers.undone_by(actor, batch)
    plan = gate.plan(actor, looks.ALL_CLASSES, looks.purpose_of(purpose), Exposure.DETAIL_MASKED)
    gate.check_plan(plan)
    page = queries.steps(batch, after or (NOTHING, NOTHING), AT_ONCE + 1)
    steps = page[:AT_ONCE]
    customers = list(dict.fromkeys(step.customer_id for step in steps))
    facts = vault.facts(actor, customers, {})
    grants = looks.masked_grants(
        actor, plan, list(facts.values()), looks.ALL_CLASSES, Exposure.DETAIL_MASKED
    )
    leaf = Leaf(
        event=events.IMPORT_UNDO_PREVIEWED,
        actor=actor,
        subjects=looks.subjects_of(customers),
        classes=tuple(sorted(looks.visible(plan.levels))),
        exposure=Exposure.DETAIL_MASKED,
        purpose=plan.purpose.value,
        decision=plan.as_leaf() | {"permission": grant.as_leaf()["permission"]},
        detail={"batch": str(batch), "rows": len(steps)},
    )
    records = _records(plan, leaf, steps, facts, grants)
    return UndoPreview(tuple(records), steps[-1].place if len(page) > AT_ONCE else None)


def _records(
    plan: Plan,
    leaf: Leaf,
    steps: Sequence[Step],
    facts: Mapping[UUID, Facts],
    grants: Mapping[UUID, Grant],
) -> list[RecordChange]:
    present = {
        (row.customer_id, row.record_id): row
        for row in vault.records([step.customer_id for step in steps])
    }
    earlier = queries.earlier(list(steps))
    wanted: list[Wanted] = []
    places: list[tuple[Step, bool]] = []
    for step in steps:
        grant, row = grants.get(step.customer_id), present.get(step.place)
        if grant is None or row is None:
            continue
        fields = catalogue.fields_of(step.collection)
        seen = frozenset(field.id for field in fields if field.data_class in grant.classes)
        wanted.append(Wanted(row, seen, grant))
        places.append((step, False))
        if known := earlier.get(step.place):
            wanted.append(Wanted(known.row, seen, grant))
            places.append((step, True))
    values = dict(zip(places, looks.open_versions(leaf, wanted), strict=True))
    return [_change(plan, step, facts.get(step.customer_id), values) for step in steps]


def _change(
    plan: Plan,
    step: Step,
    facts: Facts | None,
    values: Mapping[tuple[Step, bool], Mapping[int, Value]],
) -> RecordChange:
    now, then = values.get((step, False)), values.get((step, True), {})
    about = (step.customer_id, step.record_id, step.collection, step.before is None)
    if now is None or facts is None:
        return RecordChange(*about, shown=False, fields=())
    levels = looks.levels_of(plan, facts)
    fields = catalogue.fields_of(step.collection)
    differ = {field.id for field in fields if now.get(field.id) != then.get(field.id)}
    changed = [field for field in fields if field.id in differ]
    texts = [
        {item.code: item for item in mask_values(changed, side, levels) if not item.refused}
        for side in (now, then)
    ]
    return RecordChange(
        *about,
        shown=True,
        fields=tuple(
            FieldChange(
                field.label(), _text(texts[0].get(field.code)), _text(texts[1].get(field.code))
            )
            for field in changed
            if field.code in texts[0] or field.code in texts[1]
        ),
    )


def _text(field: MaskedField | None) -> str:
    return field.text if field else ""
