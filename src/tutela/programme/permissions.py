"""What posts may do with the programme, its duties and tasks."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.access.permission_specs import Permission
from tutela.access.posts import EVERY, STAFF

DUTY_CLOSE: Final = Permission("governance.duty.close", _("Close duties"), posts=STAFF)
"""Close (with evidence), reschedule or waive a duty of one's own department or post."""
DUTY_MAKE: Final = Permission("governance.duty.make", _("Create periodic duties"), system=True)
"""Generate upcoming duties and mark missed ones; the installation's nightly job."""
EVIDENCE_ADD: Final = Permission(
    "scorecard.evidence.add",
    _("Report external evidence"),
    posts={"hr_trainer", "compliance_officer", "security_admin", "system_admin", "machine"},
)
"""Report external evidence, or correct a report by a new one."""
PROGRAMME_READ: Final = Permission(
    "governance.programme.read", _("Read the programme"), posts=EVERY
)
"""See the programme, its targets, the year of duties, and tasks."""
PROGRAMME_SET: Final = Permission(
    "governance.programme.set", _("Set up the programme"), posts={"security_admin"}, system=True
)
"""Set the start, a measure's department and date; create, rename and remove departments; hand over duties;
act for any department."""
TARGET_DRAFT: Final = Permission(
    "governance.target.draft",
    _("Draft goals of targets"),
    posts={"compliance_officer", "security_admin"},
)
"""Draft a new goal for a target, from today or later."""
TARGET_SIGN: Final = Permission(
    "governance.target.sign",
    _("Countersign goals of targets"),
    posts={"compliance_officer", "security_admin"},
)
"""Sign a goal that another person has drafted."""
TASK_WORK: Final = Permission("governance.task.work", _("Work on tasks"), posts=STAFF, system=True)
"""Create, move and comment on tasks, and attach evidence."""
