"""What a new installation needs before it can work, each step safe to repeat."""

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from tutela.cli.running import layout, roles


def migrate() -> None:
    """Bring the tables up to date, as the owner of the tables. DatabaseUnprepared when it cannot be."""
    _need_preparation()
    call_command("migrate", database="owner", interactive=False, verbosity=0)


def _need_preparation() -> None:
    """What `tutela database-sql` makes must be there before the first table."""
    from django.db import connections

    from tutela.cli.running.errors import DatabaseUnprepared

    with connections["owner"].cursor() as cursor:
        cursor.execute(roles.MISSING, [list(roles.SCHEMAS), [layout.APP, layout.AUDITOR]])
        missing = [row[0] for row in cursor.fetchall()]
    if missing:
        raise DatabaseUnprepared(missing=", ".join(missing))


def seed() -> None:
    """Keys, posts, the matrix, this host's machine account and the programme, if they are missing."""
    from tutela.access import seed as rights
    from tutela.keys import actions as keys
    from tutela.programme import seed as programme
    from tutela.vault.actions.sources import first_source

    rights.seed()
    keys.first_run()
    first_source()
    programme.seed()


def administrator_link() -> str:
    """On a first run, the one-time link by which the first administrator sets a password; else nothing."""
    from tutela.access import seed as rights

    token = rights.first_administrator()
    return password_address(token) if token else ""


def password_address(token: str) -> str:
    """The address of the page where the holder of this token sets a password."""
    return address() + reverse("access-open-link", args=[token])


def address() -> str:
    """Where people reach this installation."""
    host = (settings.ALLOWED_HOSTS or ["localhost"])[0]
    suffix = "" if settings.TUTELA_HTTPS_PORT == 443 else f":{settings.TUTELA_HTTPS_PORT}"
    return f"https://{host}{suffix}"
