"""Why Tutela cannot start, or an external database cannot be used yet."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Unavailable


class StartRefused(Exception):
    """Tutela cannot start; the text is one sentence with what to do."""


class DatabaseAway(Unavailable):
    """No connection: server down, unknown role or database, or wrong password."""

    code = "cli.database_away"
    sentence = _(
        "The database at TUTELA_DATABASE_URL refuses connections. It must be running, "
        "and an administrator must run the output of `tutela database-sql` once."
    )


class DatabaseUnprepared(Unavailable):
    """Roles, schemas or the right to create tables are missing; `missing` lists them."""

    code = "cli.database_unprepared"
    sentence = _(
        "The database lacks %(missing)s: an administrator must run the output of "
        "`tutela database-sql` once."
    )
