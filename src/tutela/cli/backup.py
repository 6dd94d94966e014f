"""Commands of backups: run, list, keep and remove them; their recipients and timetable; what waits for a second
person."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from tutela.cli import backup_outside, backup_proof, backup_targets, identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session

ChangeId = Annotated[UUID, typer.Argument(help="Id of the proposed change.")]
CopyId = Annotated[UUID, typer.Argument(help="Id of the copy.")]
RecipientId = Annotated[UUID, typer.Argument(help="Id of the recipient key.")]
Figure = int | None


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    group = typer.Typer(help="Backups: sealed, carried offsite, verified.", no_args_is_help=True)
    group.command("run")(run)
    group.command("runs")(list_runs)
    group.command("copies")(list_copies)
    group.command("hold")(hold)
    group.command("release")(release)
    group.command("retain")(retain)
    group.command("timetable")(show_timetable)
    group.command("sign-timetable")(sign_timetable)
    group.command("changes")(list_changes)
    group.command("approve")(approve)
    group.command("reject")(reject)
    backup_proof.add_to(group)
    recipients = typer.Typer(help="Public keys that open backups.", no_args_is_help=True)
    recipients.command("list")(list_recipients)
    recipients.command("add")(add_recipient)
    recipients.command("remove")(remove_recipient)
    recipients.command("sample")(write_sample)
    recipients.command("confirm")(confirm_sample)
    group.add_typer(recipients, name="recipients")
    backup_targets.add_to(group)
    backup_outside.add_to(group)
    app.add_typer(group, name="backup")


def run(
    kind: Annotated[str, typer.Option(help="full, base or incremental.")] = "full",
    wait: Annotated[
        bool,
        typer.Option("--wait/--no-wait", help="Make it in this shell, or leave it to the worker."),
    ] = True,
    who: As = "",
    as_json: Json = False,
) -> None:
    """Make a backup now: a full set, and the keys set of the same moment."""
    session.settings()
    from tutela.backup import queries
    from tutela.backup.actions import runs

    with session.database():
        actor = identity.actor(who)
        done = runs.back_up(actor, kind) if wait else queries.run(runs.run_now(actor, kind))
        output.print_row(_run(done), as_json=as_json)


def list_runs(
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many.")] = 30,
    who: As = "",
    as_json: Json = False,
) -> None:
    """List the newest backups, missed and failed ones too."""
    session.settings()
    from tutela.backup import listed

    with session.database():
        found = listed.runs(identity.actor(who), limit)
        output.print_rows([_run(one) for one in found], as_json=as_json)


def list_copies(who: As = "", as_json: Json = False) -> None:
    """List the copies that lie on a target, with their highest passed level."""
    session.settings()
    from tutela.backup import listed

    with session.database():
        rows = [
            {"copy": str(one.copy.id), "set": one.copy.run.set_name, "target": one.copy.target.name,
             "state": one.copy.state, "bytes": one.copy.bytes, "written": _time(one.copy.written_at),
             "verified_level": one.level, "locked_until": _time(one.copy.lock_until),
             "held": one.copy.hold, "code": one.copy.code}
            for one in listed.copies(identity.actor(who))
        ]  # fmt: skip
        output.print_rows(rows, as_json=as_json)


def hold(copy_id: CopyId, who: As = "", as_json: Json = False) -> None:
    """Keep a copy for the law, whatever the timetable says."""
    session.settings()
    from tutela.backup.actions import copies

    with session.database():
        copies.hold_copy(identity.actor(who), copy_id)
        output.print_row({"copy": str(copy_id), "result": "held"}, as_json=as_json)


def release(copy_id: CopyId, who: As = "", as_json: Json = False) -> None:
    """Propose to lift the hold of a copy; another person approves it."""
    session.settings()
    from tutela.backup.actions import copies

    with session.database():
        _print_waiting(copies.propose_release(identity.actor(who), copy_id), as_json=as_json)


def retain(who: As = "", as_json: Json = False) -> None:
    """Remove the copies whose time is over, as happens every night."""
    session.settings()
    from tutela.backup.actions import copies

    with session.database():
        removed = copies.apply_retention(identity.actor(who))
        output.print_row({"removed": removed}, as_json=as_json)


def show_timetable(who: As = "", as_json: Json = False) -> None:
    """Show the timetable in force, and when the next backup is due."""
    session.settings()
    from tutela.backup import listed

    with session.database():
        output.print_row(dict(listed.timetable(identity.actor(who))), as_json=as_json)


def sign_timetable(
    hour: Annotated[Figure, typer.Option(help="Local hour of the daily backup.")] = None,
    weekday: Annotated[Figure, typer.Option(help="Day of the promised one, Monday 0.")] = None,
    keep_daily: Annotated[Figure, typer.Option(help="Daily sets to keep.")] = None,
    keep_weekly: Annotated[Figure, typer.Option(help="Weekly sets to keep.")] = None,
    keep_monthly: Annotated[Figure, typer.Option(help="Monthly sets to keep.")] = None,
    keep_yearly: Annotated[Figure, typer.Option(help="Yearly sets to keep.")] = None,
    keys_days: Annotated[Figure, typer.Option(help="Days to keep keys sets.")] = None,
    rto_minutes: Annotated[Figure, typer.Option(help="Promised recovery time.")] = None,
    rpo_hours: Annotated[Figure, typer.Option(help="Promised greatest loss.")] = None,
    who: As = "",
    as_json: Json = False,
) -> None:
    """Propose a new edition of the timetable; another person approves it."""
    session.settings()
    from tutela.backup.actions import policy

    given = {
        "hour": hour, "weekday": weekday, "keep_daily": keep_daily, "keep_weekly": keep_weekly,
        "keep_monthly": keep_monthly, "keep_yearly": keep_yearly, "keys_days": keys_days,
        "rto_minutes": rto_minutes, "rpo_hours": rpo_hours,
    }  # fmt: skip
    with session.database():
        figures = {name: value for name, value in given.items() if value is not None}
        _print_waiting(policy.propose_policy(identity.actor(who), figures), as_json=as_json)


def list_changes(who: As = "", as_json: Json = False) -> None:
    """List the changes that wait for a second person."""
    session.settings()
    from tutela.backup import listed

    with session.database():
        rows = [
            {"change": str(one.id), "kind": one.kind, "verb": one.verb,
             "by": one.proposed_by.login, "at": _time(one.proposed_at)}
            for one in listed.changes(identity.actor(who))
        ]  # fmt: skip
        output.print_rows(rows, as_json=as_json)


def approve(change_id: ChangeId, who: As = "", as_json: Json = False) -> None:
    """Approve a change that another person proposed."""
    session.settings()
    from tutela.backup.actions import changes

    with session.database():
        changes.approve_change(identity.actor(who), change_id)
        output.print_row({"change": str(change_id), "result": "approved"}, as_json=as_json)


def reject(change_id: ChangeId, who: As = "", as_json: Json = False) -> None:
    """Reject a proposed change, or take back one's own."""
    session.settings()
    from tutela.backup.actions import changes

    with session.database():
        done = changes.reject_change(identity.actor(who), change_id)
        output.print_row({"change": str(change_id), "result": done.decision}, as_json=as_json)


