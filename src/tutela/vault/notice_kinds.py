"""What the vault tells people of: work items, imports, and what waits for a second person."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.notices.kinds import CODE, COUNT, Group, Mail, NoticeKind

WORK_ITEM_GIVEN: Final = NoticeKind(
    "work_item_given",
    Group.WORK,
    _("Work item assigned to me"),
    _("A customer's work item has been assigned to you."),
    {},
    Mail.NOW,
)
HELD_ROWS_WAIT: Final = NoticeKind(
    "held_rows_wait",
    Group.APPROVAL,
    _("Held rows waiting for me as data steward"),
    _("Rows that could not be written are waiting for your decision."),
    {},
    Mail.NOW,
)
MOVE_WAITS: Final = NoticeKind(
    "move_waits",
    Group.APPROVAL,
    _("Customer moving to one of my branches"),
    _("A customer's move to another branch is waiting for a second person."),
    {},
    Mail.NOW,
)
ASSIGNMENT_WAITS: Final = NoticeKind(
    "assignment_waits",
    Group.APPROVAL,
    _("Work item assignment waiting for my confirmation"),
    _("A work item assignment is waiting for a second person's confirmation."),
    {},
    Mail.NOW,
)
ITEMS_RELEASED: Final = NoticeKind(
    "items_released",
    Group.WORK,
    _("Work items of a leaver waiting to be handed out"),
    _("Somebody has left, and open work items of your branches have no assignee. Hand them out."),
    {},
    Mail.NOW,
)
DESTRUCTION_WAITS: Final = NoticeKind(
    "destruction_waits",
    Group.APPROVAL,
    _("Destruction of customer data waiting for my approval"),
    _("The destruction of a customer's data is waiting for a second person's approval."),
    {},
    Mail.NOW,
)
UNDO_WAITS: Final = NoticeKind(
    "undo_waits",
    Group.APPROVAL,
    _("Import undo waiting for my approval"),
    _("The undo of an import is waiting for a second person's approval."),
    {},
    Mail.NOW,
)
SOURCE_WAITS: Final = NoticeKind(
    "source_waits",
    Group.APPROVAL,
    _("Source registration waiting for my confirmation"),
    _("The registration of a source system is waiting for a second person's confirmation."),
    {},
    Mail.NOW,
)
PROPOSAL_DECIDED: Final = NoticeKind(
    "proposal_decided",
    Group.APPROVAL,
    _("My proposal decided"),
    _("A second person has decided on what you proposed."),
    {},
)
IMPORT_FINISHED: Final = NoticeKind(
    "import_finished",
    Group.IMPORT,
    _("My import finished"),
    _("Your import has finished: %(rows)s rows, %(rejected)s of them rejected."),
    {"rows": COUNT, "rejected": COUNT},
    Mail.NEVER,
)
IMPORT_REHEARSED: Final = NoticeKind(
    "import_rehearsed",
    Group.IMPORT,
    _("My dry run finished"),
    _("Your dry run has finished: %(rows)s rows, %(rejected)s of them would be rejected."),
    {"rows": COUNT, "rejected": COUNT},
    Mail.NEVER,
)
IMPORT_FAILED: Final = NoticeKind(
    "import_failed",
    Group.IMPORT,
    _("My import failed"),
    _("Your import failed (%(code)s)."),
    {"code": CODE},
    Mail.NOW,
)
TEMPORARY_ACCESS_WAITS: Final = NoticeKind(
    "temporary_access_waits",
    Group.APPROVAL,
    _("Temporary access waiting for my approval"),
    _("A request for temporary access is waiting for your decision."),
    {},
    Mail.NOW,
)
TEMPORARY_ACCESS_DECIDED: Final = NoticeKind(
    "temporary_access_decided",
    Group.APPROVAL,
    _("My request for temporary access decided"),
    _("Your request for temporary access has been decided or has expired."),
    {},
    Mail.NOW,
)
TEMPORARY_ACCESS_STARTED: Final = NoticeKind(
    "temporary_access_started",
    Group.APPROVAL,
    _("Temporary access started in my branch"),
    _("A person of your branch has temporary access now. You can end it."),
    {},
)
TEMPORARY_ACCESS_ENDED: Final = NoticeKind(
    "temporary_access_ended",
    Group.APPROVAL,
    _("My temporary access ended"),
    _("Your temporary access has ended."),
    {},
    Mail.NEVER,
)
BREAK_GLASS_STARTED: Final = NoticeKind(
    "break_glass_started",
    Group.APPROVAL,
    _("Break-glass access started"),
    _("Break-glass access has started. Check it now; one button ends it."),
    {},
    Mail.NOW,
)
BREAK_GLASS_REVIEW_WAITS: Final = NoticeKind(
    "break_glass_review_waits",
    Group.APPROVAL,
    _("Break-glass access waiting for my review"),
    _("Break-glass access must be reviewed within 24 hours."),
    {},
    Mail.NOW,
)
BREAK_GLASS_PAUSED: Final = NoticeKind(
    "break_glass_paused",
    Group.APPROVAL,
    _("Break-glass access paused"),
    _("A review is overdue: break-glass access is paused for the post %(post)s."),
    {"post": CODE},
    Mail.NOW,
)
BREAK_GLASS_REVIEWED: Final = NoticeKind(
    "break_glass_reviewed",
    Group.APPROVAL,
    _("My break-glass access reviewed"),
    _("Your break-glass access has been reviewed."),
    {},
)
