"""Settle the mapping of a file, and keep it for files with the same columns."""

from django.db import transaction

from tutela.access import gate
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.trail import log
from tutela.trail.leaves import Leaf
from tutela.vault import events, permissions
from tutela.vault.importing import mappings, orders, reach
from tutela.vault.importing.mappings import SavedMappings
from tutela.vault.importing.orders import Instructions, Order
from tutela.vault.importing.reading.table import Table


def prepare_order(actor: Actor, table: Table, asked: Instructions) -> Order:
    """Settle the mapping of an opened file."""
    gate.require(actor, permissions.IMPORT_RUN)
    check_free_text(source=asked.source_name)
    order = orders.settle(table, SavedMappings(actor), asked)
    order = order if asked.mapping else reach.narrowed(actor, order)
    if asked.changes:
        order = orders.given(table, order.plan, asked.changes, asked.source_name, order.name)
    return order if asked.clears is None else order.clearing(asked.clears)


def save_mapping(actor: Actor, name: str, order: Order) -> None:
    """Keep an order's mapping by name; it is recalled for every file of the account with the same columns.
    MappingTaken."""
    grant = gate.require(actor, permissions.MAPPING_SAVE)
    check_free_text(name=name)
    plan = order.checked_plan()
    leaf = Leaf(
        event=events.MAPPING_SAVED,
        actor=actor,
        decision=grant.as_leaf(),
        detail={"collection": order.collection, "columns": len(plan.columns)},
    )
    with transaction.atomic():
        mappings.save(actor, name, plan, order.table.columns)
        log.append_with_change(leaf)
