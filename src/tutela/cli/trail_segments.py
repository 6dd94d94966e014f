"""The commands about sealed months: `tutela trail segments` lists them, others seal, verify, hold and purge."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from tutela.cli import identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session
from tutela.cli.translations import gettext as _

Month = Annotated[str, typer.Argument(help="Sealed month, for example 2026-10.")]
PurgeId = Annotated[UUID, typer.Argument(help="Id of the purge request.")]
LiftId = Annotated[UUID, typer.Argument(help="Id of the request to lift a hold.")]
Why = Annotated[str, typer.Option("--reason", help="Reason, without customers' data.")]
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def add_to(group: typer.Typer) -> None:
    """Name the commands, below `tutela trail`."""
    segments = typer.Typer(help="Sealed months of the trail.")
    segments.callback(invoke_without_command=True)(list_segments)
    segments.command("seal")(seal)
    segments.command("verify")(verify_segment)
    segments.command("restore")(restore)
    segments.command("leaves")(write_leaves)
    segments.command("hold")(hold)
    segments.command("holds")(list_holds)
    segments.command("lift")(lift)
    segments.command("lifts")(list_lifts)
    segments.command("approve-lift")(approve_lift)
    segments.command("reject-lift")(reject_lift)
    segments.command("purge")(propose_purge)
    segments.command("purges")(list_purges)
    segments.command("approve-purge")(approve_purge)
    segments.command("reject-purge")(reject_purge)
    group.add_typer(segments, name="segments")


def list_segments(context: typer.Context, who: As = "", as_json: Json = False) -> None:
    """List the sealed months: state, entries, copies, last verification, holds and purge requests."""
    if context.invoked_subcommand is not None:
        return
    session.settings()
    from tutela.access import trail_segments

    with session.database():
        listed = trail_segments.list_segments(identity.actor(who))
        output.print_rows([_row(one) for one in listed], as_json=as_json)


def _row(one: Any) -> dict[str, Any]:
    segment = one.segment
    return {
        "month": segment.name,
        "state": segment.state.value,
        "leaves": segment.leaves,
        "first_index": segment.first,
        "last_index": segment.last,
        "bytes": segment.bytes,
        "copies": one.good_copies,
        "verified": segment.checked_at.isoformat() if segment.checked_at else "",
        "fault": segment.fault,
        "keep_until": segment.keep_until.isoformat(),
        "hold": bool(one.holds),
        "purge": str(one.waiting.id) if one.waiting else segment.basis,
    }


def seal(who: As = "", as_json: Json = False) -> None:
    """Do all that is due now: seal, copy, verify, move out of the database, remove purged files."""
    session.settings()
    from tutela.access import trail_segments

    with session.database():
        done = trail_segments.seal_due(identity.actor(who))
        row = {
            "sealed": done.sealed, "checked": done.checked, "copied": done.copied, "cooled": done.cooled,
            "emptied": done.emptied, "faults": done.faults,
        }  # fmt: skip
        output.print_row(row, as_json=as_json)
    if done.faults:
        raise typer.Exit(1)


def verify_segment(month: Month, who: As = "", as_json: Json = False) -> None:
    """Hash a sealed month and its copies again, leaf by leaf; exit code 1 if anything is wrong."""
    session.settings()
    from tutela.access import trail_segments

    with session.database():
        found = trail_segments.check_segment(identity.actor(who), month)
    _print_found(month, found, as_json=as_json)


def restore(month: Month, who: As = "", as_json: Json = False) -> None:
    """Bring the files of a month back from a copy that is as it was sealed."""
    session.settings()
    from tutela.access import trail_segments

    with session.database():
        found = trail_segments.restore_segment(identity.actor(who), month)
    _print_found(month, found, as_json=as_json)


def _print_found(month: str, found: Any, *, as_json: bool) -> None:
    row = {"month": month, "outcome": "broken" if found.fault else "whole", "fault": found.fault}
    if found.bad_index is not None:
        row["bad_index"] = found.bad_index
    output.print_row(row, as_json=as_json)
    if found.fault:
        raise typer.Exit(1)


def write_leaves(
    month: Month,
    out: Annotated[Path, typer.Option("--out", help="File to write; it must not exist.")],
    who: As = "",
    as_json: Json = False,
) -> None:
    """Write the entries of a month to a file that tutela-verify checks on another machine; logged."""
    session.settings()
    from tutela.access import trail_segments

    if out.exists():
        raise typer.BadParameter(_("The file exists already."))
    with session.database():
        pieces = trail_segments.read_leaves(identity.actor(who), month)
        part = out.with_name(f".{out.name}.part")
        try:
            with part.open("xb") as file:
                file.writelines(pieces)
            part.rename(out)
        finally:
            part.unlink(missing_ok=True)
        output.print_row({"month": month, "file": str(out)}, as_json=as_json)


def hold(
    first: Annotated[str, typer.Argument(help="First month, for example 2026-10.")],
    reason: Why,
    last: Annotated[
        str, typer.Option("--until", help="Last month; the first one if left out.")
    ] = "",
    who: As = "",
    as_json: Json = False,
) -> None:
    """Place a legal hold: nothing of these months may be purged."""
    session.settings()
    from tutela.access import trail_segments

    with session.database():
        placed = trail_segments.place_hold(
            identity.actor(who), _month(first), _month(last or first), reason
        )
        output.print_row({"hold": str(placed), "result": "placed"}, as_json=as_json)


def _month(text: str) -> date:
    from tutela.trail.segments import rules

    if not _MONTH.fullmatch(text):
        raise typer.BadParameter(_("Write the month like 2026-10."))
    return rules.month_named(text)


def list_holds(who: As = "", as_json: Json = False) -> None:
    """List legal holds, those in force first."""
    session.settings()
    from tutela.access import trail_segments

    with session.database():
        rows = [
            {"hold": str(one.id), "first_month": f"{one.first_month:%Y-%m}",
             "last_month": f"{one.last_month:%Y-%m}", "reason": one.reason, "placed": one.placed_at.isoformat(),
             "lifted": one.lifted_at.isoformat() if one.lifted_at else ""}
            for one in trail_segments.list_holds(identity.actor(who))
        ]  # fmt: skip
        output.print_rows(rows, as_json=as_json)


def lift(
    hold_id: Annotated[UUID, typer.Argument(help="Id of the legal hold.")],
    reason: Why,
    who: As = "",
    as_json: Json = False,
) -> None:
    """Request that a legal hold is lifted; it stays in force until a second person approves."""
    session.settings()
    from tutela.access import trail_segments

    with session.database():
        key = trail_segments.propose_lift(identity.actor(who), hold_id, reason)
        output.print_row({"proposal": str(key), "result": "proposed"}, as_json=as_json)


def list_lifts(who: As = "", as_json: Json = False) -> None:
    """List requests to lift legal holds, those that wait first."""
    session.settings()
    from tutela.access import trail_segments

    with session.database():
        rows = [
            {"proposal": str(one.id), "hold": str(one.hold_id), "reason": one.reason, "by": one.proposed_by,
             "decision": one.decision or "", "decided_by": one.decided_by or ""}
            for one in trail_segments.list_lifts(identity.actor(who))
        ]  # fmt: skip
        output.print_rows(rows, as_json=as_json)


def approve_lift(lift: LiftId, who: As = "", as_json: Json = False) -> None:
    """Approve another person's request: the legal hold is lifted."""
    session.settings()
    from tutela.access import trail_segments

    with session.database():
        trail_segments.approve_lift(identity.actor(who), lift)
        output.print_row({"proposal": str(lift), "result": "lifted"}, as_json=as_json)


