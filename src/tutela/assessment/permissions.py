"""What posts may do with assessments and risks."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.access.permission_specs import Permission

ASSESSMENT_CLOSE: Final = Permission(
    "governance.assessment.close",
    _("Submit and confirm assessments"),
    posts={"compliance_officer", "security_admin", "auditor"},
)
"""Submit a finished assessment, or confirm or return one submitted by another person."""
ASSESSMENT_OPEN: Final = Permission(
    "governance.assessment.open",
    _("Open the annual assessment"),
    posts={"compliance_officer", "security_admin"},
)
"""Open the assessment of a year."""
ASSESSMENT_RATE: Final = Permission(
    "governance.assessment.rate",
    _("Rate controls"),
    posts={"hr_trainer", "compliance_officer", "security_admin", "system_admin"},
)
"""Rate the controls of an open assessment, with note and evidence."""
ASSESSMENT_READ: Final = Permission(
    "governance.assessment.read",
    _("Read assessments"),
    posts={
        "branch_manager",
        "hr_trainer",
        "compliance_officer",
        "security_admin",
        "system_admin",
        "auditor",
    },
)
"""See assessments, compare years, export the report."""
RISK_ACCEPT: Final = Permission(
    "governance.risk.accept", _("Accept risks"), posts={"branch_manager", "compliance_officer"}
)
"""Accept a registered risk until a date; never one's own."""
RISK_MANAGE: Final = Permission(
    "governance.risk.manage",
    _("Maintain the risk register"),
    posts={"compliance_officer", "security_admin", "system_admin"},
)
"""Register risks and change their rating and treatment."""
RISK_READ: Final = Permission(
    "governance.risk.read",
    _("Read the risk register"),
    posts={"branch_manager", "compliance_officer", "security_admin", "system_admin", "auditor"},
)
"""See the risks and their matrix."""
