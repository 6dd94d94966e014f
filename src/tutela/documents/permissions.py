"""What posts may do with documents."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.access.permission_specs import Permission

DOCUMENT_APPROVE: Final = Permission(
    "governance.document.approve",
    _("Approve documents"),
    posts={"branch_manager", "compliance_officer", "security_admin", "system_admin"},
)
"""Approve or return a version in review that someone else has drafted."""
DOCUMENT_DRAFT: Final = Permission(
    "governance.document.draft",
    _("Draft documents"),
    posts={"compliance_officer", "security_admin"},
)
"""Adopt a policy, add a document, draft a version, submit it for review, or discard a draft that was never
submitted."""
DOCUMENT_PUBLISH: Final = Permission(
    "governance.document.publish",
    _("Publish documents"),
    posts={"compliance_officer", "security_admin"},
)
"""Publish a version that two people have approved."""
DOCUMENT_READ: Final = Permission(
    "governance.document.read",
    _("Read drafts and approvals of documents"),
    posts={
        "branch_manager",
        "hr_trainer",
        "compliance_officer",
        "security_admin",
        "system_admin",
        "auditor",
    },
)
"""See drafts, approvals and who has read which version; published documents are open to all staff."""