def reject_lift(lift: LiftId, who: As = "", as_json: Json = False) -> None:
    """Reject a request to lift a legal hold, or withdraw your own."""
    session.settings()
    from tutela.access import trail_segments

    with session.database():
        trail_segments.reject_lift(identity.actor(who), lift)
        output.print_row({"proposal": str(lift), "result": "rejected"}, as_json=as_json)


def propose_purge(
    month: Month,
    basis: Annotated[
        str, typer.Option(help="retention_over, authority_order or company_wound_up.")
    ] = "retention_over",
    who: As = "",
    as_json: Json = False,
) -> None:
    """Request the purge of a month whose retention is over; a second person must approve it."""
    session.settings()
    from tutela.access import trail_segments

    with session.database():
        purge = trail_segments.propose_purge(identity.actor(who), month, basis)
        output.print_row({"purge": str(purge), "result": "waiting"}, as_json=as_json)


def list_purges(who: As = "", as_json: Json = False) -> None:
    """List purge requests, those that wait first."""
    session.settings()
    from tutela.access import trail_segments

    with session.database():
        rows = [
            {"purge": str(one.id), "month": f"{one.month:%Y-%m}", "basis": one.basis, "by": one.proposed_by,
             "decision": one.decision or "", "decided_by": one.decided_by or ""}
            for one in trail_segments.list_purges(identity.actor(who))
        ]  # fmt: skip
        output.print_rows(rows, as_json=as_json)


def approve_purge(purge_id: PurgeId, who: As = "", as_json: Json = False) -> None:
    """Approve another person's request: the month is purged for good."""
    session.settings()
    from tutela.access import trail_segments

    with session.database():
        purged = trail_segments.approve_purge(identity.actor(who), purge_id)
        output.print_row({"month": purged.name, "result": "purged"}, as_json=as_json)


def reject_purge(purge_id: PurgeId, who: As = "", as_json: Json = False) -> None:
    """Reject a request to purge, or withdraw your own."""
    session.settings()
    from tutela.access import trail_segments

    with session.database():
        trail_segments.reject_purge(identity.actor(who), purge_id)
        output.print_row({"purge": str(purge_id), "result": "rejected"}, as_json=as_json)
