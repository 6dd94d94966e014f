"""Commands that run Tutela: up, web, worker, sequencer, doctor, status, and one-time commands of an operator."""

import os
import sys
from typing import Annotated

import typer

from tutela.cli import output
from tutela.cli.running import session
from tutela.cli.translations import gettext as _

Json = Annotated[bool, typer.Option("--json", help="Print JSON to standard output.")]
Rebuild = Annotated[
    bool, typer.Option("--rebuild", help="Count the whole access trail again first; alerts stay.")
]


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    app.command("up")(up)
    app.command("web")(web)
    app.command("worker")(worker)
    app.command("sequencer")(sequencer)
    app.command("watcher")(watcher)
    app.command("migrate")(migrate)
    app.command("doctor")(doctor)
    app.command("status")(status)
    app.command("database-sql")(database_sql)
    app.command("lock-keys")(lock_keys)
    app.command("version")(version)


def up() -> None:
    """Start the database, the web server, the worker and the sequencer; stop with Ctrl-C."""
    session.settings()
    from tutela.cli.running import up as running

    running.run()


def web() -> None:
    """Run the web server only (for several machines that share one PostgreSQL)."""
    session.settings()
    from tutela.cli.running import web as running

    running.serve()


def worker() -> None:
    """Run the worker only: imports, periodic tasks."""
    session.settings()
    from tutela.cli.running import work

    work.serve()


def sequencer() -> None:
    """Run the sequencer only: it places entries of the trail in the tree and signs it. One leads, others wait."""
    session.settings()
    from tutela.cli.running import sequence

    sequence.serve()


def watcher(rebuild: Rebuild = False) -> None:
    """Run the watcher only: counts what the access trail holds and raises alerts."""
    session.settings()
    from tutela.cli.running import watching

    watching.serve(rebuild=rebuild)


def migrate() -> None:
    """Migrate the database and add missing seed data."""
    session.settings()
    from tutela.cli.running import first_run

    with session.database():
        first_run.migrate()
        first_run.seed()


def doctor(as_json: Json = False) -> int:
    """Check this installation: lists each check with its id, result and remedy."""
    session.settings()
    from tutela.base import health
    from tutela.cli.running import doctor as checks

    with checks.database_if_possible():
        results = health.examine()
    output.print_rows((check.as_row() for check in results), as_json=as_json)
    return 1 if any(check.state == "bad" for check in results) else 0


def status(as_json: Json = False) -> None:
    """Show what is running and its state."""
    session.settings()
    from tutela.cli.running import state

    output.print_row(state.now(), as_json=as_json)


def database_sql(
    name: Annotated[str, typer.Option(help="Name of the database to prepare.")] = "tutela",
) -> None:
    """Print the SQL that an administrator runs once on an external PostgreSQL."""
    from tutela.cli.running.roles import database_statements, role_statements

    for statement in [*role_statements(), *database_statements(name)]:
        sys.stdout.write(statement + ";\n")


def lock_keys() -> None:
    """Lock the root key file with a passphrase (from TUTELA_NEW_PASSPHRASE, its _FILE, or a prompt)."""
    session.settings()
    from tutela.base import env
    from tutela.base.actor import SYSTEM
    from tutela.keys import actions

    passphrase = env.secret("TUTELA_NEW_PASSPHRASE") or _new_passphrase()
    with session.database():
        actions.lock(SYSTEM, passphrase)
    output.say(_("The root key file is locked. Start Tutela with TUTELA_KEY_PASSPHRASE_FILE."))


def _new_passphrase() -> str:
    """Prompt twice; BadParameter if the two differ."""
    first = str(typer.prompt(_("New passphrase"), hide_input=True))
    if first != typer.prompt(_("Repeat"), hide_input=True):
        raise typer.BadParameter(_("the passphrases do not match"))
    return first


def version() -> None:
    """Print the version."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutela.settings")
    from tutela.settings import VERSION

    sys.stdout.write(VERSION + "\n")
