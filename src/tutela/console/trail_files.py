"""The trail as a file: for people as CSV and XLSX, for machines as JSON lines, OCSF. Written while it is read."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from django.http import StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tutela.access import trail_search
from tutela.base.actor import Actor
from tutela.trail import events as trail_events
from tutela.trail import ocsf, queries
from tutela.trail.queries import LeafFilter, LeafRow
from tutela.trail.segments.rows import Segment
from tutela.web import exports

from . import leaf_lines
from .leaf_lines import LeafLine
from .segment_forms import BASIS_WORDS

OCSF: Final = {f"ocsf-{version}": version for version in ocsf.VERSIONS}
"""Events of a security team's own tools, by the version of their schema; the newest first."""
LIMITS: Final = {"xlsx": 50_000, "csv": 200_000, "jsonl": 200_000, **dict.fromkeys(OCSF, 200_000)}
"""The most entries of a file, the newest first; for more, the period is cut into parts."""
_CUSTOMERS: Final = 100
"""So many customers are named in one cell, which a spreadsheet cuts off at 32,767 characters."""
_TOGETHER: Final = 500
"""Entries whose names of people are looked up at once."""


def answer(actor: Actor, wanted: LeafFilter, file_format: str) -> StreamingHttpResponse:
    """The entries wanted, newest first, as a file of one of LIMITS; the export's own leaf is written before."""
    rows = trail_search.export_leaves(actor, wanted, file_format, LIMITS[file_format])
    gone = queries.purged(wanted)
    if file_format == "jsonl":
        lines = chain((_encoded(row) for row in rows), (_purged(one) for one in gone))
        return exports.stream_lines("trail", lines)
    if version := OCSF.get(file_format):
        return exports.stream_lines(f"trail-{file_format}", (_event(row, version) for row in rows))
    header = [
        _("Time"), _("Entry"), _("Person"), _("Account"), _("What happened"), _("Event"), _("Exposure"),
        _("Fields"), _("Rows"), _("Customers"), _("Ids of customers"), _("Purpose"), _("Work item"),
        _("Channel"), _("Network address"), _("Outcome"), _("Code"), _("Broken"), _("Other system"),
        _("Time told by the other system"),
    ]  # fmt: skip
    texts = chain(
        _texts(actor, rows, translation.get_language() or ""), [_gone(one) for one in gone]
    )
    return exports.stream(file_format, "trail", header, texts)


def _texts(actor: Actor, rows: Iterator[LeafRow], language: str) -> Iterator[list[str]]:
    """The cells of each entry, in the language of the request: when they are written it is over."""
    batch: list[LeafRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _TOGETHER:
            yield from _cells_of(actor, batch, language)
            batch = []
    yield from _cells_of(actor, batch, language)


def _cells_of(actor: Actor, batch: list[LeafRow], language: str) -> list[list[str]]:
    with translation.override(language):
        return [_cells(line) for line in leaf_lines.lines(actor, batch)]


def _cells(line: LeafLine) -> list[str]:
    row = line.row
    named = " ".join(line.customers[:_CUSTOMERS])
    if len(line.customers) > _CUSTOMERS:
        named += f" +{len(line.customers) - _CUSTOMERS}"
    return [
        timezone.localtime(row.at).isoformat(timespec="milliseconds"), str(row.id), line.who,
        row.actor_id, line.event, row.event, line.exposure, ", ".join(line.fields),
        "" if row.rows is None else str(row.rows), str(len(line.customers)), named, line.purpose,
        row.work_item, line.door, row.source, row.outcome, row.code, row.broken, line.outside,
        timezone.localtime(line.told).isoformat(timespec="milliseconds") if line.told else "",
    ]  # fmt: skip


def _event(row: LeafRow, version: str) -> str:
    """One entry as an OCSF event."""
    return json.dumps(ocsf.event_of(row, version), ensure_ascii=False, separators=(",", ":"))


def _gone(segment: Segment) -> list[str]:
    """The line that says that a month was purged, in place of its entries."""
    said = _("%(month)s: %(count)s entries purged on %(day)s: %(basis)s") % {
        "month": segment.name,
        "count": segment.leaves,
        "day": timezone.localdate(segment.purged_at).isoformat(),
        "basis": BASIS_WORDS.get(segment.basis, segment.basis),
    }
    at = timezone.localtime(segment.purged_at).isoformat(timespec="milliseconds")
    return [
        at,
        str(segment.purged_leaf),
        "",
        "",
        said,
        trail_events.SEGMENT_PURGED.name,
        *[""] * 12,
    ]


def _purged(segment: Segment) -> str:
    """The same for programs."""
    said = {
        "purged": segment.name,
        "first": segment.first,
        "last": segment.last,
        "begins_at": segment.begins_at.isoformat(timespec="milliseconds"),
        "ends_at": segment.ends_at.isoformat(timespec="milliseconds"),
        "purged_at": segment.purged_at.isoformat() if segment.purged_at else "",
        "basis": segment.basis,
        "leaf": str(segment.purged_leaf),
    }
    return json.dumps(said, separators=(",", ":"))


def _encoded(row: LeafRow) -> str:
    """One entry with all its codes and ids; the stated reason is sealed and stays in the trail."""
    said: dict[str, Any] = {
        "id": str(row.id),
        "at": timezone.localtime(row.at).isoformat(timespec="milliseconds"),
        "event": row.event,
        "actor": {"kind": row.actor_kind, "id": row.actor_id},
        "channel": row.channel,
        "source": row.source,
        "subjects": [list(subject) for subject in row.subjects],
        "classes": list(row.classes),
        "fields": list(row.fields),
        "exposure": row.exposure.value,
        "purpose": row.purpose,
        "work_item": row.work_item,
        "decision": dict(row.decision),
        "detail": dict(row.detail),
        "has_reason": bool(row.note),
        "broken": row.broken,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
