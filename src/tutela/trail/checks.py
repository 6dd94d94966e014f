"""The room's checks for `tutela doctor`: whether the trail can be written, and by trail.append alone."""

from django.utils.translation import gettext as _

from tutela.base.health import Check

from . import connect, queries

_RIGHTS = """
    SELECT rolsuper OR rolbypassrls OR rolcreaterole
        OR has_table_privilege('trail.leaf', 'INSERT, UPDATE, DELETE, TRUNCATE')
    FROM pg_roles WHERE rolname = current_user"""


def trail_open() -> Check:
    health = queries.health()
    if health.state != "open":
        return Check(
            "trail.open",
            "bad",
            _("The trail is %(state)s: %(why)s.") % {"state": health.state, "why": health.why},
            _("See docs/operations.md, %(code)s.") % {"code": "trail.closed"},
        )
    if not health.next_partition:
        return Check(
            "trail.open", "bad", _("The trail partition for next month is missing."),
            _("Start the worker: tutela up or tutela worker"),
        )  # fmt: skip
    return Check("trail.open", "good", _("The trail accepts entries."))


def database_rights() -> Check:
    """The role of the application may neither change a leaf nor give itself more rights."""
    ((excessive,),) = connect.fetch(_RIGHTS, ())
    if excessive:
        return Check(
            "database.rights", "bad", _("The application's database role has more privileges than "
                                        "it needs."),
            _("Run the statements printed by: tutela database-sql"),
        )  # fmt: skip
    return Check(
        "database.rights", "good", _("The application can neither modify nor truncate the trail.")
    )
