"""What posts may do with committees."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.access.permission_specs import Permission

COMMITTEE_MANAGE: Final = Permission(
    "governance.committee.manage",
    _("Manage committees"),
    posts={"compliance_officer", "security_admin"},
)
"""Edit the charter, add seats, call meetings, take minutes, record resolutions, correct attendance."""
COMMITTEE_READ: Final = Permission(
    "governance.committee.read",
    _("Read committees"),
    posts={
        "branch_manager",
        "hr_trainer",
        "compliance_officer",
        "security_admin",
        "system_admin",
        "auditor",
    },
)
"""See the charter, the seats, the meetings and the resolutions."""
