"""The commands about the trail: `tutela trail` lists leaves, `tutela trail verify` checks all and the tree."""

import dataclasses
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from tutela.cli import (
    bar,
    identity,
    output,
    trail_faults,
    trail_files,
    trail_segments,
    trail_tree,
    trail_witnesses,
)
from tutela.cli.identity import As, Json
from tutela.cli.running import session
from tutela.cli.translations import gettext as _

FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    group = typer.Typer()
    group.callback(invoke_without_command=True)(trail)
    group.command("verify")(verify)
    group.command("customer")(trace_customer)
    trail_files.add_to(group)
    trail_segments.add_to(group)
    trail_witnesses.add_to(group)
    trail_tree.add_to(group)
    app.add_typer(group, name="trail")


def trail(
    context: typer.Context,
    person: Annotated[str, typer.Option(help="Name, staff number, login or account id.")] = "",
    customer: Annotated[str, typer.Option(help="Customer id.")] = "",
    since: Annotated[
        datetime | None, typer.Option(formats=FORMATS, help="From this time on.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=FORMATS, help="Before this time.")
    ] = None,
    event: Annotated[
        str, typer.Option(help="One event, or the beginning of its name, e.g. vault.import.")
    ] = "",
    purpose: Annotated[str, typer.Option(help="Only with this purpose, e.g. service.")] = "",
    refused: Annotated[bool, typer.Option("--refused", help="Refused attempts only.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Maximum number of entries.")] = 100,
    who: As = "",
    as_json: Json = False,
) -> None:
    """List entries of the trail, newest first, by person, customer, event and time (UTC days)."""
    if context.invoked_subcommand is not None:
        return
    session.settings()
    from tutela.access import trail_search
    from tutela.trail import queries
    from tutela.trail.queries import LeafFilter
    from tutela.vault import looks

    with session.database():
        actor = identity.actor(who)
        person_id = _person_id(person)
        wanted = LeafFilter(
            actor_id=person_id,
            subject=("customer", customer) if customer else None,
            since=_aware(since),
            until=_aware(until),
            events=_events(event),
            purpose=looks.purpose_of(purpose).value if purpose else "",
            outcome="deny" if refused else "",
        )
        leaves = trail_search.search_leaves(actor, wanted, limit=limit)
        output.print_rows([_row(leaf) for leaf in leaves], as_json=as_json)
        for gone in queries.purged(wanted):
            output.say(_purged(gone))


def trace_customer(
    value: Annotated[str, typer.Argument(help="Value to search for, in any common notation.")],
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help="customer_number, policy_number, claim_number, phone, id_number, name, work_item or "
            "tutela_id.",
        ),
    ],
    who: As = "",
    as_json: Json = False,
) -> None:
    """Find customers whom the trail names by a number or name: ids and counts, no values; this is logged."""
    session.settings()
    from tutela.vault import trace

    with session.database():
        found = trace.find(identity.actor(who), trace.by_named(by), value)
        rows = [
            {"customer": str(key), "leaves": one.leaves, "first": one.first, "last": one.last}
            for key, one in found.items()
        ]
        output.print_rows(rows, as_json=as_json)


def verify(who: As = "", as_json: Json = False) -> None:
    """Verify every chain and the tree of the trail from its bytes; exit code 1 if anything is wrong."""
    session.settings()
    from tutela.keys import trail_check

    with session.database():
        actor = identity.actor(who)
        with bar.counter(output.stderr, _("months")) as months:
            run = trail_check.verify(actor, bar.watcher(months, _("verifying")))
    walk = run.walk
    result: dict[str, Any] = {
        "outcome": "broken" if walk.broken else "whole", "leaves": walk.leaves,
        "chains": len(walk.chains), "broken": walk.broken,
    }  # fmt: skip
    findings = [
        finding.as_row() | {"why": trail_faults.sentence(finding.kind)} for finding in walk.findings
    ]
    if as_json:
        output.print_row(result | {"findings": findings}, as_json=True)
    else:
        output.print_row(result, as_json=False)
        if findings:
            output.print_rows(findings, as_json=False)
    if walk.broken:
        raise typer.Exit(1)


def _person_id(text: str) -> str:
    """The id of the one person whom a text means; StaffUnknown, StaffAmbiguous."""
    from tutela.access import people_search

    return str(people_search.find_one(text).id) if text else ""


def _events(begin: str) -> tuple[str, ...]:
    """Every event whose name begins so; NoSuchEvent if there is none."""
    from tutela.trail.errors import NoSuchEvent
    from tutela.trail.event_specs import EVENTS

    names = tuple(name for name in sorted(EVENTS) if begin and name.startswith(begin))
    if begin and not names:
        raise NoSuchEvent
    return names


def _purged(segment: Any) -> str:
    """What is said of a month whose entries are missing by right."""
    return _("%(month)s: %(count)s entries were purged on %(day)s (%(basis)s).") % {
        "month": segment.name, "count": segment.leaves, "day": f"{segment.purged_at:%Y-%m-%d}",
        "basis": segment.basis,
    }  # fmt: skip


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None


def _row(leaf: Any) -> dict[str, Any]:
    row = dataclasses.asdict(leaf)
    row.pop("note", None)
    return row | {"id": str(leaf.id)}
