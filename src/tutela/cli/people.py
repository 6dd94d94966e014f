"""Commands for people and rights: branches and staff from files, sign-in links, API keys."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from tutela.cli import output
from tutela.cli.identity import Json
from tutela.cli.running import session

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(help="Branches, staff, sign-in links and API keys.", no_args_is_help=True)
    group.command("branches")(branches)
    group.command("import")(staff)
    group.command("link")(link)
    group.command("disable")(disable)
    group.command("key")(key)
    app.add_typer(group, name="staff")


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def branches(file: File, as_json: Json = False) -> None:
    """Import the branch tree (code, parent, name_zh, name_en)."""
    session.settings()
    from tutela.access import actions
    from tutela.base.actor import SYSTEM

    with session.database():
        output.one({"branches": actions.import_branches(SYSTEM, _rows(file))}, as_json=as_json)


def staff(file: File, as_json: Json = False) -> None:
    """Import staff (staff_no, login, name, post, department, branch)."""
    session.settings()
    from tutela.access import actions
    from tutela.base.actor import SYSTEM

    with session.database():
        output.one({"staff": actions.import_staff(SYSTEM, _rows(file))}, as_json=as_json)


def link(login: str, as_json: Json = False) -> None:
    """Print a one-time link with which this member of staff sets a password (24 hours)."""
    session.settings()
    from django.conf import settings

    from tutela.access import actions
    from tutela.base.actor import SYSTEM

    with session.database():
        path = actions.password_link(SYSTEM, login)
    host = settings.ALLOWED_HOSTS[0]
    address = f"https://{host}:{settings.TUTELA_HTTPS_PORT}{path}"
    output.one({"login": login, "link": address}, as_json=as_json)


def disable(login: str, as_json: Json = False) -> None:
    """Disable an account: its sessions end and its rights go within a second."""
    session.settings()
    from tutela.access import actions
    from tutela.base.actor import SYSTEM

    with session.database():
        actions.disable_staff(SYSTEM, login)
        output.one({"login": login, "disabled": True}, as_json=as_json)


def key(login: str, label: str, days: int = 90, as_json: Json = False) -> None:
    """Make an API key for an account; it is shown once."""
    session.settings()
    from tutela.access import actions
    from tutela.base.actor import SYSTEM

    with session.database():
        made = actions.create_api_key(SYSTEM, login, label=label, days=days)
        output.one({"login": login, "label": label, "key": made, "days": days}, as_json=as_json)
