"""What posts may do with people, rights and the trail, and with the installation."""

from typing import Final

from django.utils.translation import gettext_noop as _

from .permission_specs import Permission

API_KEY_MANAGE: Final = Permission(
    "access.api_key.manage", _("Manage API keys"), posts={"security_admin"}, system=True
)
"""See, create, replace and revoke API keys of accounts."""
BRANCH_MANAGE: Final = Permission(
    "access.branch.manage", _("Manage branches"), posts={"security_admin"}, system=True
)
"""Import the branch tree and change it."""
HEALTH_READ: Final = Permission(
    "system.health.read",
    _("Read the health of the system"),
    posts={"system_admin", "machine"},
    system=True,
)
"""See the health page and the results of `tutela doctor`."""
MATRIX_APPROVE: Final = Permission(
    "access.matrix.approve", _("Approve the permission matrix"), posts={"compliance_officer"}
)
"""Approve a proposed matrix; never the post that proposed it."""
MATRIX_PROPOSE: Final = Permission(
    "access.matrix.propose",
    _("Propose the permission matrix"),
    posts={"security_admin"},
    system=True,
)
"""Propose another matrix."""
MATRIX_READ: Final = Permission(
    "access.matrix.read",
    _("Read the permission matrix"),
    posts={"compliance_officer", "security_admin", "auditor"},
)
"""See the matrix in force: every post, class and purpose."""
STAFF_MANAGE: Final = Permission(
    "access.staff.manage", _("Manage staff and posts"), posts={"security_admin"}, system=True
)
"""Add, change and disable accounts, assign and end posts, create sign-in links."""
STAFF_READ: Final = Permission(
    "access.staff.read",
    _("Read staff and posts"),
    posts={"branch_manager", "compliance_officer", "security_admin", "auditor"},
)
"""See who holds which post at which branch."""
TRAIL_SEARCH: Final = Permission(
    "trail.leaves.search", _("Search the access trail"), posts={"auditor", "machine"}
)
"""Search the trail and open the encrypted reasons in it; each search is logged."""
