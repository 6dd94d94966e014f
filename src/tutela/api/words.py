"""The rooms' results as the dicts that answers are made of."""

from collections.abc import Iterable
from typing import Any

from tutela.access.levels import Level
from tutela.trail.queries import LeafRow
from tutela.vault import catalogue
from tutela.vault.catalogue import Field
from tutela.vault.masked import (
    MaskedCustomer,
    MaskedDetail,
    MaskedField,
    MaskedRecord,
    MaskedVersion,
)
from tutela.vault.reveal import Revealed, RevealedBatch

LEVELS = {Level.NONE: "none", Level.MASKED: "masked", Level.CLEAR: "clear"}
_COLLECTIONS = {int(info.id): info.code for info in catalogue.COLLECTIONS}


def masks(fields: Iterable[MaskedField]) -> list[dict[str, Any]]:
    return [
        {
            "code": field.code,
            "name": field.name,
            "data_class": field.data_class,
            "level": field.level,
            "text": field.text,
            "revealable": field.revealable,
            "refused": field.refused,
        }
        for field in fields
    ]


def customer(shown: MaskedCustomer) -> dict[str, Any]:
    return {
        "customer_id": shown.customer_id,
        "branch_id": shown.branch_id,
        "broken": shown.broken,
        "fields": masks(shown.fields),
    }


def record(shown: MaskedRecord) -> dict[str, Any]:
    return {
        "record_id": shown.record_id,
        "collection": _COLLECTIONS[shown.collection],
        "version": shown.version,
        "fields": masks(shown.fields),
        "refused_classes": shown.refused_classes,
    }


def detail(shown: MaskedDetail) -> dict[str, Any]:
    return {
        "customer_id": shown.customer_id,
        "branch_id": shown.branch_id,
        "records": [record(one) for one in shown.records],
        "refused_classes": shown.refused_classes,
        "leaf_id": shown.leaf_id,
    }


def version(shown: MaskedVersion) -> dict[str, Any]:
    return {
        "version": shown.version,
        "written_at": shown.written_at,
        "fields": masks(shown.fields),
        "changed": shown.changed,
    }


def revealed(customer_id: object, shown: Revealed) -> dict[str, Any]:
    return {
        "customer_id": customer_id,
        "values": shown.values,
        "leaf_id": shown.leaf_id,
        "until": shown.until,
    }


def revealed_many(shown: RevealedBatch) -> dict[str, Any]:
    return {
        "values": {str(key): values for key, values in shown.values.items()},
        "refused": {str(key): code for key, code in shown.refused.items()},
        "leaf_ids": shown.leaf_ids,
        "until": shown.until,
    }


def field(one: Field) -> dict[str, Any]:
    return {
        "id": one.id,
        "code": one.code,
        "collection": _COLLECTIONS[int(one.collection)],
        "name": one.label(),
        "name_en": one.name_en,
        "name_zh": one.name_zh,
        "data_class": int(one.data_class),
        "level": one.level,
        "value_type": one.value_type,
        "search": [transform.name.lower() for transform in one.transforms],
        "mandatory": one.mandatory,
    }


def leaf(row: LeafRow) -> dict[str, Any]:
    """A leaf without the stated reason, which is sealed and may name somebody."""
    return {
        "id": row.id,
        "at": row.at,
        "event": row.event,
        "actor_kind": row.actor_kind,
        "actor_id": row.actor_id,
        "channel": row.channel,
        "source": row.source,
        "customers": [key for kind, key in row.subjects if kind == "customer"],
        "classes": row.classes,
        "fields": row.fields,
        "exposure": row.exposure.value,
        "purpose": row.purpose,
        "work_item": row.work_item,
        "outcome": row.outcome,
        "code": row.code,
        "rows": row.rows,
        "broken": row.broken,
    }
