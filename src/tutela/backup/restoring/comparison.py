"""A restored database beside the manifests of its sets: rows, samples, grants, triggers, foreign keys."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import psycopg

from tutela.backup import shape, snapshot
from tutela.backup.reading import OpenedSet
from tutela.backup.rules import Kind
from tutela.backup.scratch import Server
from tutela.trail import actions as trail_actions

from .database import connect
from .inspection import FAILED, PASSED, Broken, Finding
from .laid import Laid, Pair

NAMED: Final = 5
"""Tables or roles that a finding names; the others are counted."""


def compare(server: Server, database: str, pair: Pair, laid: Laid) -> list[Finding]:
    """Every question in turn, before anything is written to the restored database."""
    with connect(server, database) as link:
        return [
            _asked("tables_complete", lambda: _tables(link, pair)),
            _asked("rows_and_samples", lambda: _figures(link, pair, laid)),
            _asked("grants_by_role", lambda: _grants(link, pair.full)),
            *_shapes(link, pair.full),
            _asked("triggers_fire", lambda: _fire(link)),
        ]


def _asked(name: str, question: Callable[[], dict[str, Any]]) -> Finding:
    began = time.monotonic()
    try:
        detail = question()
    except Broken as broken:
        return Finding(name, FAILED, time.monotonic() - began, broken.facts)
    return Finding(name, PASSED, time.monotonic() - began, detail)


def _tables(link: "psycopg.Connection[Any]", pair: Pair) -> dict[str, Any]:
    """No table more and none less than the manifests name."""
    wanted = {(one["schema"], one["name"]) for one in _lines(pair)}
    found = {(one.schema, one.name) for one in snapshot.tables(link)}
    unlike = sorted(".".join(one) for one in wanted ^ found)
    if unlike:
        raise Broken(code="tables_unlike", count=len(unlike), tables=unlike[:NAMED])
    return {"tables": len(found)}


def _lines(pair: Pair) -> list[Mapping[str, Any]]:
    return [*pair.full.manifest["tables"], *pair.keys.manifest["tables"]]


def _figures(link: "psycopg.Connection[Any]", pair: Pair, laid: Laid) -> dict[str, Any]:
    """Each table has the rows and the keyed hash of the sample that it had at the snapshot."""
    rows, sampled, unlike = 0, 0, []
    tables = {(one.schema, one.name): one for one in snapshot.tables(link)}
    with link.transaction():
        snapshot.prepare(link)
        for opened, kind in ((pair.full, Kind.FULL), (pair.keys, Kind.KEYS)):
            key = laid.check_key(kind)
            for line in opened.manifest["tables"]:
                table = tables.get((line["schema"], line["name"]))
                found = snapshot.figures_of(link, table, key) if table else None
                if found is None or (found.rows, found.sample) != (line["rows"], line["sample"]):
                    unlike.append(f"{line['schema']}.{line['name']}")
                else:
                    rows, sampled = rows + found.rows, sampled + found.sampled
    if unlike:
        raise Broken(code="rows_unlike", count=len(unlike), tables=unlike[:NAMED])
    return {"rows": rows, "sampled": sampled, "tables": len(tables)}


def _grants(link: "psycopg.Connection[Any]", full: OpenedSet) -> dict[str, Any]:
    """Each role may do exactly what it might: one missing role loses all grants of a table."""
    wanted = full.manifest["database"]["grants"]
    held = snapshot.grants(link)
    found = {
        role: {"count": len(lines), "sha256": snapshot.grants_hash(lines)}
        for role, lines in held.items()
    }
    unlike = [role for role in sorted({*wanted, *found}) if wanted.get(role) != found.get(role)]
    if unlike:
        raise Broken(code="grants_unlike", roles=unlike[:NAMED])
    return {"roles": len(found), "grants": sum(len(lines) for lines in held.values())}


def _shapes(link: "psycopg.Connection[Any]", full: OpenedSet) -> list[Finding]:
    """Triggers, foreign keys and indexes as they were, each switched on and valid."""
    wanted: Mapping[str, shape.Group] = full.manifest["database"].get("shape", {})
    began = time.monotonic()
    found = shape.describe(link.cursor())
    unlike = shape.differences(wanted, found)
    seconds = (time.monotonic() - began) / max(len(found), 1)
    findings = []
    for kind, group in found.items():
        tables = unlike.get(kind, [])
        if tables or kind not in wanted:
            facts = {"code": f"{kind}_unlike", "count": len(tables), "tables": tables[:NAMED]}
            findings.append(Finding(kind, FAILED, seconds, facts))
        else:
            lines = sum(int(line[0]) for line in group.values())
            findings.append(Finding(kind, PASSED, seconds, {"count": lines}))
    return findings


def _fire(link: "psycopg.Connection[Any]") -> dict[str, Any]:
    """A trigger that exists and is on also refuses: tried on the trail, and rolled back."""
    if not trail_actions.refuses_change(link):
        raise Broken(code="trigger_silent")
    return {}
