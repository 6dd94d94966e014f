"""The commands that prove backups: reading a copy back, and restore drills."""

from typing import Annotated, Any
from uuid import UUID

import typer

from tutela.cli import identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session

CopyId = Annotated[UUID, typer.Argument(help="Id of the copy.")]


def add_to(group: typer.Typer) -> None:
    """Name the commands."""
    group.command("verify")(verify)
    group.command("drill")(drill)
    group.command("drills")(list_drills)


def verify(
    copy_id: CopyId,
    level: Annotated[
        int, typer.Option(min=0, max=2, help="0 lengths, 1 every byte, 2 opened to its end.")
    ] = 2,
    who: As = "",
    as_json: Json = False,
) -> int:
    """Read a copy back from its target; the result is kept. Exit code 1 unless it passed."""
    session.settings()
    from tutela.backup.actions import verifications

    with session.database():
        row = verifications.verify(identity.actor(who), copy_id, level)
        output.print_row(
            {"copy": str(copy_id), "level": row.level, "result": row.result, "code": row.code,
             "seconds": round(row.seconds, 2)},
            as_json=as_json,
        )  # fmt: skip
        return 0 if row.result == "passed" else 1


def drill(
    chosen: Annotated[
        str, typer.Option(help="newest, oldest or random; what is next in turn if left out.")
    ] = "",
    copy_id: Annotated[UUID | None, typer.Option("--copy", help="Id of the copy.")] = None,
    who: As = "",
    as_json: Json = False,
) -> int:
    """Run a restore drill now: restore a set into a scratch database, check it, destroy it. Exit code 1 unless it
    passed."""
    session.settings()
    from tutela.backup.actions import drills
    from tutela.backup.rules import DrillState

    with session.database():
        done = drills.drill_now(identity.actor(who), chosen, copy_id)
        report: dict[str, Any] = done.report or {}
        for stage in report.get("stages", ()):
            if not as_json:
                output.say(
                    f"{stage['stage']} {stage['result']} {stage['seconds']} s {stage['code']}"
                )
        row = {"drill": str(done.id), **_row(done)}
        output.print_row({**row, "report": report} if as_json else row, as_json=as_json)
        return 0 if done.state == DrillState.PASSED else 1


def list_drills(who: As = "", as_json: Json = False) -> None:
    """List the restore drills, newest first."""
    session.settings()
    from tutela.access import gate
    from tutela.backup import permissions
    from tutela.backup.models import Drill

    with session.database():
        gate.require(identity.actor(who), permissions.READ)
        found = Drill.objects.select_related("run").order_by("-created_at")[:50]
        output.print_rows(({"drill": str(one.id), **_row(one)} for one in found), as_json=as_json)


def _row(one: Any) -> dict[str, Any]:
    return {
        "set": one.run.set_name if one.run else "", "chosen": one.chosen, "state": one.state, "code": one.code,
        "level": (one.report or {}).get("level"), "rto_seconds": one.rto_seconds,
        "rpo_seconds": one.rpo_seconds, "ended": one.ended_at.isoformat() if one.ended_at else "",
    }  # fmt: skip
