"""Commands of other programs' backups: bring their status in, list it, and say what they cannot tell."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from tutela.cli import identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session

Tool = Annotated[str, typer.Option(help="pgbackrest, barman, restic or borg.")]


def add_to(group: typer.Typer) -> None:
    """Name the commands."""
    outside = typer.Typer(help="Backups that other programs make.", no_args_is_help=True)
    outside.command("list")(list_outside)
    outside.command("report")(report)
    outside.command("blind-spots")(list_blind_spots)
    group.add_typer(outside, name="outside")


def list_outside(who: As = "", as_json: Json = False) -> None:
    """List what other programs last said of their backups."""
    session.settings()
    from tutela.backup import listed
    from tutela.backup.outside.blind_spots import FINDINGS
    from tutela.backup.outside.report import Finding

    with session.database():
        rows = [
            {"name": one.name, "tool": one.tool, "version": one.version,
             "newest": one.newest_at, "complete": one.complete, "incomplete": one.incomplete,
             "bytes": one.size, "received": one.received_at,
             "found": " ".join(str(FINDINGS[Finding(code)]) for code in one.findings)}
            for one in listed.outside(identity.actor(who))
        ]  # fmt: skip
        output.print_rows(rows, as_json=as_json)


def report(
    name: Annotated[
        str, typer.Argument(help="What this source is called here, for example core-db.")
    ],
    file: Annotated[Path, typer.Argument(help="The program's JSON output; - for standard input.")],
    tool: Tool,
    server: Annotated[str, typer.Option(help="Stanza or server, where there are several.")] = "",
    zone: Annotated[str, typer.Option(help="Time zone of the machine on which borg ran.")] = "",
    who: As = "",
    as_json: Json = False,
) -> None:
    """Bring in the output of: pgbackrest --output=json info, barman -f json list-backup, restic snapshots --json,
    borg info --json --last 2."""
    session.settings()
    from tutela.backup.actions import outside
    from tutela.backup.outside.blind_spots import FINDINGS
    from tutela.backup.outside.report import MOST_BYTES

    with session.database():
        actor = identity.actor(who)
        source = sys.stdin.buffer if str(file) == "-" else file.open("rb")
        with source:
            text = source.read(MOST_BYTES + 1)
        told = outside.Output(tool=tool, text=text, server=server, zone=zone)
        row, found = outside.report_outside(actor, name, told)
        output.print_row(
            {"name": name, "tool": row.tool, "newest": row.newest_at, "complete": row.complete,
             "incomplete": row.incomplete, "found": " ".join(str(FINDINGS[one]) for one in found.findings)},
            as_json=as_json,
        )  # fmt: skip


def list_blind_spots(as_json: Json = False) -> None:
    """List what other backup programs do not say, with the version in which it was seen."""
    session.settings()
    from tutela.backup.outside.blind_spots import BLIND_SPOTS

    with session.database():
        rows = [
            {"tool": one.tool.value, "version": one.version, "code": one.code,
             "found": str(one.words), "command": one.source}
            for one in BLIND_SPOTS
        ]  # fmt: skip
        output.print_rows(rows, as_json=as_json)
