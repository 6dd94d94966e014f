"""The trail as files at the shell: a proof of one leaf, whole exports with their proof, OCSF events."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from tutela.cli import identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session

FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]
Since = Annotated[datetime | None, typer.Option(formats=FORMATS, help="From this time on.")]
Until = Annotated[datetime | None, typer.Option(formats=FORMATS, help="Before this time.")]


def add_to(group: typer.Typer) -> None:
    """Name the commands."""
    group.command("prove")(prove)
    group.command("export")(export)
    group.command("ocsf")(ocsf)


def prove(
    leaf: Annotated[UUID, typer.Argument(help="Id of the entry.")],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="File to write: .tlog-proof, or .zip with verifier.")
    ],
    who: As = "",
    as_json: Json = False,
) -> None:
    """Write the proof that an entry stands in the signed log; verify it with `tutela-verify proof FILE`."""
    session.settings()
    from tutela.vault import trail_proofs

    packed = out.suffix.lower() == ".zip"
    with session.database():
        proven = trail_proofs.prove_leaf(
            identity.actor(who), leaf, "zip" if packed else "tlog-proof"
        )
        with out.open("wb") as file:
            if packed:
                trail_proofs.write_pack(proven, file)
            else:
                file.write(proven.text().encode())
    row: dict[str, Any] = {
        "file": str(out), "index": proven.index, "origin": proven.head.origin, "size": proven.head.size,
        "root": proven.head.root.hex(),
    }  # fmt: skip
    output.print_row(row, as_json=as_json)


def export(
    out: Annotated[Path, typer.Option("--out", "-o", help="Zip file to write.")],
    since: Since = None,
    until: Until = None,
    table: Annotated[
        str, typer.Option(help="Table for readers: csv, xlsx, jsonl or none.")
    ] = "csv",
    who: As = "",
    as_json: Json = False,
) -> None:
    """Write all entries of a time and the proof that none is missing; check it: `tutela-verify export FILE`."""
    session.settings()
    from tutela.trail.tree import range_files
    from tutela.vault import trail_proofs

    if table not in {*range_files.TABLES, "none"}:
        raise typer.BadParameter(", ".join((*range_files.TABLES, "none")))
    kind = "" if table == "none" else table
    with session.database():
        actor = identity.actor(who)
        wanted = trail_proofs.begin_export(actor, _aware(since), _aware(until), kind)
        with out.open("wb") as file:
            trail_proofs.write_export(actor, wanted, kind, file)
    row: dict[str, Any] = {
        "file": str(out), "first": wanted.first, "leaves": wanted.count, "origin": wanted.late.origin,
        "size": wanted.late.size, "bytes": out.stat().st_size,
    }  # fmt: skip
    output.print_row(row, as_json=as_json)


def ocsf(
    out: Annotated[Path, typer.Option("--out", "-o", help="File of JSON lines to write.")],
    schema: Annotated[
        str, typer.Option(help="Version of the OCSF schema: 1.8.0, 1.5.0 or 1.3.0.")
    ] = "1.8.0",
    person: Annotated[str, typer.Option(help="Name, staff number, login or account id.")] = "",
    customer: Annotated[str, typer.Option(help="Customer id.")] = "",
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, help="Maximum number of entries.")] = 200_000,
    who: As = "",
    as_json: Json = False,
) -> None:
    """Write entries as events of the Open Cybersecurity Schema Framework (OCSF), newest first; this is logged."""
    session.settings()
    from tutela.access import people_search, trail_search
    from tutela.trail import ocsf as events
    from tutela.trail.queries import LeafFilter

    if schema not in events.VERSIONS:
        raise typer.BadParameter(", ".join(events.VERSIONS))
    with session.database():
        wanted = LeafFilter(
            actor_id=str(people_search.find_one(person).id) if person else "",
            subject=("customer", customer) if customer else None,
            since=_aware(since),
            until=_aware(until),
        )
        rows = trail_search.export_leaves(identity.actor(who), wanted, f"ocsf-{schema}", limit)
        count = 0
        with out.open("w", encoding="utf-8") as file:
            for row in rows:
                event = events.event_of(row, schema)
                file.write(json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n")
                count += 1
    output.print_row({"file": str(out), "version": schema, "events": count}, as_json=as_json)


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None
