"""What posts may do with people, rights and the trail, and with the installation."""

from typing import Final

from django.utils.translation import gettext_noop as _

from .permission_specs import Permission

ACCOUNT_MANAGE: Final = Permission(
    "access.account.manage",
    _("Manage accounts"),
    posts={"security_admin", "system_admin"},
    system=True,
)
"""See accounts and their sessions; disable, enable and unlock them, end sessions, and propose or confirm a
reset."""
API_KEY_MANAGE: Final = Permission(
    "access.api_key.manage", _("Manage API keys"), posts={"security_admin"}, system=True
)
"""Create and replace API keys of accounts."""
API_KEY_REVOKE: Final = Permission(
    "access.api_key.revoke",
    _("See and revoke API keys"),
    posts={"security_admin", "system_admin"},
    system=True,
)
"""See whose API keys there are and revoke them; it shows no key's text."""
BRANCH_MANAGE: Final = Permission(
    "access.branch.manage", _("Manage branches"), posts={"security_admin"}, system=True
)
"""Import the branch tree and change it."""
BREAK_GLASS_REVIEW: Final = Permission(
    "access.break_glass.review",
    _("Review break-glass access"),
    posts={"branch_manager", "compliance_officer"},
    decides=True,
)
"""Say whether break-glass access was justified; never one's own."""
BREAK_GLASS_START: Final = Permission(
    "access.break_glass.start",
    _("Use break-glass access"),
    posts={"service_agent", "claims_adjuster", "underwriter", "branch_manager"},
)
"""Take access at once in an emergency; only for posts that the matrix names."""
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
"""Add and change accounts, assign and end posts, import staff, create first sign-in links."""
STAFF_READ: Final = Permission(
    "access.staff.read",
    _("Read staff and posts"),
    posts={"branch_manager", "compliance_officer", "security_admin", "auditor"},
)
"""See who holds which post at which branch."""
TEMPORARY_ACCESS_APPROVE: Final = Permission(
    "access.temporary_access.approve",
    _("Approve temporary access"),
    posts={"branch_manager", "compliance_officer"},
    decides=True,
)
"""Decide on what a person of another post asks for, of customers that one sees oneself."""
TEMPORARY_ACCESS_END: Final = Permission(
    "access.temporary_access.end",
    _("End temporary access"),
    posts={"branch_manager", "compliance_officer", "security_admin"},
)
"""See which access runs, without a customer's data, and end it."""
TEMPORARY_ACCESS_REQUEST: Final = Permission(
    "access.temporary_access.request",
    _("Request temporary access"),
    posts={
        "service_agent",
        "claims_adjuster",
        "underwriter",
        "branch_manager",
        "compliance_officer",
    },
)
"""Ask for clear values that the matrix does not give one's post, for a while."""
TRAIL_SEARCH: Final = Permission(
    "trail.leaves.search", _("Search the access trail"), posts={"auditor", "machine"}
)
"""Search the trail and open the encrypted reasons in it; each search is logged."""
TRAIL_SEGMENT_HOLD: Final = Permission(
    "trail.segment.hold", _("Place legal holds"), posts={"compliance_officer"}
)
"""Keep sealed months of the trail from being purged, with a reason."""
TRAIL_SEGMENT_LIFT: Final = Permission(
    "trail.segment.lift", _("Lift legal holds"), posts={"compliance_officer", "security_admin"}
)
"""Request or approve that a legal hold is lifted; never both of one person."""
TRAIL_SEGMENT_PURGE: Final = Permission(
    "trail.segment.purge",
    _("Purge sealed months of the trail"),
    posts={"compliance_officer", "security_admin"},
)
"""Request or approve that a sealed month whose retention is over is purged; never both of one person."""
TRAIL_SEGMENT_READ: Final = Permission(
    "trail.segment.read",
    _("See the sealed months of the trail"),
    posts={"auditor", "compliance_officer", "security_admin", "system_admin"},
)
"""See which months are sealed, where their copies lie and when they were verified; no entry of the trail."""
TRAIL_SEGMENT_SEAL: Final = Permission(
    "trail.segment.seal",
    _("Seal and verify months of the trail"),
    posts={"system_admin"},
    system=True,
)
"""Seal what is due now, verify files and copies again, and bring a month back from a copy."""
TREE_READ: Final = Permission(
    "trail.tree.read",
    _("Read the signed tree and the witnesses of the trail"),
    posts={"auditor", "compliance_officer", "security_admin", "system_admin", "machine"},
)
"""See which entries of the trail are signed and who vouches for them; no entry is read."""
COSIGNATURE_RECORD: Final = Permission(
    "trail.cosignature.record",
    _("Record a witness's cosignature"),
    posts={"auditor", "security_admin", "machine"},
)
"""Carry a checkpoint of the trail to a witness by hand, and record what it signed."""
TRAIL_FAULT_ACKNOWLEDGE: Final = Permission(
    "trail.fault.acknowledge",
    _("Acknowledge faults of the access trail"),
    posts={"compliance_officer", "security_admin"},
)
"""Say, or confirm as another, that a broken chain or tree was looked at, so that customer data opens again."""
WATCH_EVERYWHERE: Final = frozenset({"compliance_officer", "security_admin"})
"""The posts that watch over temporary access of every branch; a manager does over that of the own area."""
