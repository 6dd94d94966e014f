"""Entries of leaves beside the rows of the vault: what is there, and each difference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tutela.vault import anchors
from tutela.vault.anchors import Entry
from tutela.vault.queries import fetch_binary

from .faults import Fault, FaultCode, Tally
from .leaves import Said

# Answers only with what differs. A version that was followed by another lies in the history.
_RECORDS = """
    SELECT w.n::int, r.version, h.version FROM unnest(%(customers)s::uuid[], %(records)s::uuid[],
        %(versions)s::int[], %(manifests)s::bytea[])
        WITH ORDINALITY AS w (customer_id, record_id, version, manifest, n)
    LEFT JOIN vault.record r ON r.customer_id = w.customer_id AND r.record_id = w.record_id
    LEFT JOIN vault.record_history h ON r.version > w.version AND h.customer_id = w.customer_id
        AND h.record_id = w.record_id AND h.version = w.version
    WHERE (r.version = w.version AND r.manifest = w.manifest) IS NOT TRUE
        AND (h.manifest = w.manifest) IS NOT TRUE"""
_CUSTOMERS = """
    SELECT w.n::int, c.version, c.branch_id FROM unnest(%(customers)s::uuid[], %(versions)s::int[],
        %(branches)s::int[]) WITH ORDINALITY AS w (customer_id, version, branch_id, n)
    LEFT JOIN vault.customer c ON c.customer_id = w.customer_id
    WHERE (c.version = w.version AND c.branch_id = w.branch_id) IS NOT TRUE"""


@dataclass(frozen=True, slots=True)
class _Item:
    """An entry with the leaf that says it."""

    entry: Entry
    leaf: UUID
    at: datetime


def compare(said: Iterable[Said], tally: Tally) -> None:
    """Count what is there and add each difference."""
    items: list[_Item] = []
    for report in said:
        tally.leaves += 1
        tally.add(report.faults)
        items += [_Item(entry, report.leaf, report.at) for entry in report.entries]
    records = [item for item in items if item.entry.record != anchors.NO_RECORD]
    moves = [item for item in items if item.entry.customer_version]
    record_faults = _records(records)
    customer_faults, older = _customers(moves)
    tally.records += len(records) - len(record_faults)
    tally.moves += len(moves) - len(customer_faults) - older
    tally.add(record_faults.values())
    tally.add(customer_faults.values())
    for listed, faults in ((records, record_faults), (moves, customer_faults)):
        there = [item.at for number, item in enumerate(listed, 1) if number not in faults]
        if there:
            tally.present(max(there))


def _records(items: Sequence[_Item]) -> dict[int, Fault]:
    """The versions that are not as their leaves say, by place from 1."""
    if not items:
        return {}
    values: dict[str, Any] = {
        "customers": _ids([item.entry.customer for item in items]),
        "records": _ids([item.entry.record for item in items]),
        "versions": _numbers([item.entry.version for item in items]),
        "manifests": _blobs([item.entry.manifest for item in items]),
    }
    faults = {}
    for number, present, older in fetch_binary(_RECORDS, values):
        item = items[number - 1]
        faults[number] = _fault(_record_code(item.entry.version, present, older), item)
    return faults


def _record_code(version: int, present: int | None, older: int | None) -> FaultCode:
    if present is None:
        return FaultCode.RECORD_MISSING
    if present < version:
        return FaultCode.VERSION_BACK
    if present > version and older is None:
        return FaultCode.VERSION_MISSING
    return FaultCode.MANIFEST_CHANGED


def _customers(items: Sequence[_Item]) -> tuple[dict[int, Fault], int]:
    """The customers that are not where their leaves say, and how many have moved on since."""
    if not items:
        return {}, 0
    values: dict[str, Any] = {
        "customers": _ids([item.entry.customer for item in items]),
        "versions": _numbers([item.entry.customer_version for item in items]),
        "branches": _numbers([item.entry.branch for item in items]),
    }
    faults, older = {}, 0
    for number, present, _branch in fetch_binary(_CUSTOMERS, values):
        item = items[number - 1]
        version = item.entry.customer_version
        if present is None:
            faults[number] = _fault(FaultCode.CUSTOMER_MISSING, item)
        elif present < version:
            faults[number] = _fault(FaultCode.CUSTOMER_BACK, item)
        elif present == version:
            faults[number] = _fault(FaultCode.BRANCH_CHANGED, item)
        else:
            older += 1
    return faults, older


def _fault(code: FaultCode, item: _Item) -> Fault:
    entry = item.entry
    record = UUID(bytes=entry.record) if entry.record != anchors.NO_RECORD else None
    return Fault(code, UUID(bytes=entry.customer), record, entry.version, item.leaf, item.at)


def _ids(ids: Sequence[bytes]) -> str:
    """An array's text, which is read in less time than a list of values is written."""
    return "{" + ",".join([key.hex() for key in ids]) + "}"


def _numbers(numbers: Sequence[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


def _blobs(blobs: Sequence[bytes]) -> str:
    return "{" + ",".join([f'"\\\\x{blob.hex()}"' for blob in blobs]) + "}"
