"""Commands of the places where copies of backups lie: register, change, test, pause, resume and remove them."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from tutela.base import env
from tutela.cli import identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session
from tutela.cli.translations import gettext as _

TargetId = Annotated[UUID, typer.Argument(help="Id of the target.")]
Address = Annotated[
    str, typer.Argument(help="sftp://USER@HOST/FOLDER, file://, s3:// or webdav://.")
]
Media = Annotated[str, typer.Option(help="disk, server, object or removable.")]
Offsite = Annotated[bool, typer.Option("--offsite/--on-site", help="Lies in another place.")]
IdentityFile = Annotated[
    Path | None,
    typer.Option(
        "--identity-file",
        help="File with the pinned host keys (SFTP) or certificates in PEM (S3, WebDAV).",
        exists=True,
        dir_okay=False,
    ),
]
CredentialFile = Annotated[
    Path | None,
    typer.Option(
        "--credential-file",
        help="File with the credentials; else TUTELA_BACKUP_CREDENTIAL, or asked.",
        exists=True,
        dir_okay=False,
    ),
]


def add_to(group: typer.Typer) -> None:
    """Name the commands."""
    targets = typer.Typer(help="Where copies of backups lie.", no_args_is_help=True)
    targets.command("list")(list_targets)
    targets.command("host-key")(show_host_key)
    targets.command("register")(register)
    targets.command("change")(change)
    targets.command("probe")(probe)
    targets.command("pause")(pause)
    targets.command("resume")(resume)
    targets.command("remove")(remove)
    group.add_typer(targets, name="targets")


def list_targets(who: As = "", as_json: Json = False) -> None:
    """List the targets: where they are, their lock, and what their last test gave."""
    session.settings()
    from tutela.backup import listed

    with session.database():
        rows = [
            {"target": str(one.id), "name": one.name, "state": one.state, "address": one.url,
             "media": one.media, "offsite": one.offsite, "lock": one.lock, "tested": _time(one.probed_at),
             "code": one.probe_result}
            for one in listed.targets(identity.actor(who))
        ]  # fmt: skip
        output.print_rows(rows, as_json=as_json)


def show_host_key(address: Address, who: As = "", as_json: Json = False) -> None:
    """Show the host key of an SFTP server. Compare its fingerprint with what the operator tells by another way."""
    session.settings()
    from tutela.backup.actions import targets

    with session.database():
        key, fingerprint = targets.shown_host_key(identity.actor(who), address)
        output.print_row({"host_key": key, "fingerprint": fingerprint}, as_json=as_json)


def register(
    name: Annotated[str, typer.Argument(help="Name of the target, for example vault-north.")],
    address: Address,
    media: Media = "server",
    offsite: Offsite = False,
    identity_file: IdentityFile = None,
    credential_file: CredentialFile = None,
    who: As = "",
    as_json: Json = False,
) -> None:
    """Test a new target and propose it; another person approves it."""
    session.settings()
    from tutela.backup.actions import targets

    with session.database():
        actor = identity.actor(who)
        way = targets.Way(
            url=address, media=media, offsite=offsite, identity=_text(identity_file),
            credential=_credential(address, credential_file),
        )  # fmt: skip
        _print_waiting(targets.propose_target(actor, name, way), as_json=as_json)


def change(
    target_id: TargetId,
    address: Address,
    media: Media = "server",
    offsite: Offsite = False,
    identity_file: IdentityFile = None,
    credential_file: CredentialFile = None,
    who: As = "",
    as_json: Json = False,
) -> None:
    """Test another way to a target and propose it. Without a file or variable its credentials stay."""
    session.settings()
    from tutela.backup.actions import targets

    with session.database():
        actor = identity.actor(who)
        given = _text(credential_file) or env.secret("TUTELA_BACKUP_CREDENTIAL") or ""
        way = targets.Way(
            url=address,
            media=media,
            offsite=offsite,
            identity=_text(identity_file),
            credential=given,
        )
        _print_waiting(targets.propose_edit(actor, target_id, way), as_json=as_json)


def probe(
    target_id: Annotated[
        UUID | None, typer.Argument(help="Id of the target; every active one without it.")
    ] = None,
    who: As = "",
    as_json: Json = False,
) -> None:
    """Write a small file to a target and try to destroy it: is it there, and does its lock hold?"""
    session.settings()
    from tutela.backup.actions import targets
    from tutela.backup.targets.words import WHY

    with session.database():
        actor = identity.actor(who)
        tested = (
            targets.probe_targets(actor)
            if target_id is None
            else [targets.probe_target(actor, target_id)]
        )
        rows = [
            {"name": one.target.name, "lock": one.target.lock,
             "code": one.fault.code if one.fault else "",
             "found": one.fault.text() if one.fault else str(WHY[one.probe.why]) if one.probe else ""}
            for one in tested
        ]  # fmt: skip
        output.print_rows(rows, as_json=as_json)
        if any(one.fault for one in tested):
            raise typer.Exit(1)


def pause(target_id: TargetId, who: As = "", as_json: Json = False) -> None:
    """Propose that no more backups are written to a target for now; another person approves it."""
    _propose(target_id, "pause", who, as_json=as_json)


def resume(target_id: TargetId, who: As = "", as_json: Json = False) -> None:
    """Propose that backups are written to a paused target again; another person approves it."""
    _propose(target_id, "resume", who, as_json=as_json)


def remove(target_id: TargetId, who: As = "", as_json: Json = False) -> None:
    """Propose to give up a target and to forget its credentials; another person approves it."""
    _propose(target_id, "remove", who, as_json=as_json)


def _propose(target_id: UUID, verb: str, who: str, *, as_json: bool) -> None:
    session.settings()
    from tutela.backup.actions import targets

    with session.database():
        change = targets.propose_state(identity.actor(who), target_id, verb)
        _print_waiting(change, as_json=as_json)


def _text(file: Path | None) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file else ""


def _credential(address: str, file: Path | None) -> str:
    """From the file, the environment or the prompt; a folder needs none."""
    given = _text(file) or env.secret("TUTELA_BACKUP_CREDENTIAL") or ""
    if given or address.startswith(("file:", "/")):
        return given
    return str(typer.prompt(_("Credentials of the target"), hide_input=True, err=True))


def _print_waiting(change: Any, *, as_json: bool) -> None:
    output.print_row({"change": str(change.id), "result": "waits"}, as_json=as_json)


def _time(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
