"""Prepare a new installation; every step is idempotent."""

from django.core.management import call_command
from django.urls import reverse

from tutela.cli.running import layout, roles


def migrate() -> None:
    """Migrate the database as the owner of the tables. DatabaseUnprepared."""
    _check_prepared()
    call_command("migrate", database="owner", interactive=False, verbosity=0)


def _check_prepared() -> None:
    """Check that what `tutela database-sql` prints was executed."""
    from django.db import connections

    from tutela.cli.running.errors import DatabaseUnprepared

    with connections["owner"].cursor() as cursor:
        cursor.execute(roles.MISSING, [list(roles.SCHEMAS), [layout.APP, layout.AUDITOR]])
        missing = [row[0] for row in cursor.fetchall()]
    if missing:
        raise DatabaseUnprepared(missing=", ".join(missing))


def seed() -> None:
    """Create keys, posts, the matrix, this host's machine account and the programme, if missing."""
    from tutela.access import seed as rights
    from tutela.keys import actions as keys
    from tutela.programme import seed as programme
    from tutela.vault.actions.sources import first_source

    rights.seed()
    keys.first_run()
    first_source()
    programme.seed()


def administrator_link() -> str:
    """On a first run, the one-time link for the first administrator's password; else ""."""
    from tutela.access import seed as rights

    token = rights.first_administrator()
    return password_address(token) if token else ""


def password_address(token: str) -> str:
    """The URL of the page where the holder of this token sets a password."""
    from tutela.notices.messages import address

    return address() + reverse("access-open-link", args=[token])
