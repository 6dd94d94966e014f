"""`tutela restore`: the way back when the database is gone. It needs a target, a private key and the key files."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from tutela.cli import output
from tutela.cli.identity import Json
from tutela.cli.running import session
from tutela.cli.translations import gettext as _

SetName = Annotated[
    str, typer.Argument(metavar="SET", help="Name of the set; the newest one if left out.")
]
From = Annotated[
    str, typer.Option("--from", help="Address of the target: file:///folder, sftp://, s3:// …")
]
Identity = Annotated[
    list[Path],
    typer.Option("--identity", help="File with a private age key.", exists=True, dir_okay=False),
]
Signer = Annotated[
    str,
    typer.Option(
        "--signer", help="Public key of who signs the sets, in hex, from the printed card."
    ),
]
Pinned = Annotated[
    Path | None,
    typer.Option(
        "--pinned",
        help="File with the target's host key or authority.",
        exists=True,
        dir_okay=False,
    ),
]
To = Annotated[
    str,
    typer.Option(
        "--to",
        help="Address of the server and the new database, as a role that may create databases; the "
        "embedded server if left out.",
    ),
]
Check = Annotated[
    bool, typer.Option("--check", help="Only say whether everything fits; write nothing.")
]
Listed = Annotated[bool, typer.Option("--list", help="Only list the complete sets on the target.")]


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    app.command("restore")(restore)
    app.command("inspect-copy", hidden=True)(inspect_copy)


def restore(
    source: From,
    set_name: SetName = "",
    identity: Identity = [],  # noqa: B006 typer reads it and changes nothing
    signer: Signer = "",
    pinned: Pinned = None,
    to: To = "",
    check: Check = False,
    listed: Listed = False,
    as_json: Json = False,
) -> int:
    """Restore a backup into a new database: the credential of the target from TUTELA_BACKUP_CREDENTIAL."""
    session.settings()
    from tutela.backup.restoring import laid

    with place_of(source, pinned) as place:
        if listed:
            output.print_rows(({"set": name} for name in laid.sets_of(place)), as_json=as_json)
            return 0
        pair = laid.open_pair(place, set_name, identities_of(identity), signer=signer_of(signer))
        with _target(to) as (server, database, url):
            return _restore(
                _wish(place, pair, signer_of(signer), database, url),
                server,
                check=check,
                as_json=as_json,
            )


def _restore(wish: Any, server: Any, *, check: bool, as_json: bool) -> int:
    """The preflight, and the restore if everything fits. 1 if something does not."""
    from tutela.backup import scratch
    from tutela.backup.restoring import real

    lines = real.preflight(wish, server, scratch.machine())
    output.print_rows((_line(line) for line in lines), as_json=as_json)
    refused = [line for line in lines if line.code]
    if refused:
        output.say(f"tutela: {refused[0].text} [{refused[0].code}]")
        return 1
    if check:
        output.say(_("Everything fits. Nothing was written."))
        return 0
    done = real.restore(wish, server, scratch.machine(), progress())
    print_findings((one.as_row() for one in done.findings), as_json=as_json)
    output.say(
        _("Restored as of %(at)s in %(seconds)s s; destroyed again: %(count)s. Start Tutela now.")
        % {
            "at": done.snapshot_at.isoformat(timespec="seconds"),
            "seconds": round(done.seconds),
            "count": done.replayed,
        }
    )
    return 0


def inspect_copy(
    told: Annotated[Path, typer.Argument(help="File with what the copy is told.", dir_okay=False)],
    as_json: Json = False,
) -> int:
    """Inspect a restored copy from inside; called by restores and restore drills."""
    session.settings()
    from tutela.backup.restoring import copy, inspection

    given = copy.read_told(told)
    failed = False
    with session.database():
        for finding in inspection.inspect(given):
            output.print_row(finding.as_row(), as_json=as_json)
            failed = failed or finding.result != inspection.PASSED
            if failed:
                break
    return 1 if failed else 0


def print_findings(rows: Iterable[dict[str, Any]], *, as_json: bool) -> None:
    """What each check found: whole for a machine, numbers and short words for a person."""
    if as_json:
        output.print_rows(rows, as_json=True)
        return
    output.print_rows(map(_in_short, rows), as_json=False)


def _in_short(row: dict[str, Any]) -> dict[str, Any]:
    first = {name: row.get(name, "") for name in ("check", "result", "seconds")}
    facts = [
        f"{name} {value}"
        for name, value in row.items()
        if name not in first and isinstance(value, int | float | str) and len(str(value)) <= 40
    ]
    return {**first, "detail": ", ".join(facts)}


@contextmanager
def place_of(url: str, pinned: Path | None) -> Iterator[Any]:
    from tutela.backup.targets import open_place
    from tutela.base import env

    identity = pinned.read_text(encoding="utf-8") if pinned else ""
    place: Any = open_place(url, identity, env.secret("TUTELA_BACKUP_CREDENTIAL") or "")
    try:
        yield place
    finally:
        close: Callable[[], None] = getattr(place, "close", lambda: None)
        close()


def identities_of(files: list[Path]) -> list[str]:
    """The private keys in the files; IdentityUnreadable."""
    from tutela.backup import reading
    from tutela.backup.restoring.errors import IdentityUnreadable
    from tutela.crypto.errors import BadValue

    found: list[str] = []
    for file in files:
        try:
            found += reading.read_identities(file)
        except (BadValue, ValueError, OSError):
            raise IdentityUnreadable(path=file.name) from None
    return found


def signer_of(given: str) -> bytes:
    """The public key that signed: the given one, or the one that this data directory remembers. SignerUnknown."""
    from django.conf import settings

    from tutela.backup.errors import SignerUnknown

    text = given.strip()
    if not text:
        path = Path(settings.TUTELA_HOME) / "backup.pub"
        text = path.read_text(encoding="ascii").strip() if path.exists() else ""
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise SignerUnknown
    return key


@contextmanager
def _target(to: str) -> Iterator[tuple[Any, str, str]]:
    """The server to restore into, the database's name there, and the address of the application's role."""
    from tutela.backup import scratch
    from tutela.backup.restoring import real
    from tutela.backup.restoring.errors import ServiceRunning
    from tutela.base import env
    from tutela.cli.running import layout

    if to:
        name = str(layout.parse(to, "--to")["NAME"])
        yield real.server_of(to), name, env.secret("TUTELA_DATABASE_URL") or to
        return
    if scratch.machine().is_running():
        raise ServiceRunning
    with scratch.machine().own() as server:
        yield server, layout.DATABASE, ""


def _wish(place: Any, pair: Any, signer: bytes, database: str, url: str) -> Any:
    from django.conf import settings

    from tutela.backup.restoring import real

    return real.Wish(
        place=place, pair=pair, signer=signer, home=Path(settings.TUTELA_HOME),
        work=Path(settings.TUTELA_BACKUP_FOLDER) / "restore" / pair.full.name,
        database=database, url=url, jobs=settings.TUTELA_BACKUP_JOBS,
    )  # fmt: skip


def _line(line: Any) -> dict[str, Any]:
    facts = ", ".join(f"{name} {value}" for name, value in line.detail.items())
    return {"check": line.check, "result": line.code or "passed", "detail": line.text or facts}


def progress() -> Callable[[str, int, int], None]:
    """Says each stage once, and every tenth of its bytes."""
    said: list[tuple[str, int]] = [("", -1)]

    def told(stage: str, done: int, most: int) -> None:
        step = (stage, done * 10 // max(most, 1))
        if step != said[0]:
            said[0] = step
            output.say(f"{stage} {step[1] * 10} %")

    return told
