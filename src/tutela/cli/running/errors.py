"""Why Tutela cannot start here, or a database of the company's own cannot be used yet."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Unavailable


class StartRefused(Exception):
    """Tutela cannot start here; the text is one sentence with the mend."""


class DatabaseAway(Unavailable):
    """No connection: not there, no such role or database, or a wrong password."""

    code = "cli.database_away"
    sentence = _(
        "The database of TUTELA_DATABASE_URL lets nobody in. It must run, and an administrator runs "
        "once what `tutela database-sql` prints."
    )


class DatabaseUnprepared(Unavailable):
    """Roles or schemas are missing, or the owner may not make tables. `missing` names them."""

    code = "cli.database_unprepared"
    sentence = _(
        "The database lacks %(missing)s: an administrator runs once what `tutela database-sql` prints."
    )
