"""What posts may do with backups.

Who runs backups cannot read them: the keys that open a set are not on this machine, and no page or command shows
what is in one.
"""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.access.permission_specs import Permission

READ: Final = Permission(
    "backup.read",
    _("See backups and restore tests"),
    posts={"system_admin", "security_admin", "compliance_officer", "auditor", "machine"},
)
"""See runs, copies, verifications, drills, targets, recipients and the timetable."""
MANAGE: Final = Permission(
    "backup.manage",
    _("Change targets, recipients and timetable of backups"),
    posts={"system_admin", "security_admin"},
)
"""Propose a change of a target, a recipient, the timetable or a legal hold; approve what another person
proposed."""
RUN: Final = Permission(
    "backup.run", _("Run backups"), posts={"system_admin", "machine"}, system=True
)
"""Start a backup now, verify a copy, remove copies whose time is over."""
DRILL: Final = Permission(
    "backup.drill", _("Run restore drills"), posts={"system_admin", "machine"}, system=True
)
"""Start a restore drill and see its report."""
RESTORE: Final = Permission(
    "backup.restore", _("Restore a backup"), posts={"system_admin", "machine"}
)
"""Read a set back, and restore it into a new database."""
