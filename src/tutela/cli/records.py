"""The command about the trail."""

import dataclasses
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from tutela.cli import identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session

FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    app.command("trail")(trail)


def trail(
    person: Annotated[str, typer.Option(help="A login or an account's id.")] = "",
    customer: Annotated[str, typer.Option(help="A customer's id.")] = "",
    since: Annotated[
        datetime | None, typer.Option(formats=FORMATS, help="From this moment on.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=FORMATS, help="Before this moment.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 100,
    who: As = "",
    as_json: Json = False,
) -> None:
    """List leaves of the trail, newest first, by person, customer and time (UTC days)."""
    session.settings()
    from tutela.access import queries, trail_search

    with session.database():
        asked = person if not person or "-" in person else str(queries.staff_by_login(person).id)
        found = trail_search.search_leaves(
            identity.actor(who), person=asked, customer=customer, since=_aware(since),
            until=_aware(until), limit=limit,
        )  # fmt: skip
        output.many([_told(row) for row in found], as_json=as_json)


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None


def _told(row: Any) -> dict[str, Any]:
    told = dataclasses.asdict(row)
    told.pop("note", None)
    return {name: str(value) if name == "id" else value for name, value in told.items()}