def list_recipients(who: As = "", as_json: Json = False) -> None:
    """List the public keys that open backups."""
    session.settings()
    from tutela.backup import listed

    with session.database():
        rows = [
            {"recipient": str(one.id), "name": one.name, "role": one.role, "opens": one.opens,
             "state": one.state, "key": one.key, "escrow_checked": _time(one.escrow_checked_at)}
            for one in listed.recipients(identity.actor(who))
        ]  # fmt: skip
        output.print_rows(rows, as_json=as_json)


def add_recipient(
    name: Annotated[str, typer.Argument(help="Name of the key, for example escrow-notary.")],
    key: Annotated[str, typer.Argument(help="The public key; it begins with age1.")],
    role: Annotated[str, typer.Option(help="operations, escrow or drill.")],
    opens: Annotated[str, typer.Option(help="all, full or keys.")] = "all",
    who: As = "",
    as_json: Json = False,
) -> None:
    """Propose a public key to which new sets are sealed; another person approves it."""
    session.settings()
    from tutela.backup.actions import recipients

    with session.database():
        change = recipients.propose_recipient(
            identity.actor(who), name=name, role=role, key=key, opens=opens
        )
        _print_waiting(change, as_json=as_json)


def write_sample(
    recipient_id: RecipientId,
    out: Annotated[Path, typer.Argument(help="File to write.", dir_okay=False)],
    who: As = "",
    as_json: Json = False,
) -> None:
    """Write a small sealed file, whose word the holder of the private key tells after opening it."""
    session.settings()
    from tutela.backup.actions import recipients

    with session.database():
        out.write_bytes(recipients.sealed_sample(identity.actor(who), recipient_id))
        output.print_row({"recipient": str(recipient_id), "file": str(out)}, as_json=as_json)


def confirm_sample(
    recipient_id: RecipientId,
    word: Annotated[str, typer.Argument(help="The word in the sample.")],
    who: As = "",
    as_json: Json = False,
) -> None:
    """Record that the private key has opened a sample of today or yesterday."""
    session.settings()
    from tutela.backup.actions import recipients

    with session.database():
        recipients.confirm_sample(identity.actor(who), recipient_id, word)
        output.print_row({"recipient": str(recipient_id), "result": "checked"}, as_json=as_json)


def remove_recipient(
    recipient_id: RecipientId,
    who: As = "",
    as_json: Json = False,
) -> None:
    """Propose that new sets are no longer sealed to a key; another person approves it."""
    session.settings()
    from tutela.backup.actions import recipients

    with session.database():
        change = recipients.propose_removal(identity.actor(who), recipient_id)
        _print_waiting(change, as_json=as_json)


def _print_waiting(change: Any, *, as_json: bool) -> None:
    output.print_row({"change": str(change.id), "result": "waits"}, as_json=as_json)


def _run(one: Any) -> dict[str, Any]:
    return {
        "run": str(one.id), "kind": one.kind, "state": one.state, "due_on": _time(one.due_at),
        "snapshot": _time(one.snapshot_at), "ended": _time(one.ended_at), "weekly": one.weekly,
        "bytes": one.bytes_sealed, "set": one.set_name or "", "code": one.code,
    }  # fmt: skip


def _time(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
