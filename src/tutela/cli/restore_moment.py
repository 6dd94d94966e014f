"""`tutela restore-moment`: the whole server back at a moment, from base backup, incrementals and its kept log."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from tutela.cli import output, restore
from tutela.cli.identity import Json
from tutela.cli.restore import From, Identity, Pinned, Signer
from tutela.cli.running import session
from tutela.cli.translations import gettext as _

At = Annotated[
    str,
    typer.Option(
        "--at",
        help="The moment, such as 2026-05-04T10:30:00+08:00; everything that was kept if left out.",
    ),
]
Into = Annotated[
    Path | None,
    typer.Option(
        "--into", help="A new folder for the files; the installation's own place if left out."
    ),
]
Check = Annotated[bool, typer.Option("--check", help="Only say what is there; write nothing.")]


def add_to(app: typer.Typer) -> None:
    """Name the command."""
    app.command("restore-moment")(restore_moment)


def restore_moment(
    source: From,
    at: At = "",
    identity: Identity = [],  # noqa: B006 typer reads it and changes nothing
    signer: Signer = "",
    pinned: Pinned = None,
    into: Into = None,
    check: Check = False,
    as_json: Json = False,
) -> int:
    """Bring the server's files back to a moment: base backup, incrementals and the log that was kept after
    them."""
    session.settings()
    from tutela.backup.physical import moment
    from tutela.backup.physical.ground import ground

    until = _moment(at)
    key = restore.signer_of(signer)
    with restore.place_of(source, pinned) as place:
        found = moment.find(place, restore.identities_of(identity), key, until)
        output.print_rows(({"set": name} for name in found.names), as_json=as_json)
        if check:
            output.say(
                _("The newest moment is %(at)s. Nothing was written.")
                % {"at": _text(found.reaches)}
            )
            return 0
        if into is not None:
            data = moment.bring_back(
                found, ground(), into, until=until, database="tutela", stage=restore.progress()
            )
            output.say(_("The files are in %(folder)s.") % {"folder": data})
            return 0
        return _in_place(found, place, key, until, as_json=as_json)


def _in_place(found: Any, place: Any, key: bytes, until: datetime | None, *, as_json: bool) -> int:
    """Into the installation's own data directory, with the checks of every restore."""
    from django.conf import settings

    from tutela.backup import scratch
    from tutela.backup.errors import PhysicalOff
    from tutela.backup.physical import moment
    from tutela.backup.physical.ground import ground
    from tutela.backup.restoring import journals
    from tutela.backup.restoring.errors import ServiceRunning
    from tutela.cli.running import layout
    from tutela.vault import journal

    stood, machine = ground(), scratch.machine()
    if stood.data is None:
        raise PhysicalOff
    if machine.is_running():
        raise ServiceRunning
    last = found.sets[found.chain[-1].name]
    carried = journals.read(place, str(last.manifest["installation"]), key)
    both = {one.order: one for one in (*carried.entries, *journal.entries())}
    seat = scratch.Seat(home=Path(settings.TUTELA_HOME), database=layout.DATABASE, is_scratch=False)
    findings = moment.restore(
        found, stood, machine, seat, stood.data, until=until,
        told=(list(both.values()), carried.epoch), stage=restore.progress(),
    )  # fmt: skip
    restore.print_findings((one.as_row() for one in findings), as_json=as_json)
    output.say(_("The moment is back. Start Tutela now."))
    return 0


def _moment(text: str) -> datetime | None:
    """A moment with its zone; MomentWrong."""
    from tutela.backup.errors import MomentWrong

    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise MomentWrong from None
    if found.tzinfo is None:
        raise MomentWrong
    return found


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
