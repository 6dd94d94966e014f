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
            *_figures(link, pair, laid),
            _asked("grants", lambda: _grants(link, pair.full)),
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


def _figures(link: "psycopg.Connection[Any]", pair: Pair, laid: Laid) -> list[Finding]:
    """Exactly the tables that the manifests name, each with its rows, and with the keyed hash of its sample."""
    began = time.monotonic()
    wanted = {(one["schema"], one["name"]): one for one in _lines(pair)}
    tables = {(one.schema, one.name): one for one in snapshot.tables(link)}
    found: dict[tuple[str, str], snapshot.Figures] = {}
    with link.transaction():
        snapshot.prepare(link)
        for opened, kind in ((pair.full, Kind.FULL), (pair.keys, Kind.KEYS)):
            key = laid.check_key(kind)
            for line in opened.manifest["tables"]:
                name = (line["schema"], line["name"])
                if name in tables:
                    found[name] = snapshot.figures_of(link, tables[name], key)
    seconds = time.monotonic() - began
    counts = {*(wanted.keys() ^ tables.keys())}
    counts |= {name for name, one in found.items() if one.rows != wanted[name]["rows"]}
    hashes = {name for name, one in found.items() if one.sample != wanted[name]["sample"]}
    rows, sampled = (
        sum(getattr(one, what) for one in found.values()) for what in ("rows", "sampled")
    )
    return [
        _told("counts", counts, seconds / 2, {"tables": len(found), "rows": rows}),
        _told("hashes", hashes, seconds / 2, {"sampled": sampled}),
    ]


def _told(
    name: str, unlike: set[tuple[str, str]], seconds: float, facts: dict[str, Any]
) -> Finding:
    if not unlike:
        return Finding(name, PASSED, seconds, facts)
    named = sorted(".".join(one) for one in unlike)[:NAMED]
    return Finding(
        name, FAILED, seconds, {"code": f"{name}_unlike", "count": len(unlike), "tables": named}
    )


def _lines(pair: Pair) -> list[Mapping[str, Any]]:
    return [*pair.full.manifest["tables"], *pair.keys.manifest["tables"]]


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
