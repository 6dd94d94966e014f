"""Bring files in as the shell does: open, settle the mapping, run."""

from typing import Any

from tutela.base.actor import Actor
from tutela.vault.importing.actions import files, imports, orders
from tutela.vault.importing.actions.files import Inspection
from tutela.vault.importing.actions.imports import ImportResult, RunOptions
from tutela.vault.importing.orders import Instructions, Order
from tutela.vault.importing.reading.sources import Source


def prepare(actor: Actor, source: Source, **asked: Any) -> Order:
    """An order by `Instructions`; `read_as`: how the file is to be read."""
    table = files.open_file(actor, source, asked.get("mapping"), asked.pop("read_as", None))
    return orders.prepare_order(actor, table, Instructions(**asked))


def bring_in(actor: Actor, source: Source, **asked: Any) -> ImportResult:
    """Import a file; what is asked are fields of `Instructions` and `RunOptions`."""
    options = {name: asked.pop(name) for name in RunOptions.__annotations__ if name in asked}
    return imports.run_import(actor, prepare(actor, source, **asked), RunOptions(**options))


def look(actor: Actor, source: Source) -> Inspection:
    """What a file is, as its uploader is told."""
    return files.inspect(actor, files.open_file(actor, source))
