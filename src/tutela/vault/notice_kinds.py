"""What the vault tells people of: work items, imports, and what waits for a second person."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.notices.kinds import CODE, COUNT, Group, Mail, NoticeKind

WORK_ITEM_GIVEN: Final = NoticeKind(
    "work_item_given",
    Group.WORK,
    _("A work item is assigned to me"),
    _("A customer's work item is yours from now on."),
    {},
    Mail.NOW,
)
HELD_ROWS_WAIT: Final = NoticeKind(
    "held_rows_wait",
    Group.APPROVAL,
    _("Held rows wait for me as data steward"),
    _("Rows that could not be written wait for your decision."),
    {},
    Mail.NOW,
)
MOVE_WAITS: Final = NoticeKind(
    "move_waits",
    Group.APPROVAL,
    _("A customer is to move to a branch of mine"),
    _("A customer's move to another branch waits for a second person."),
    {},
    Mail.NOW,
)
ASSIGNMENT_WAITS: Final = NoticeKind(
    "assignment_waits",
    Group.APPROVAL,
    _("An assigned work item waits for my confirmation"),
    _("An assigned work item waits for a second person's confirmation."),
    {},
    Mail.NOW,
)
DESTRUCTION_WAITS: Final = NoticeKind(
    "destruction_waits",
    Group.APPROVAL,
    _("The destruction of a customer's data waits for my approval"),
    _("The destruction of a customer's data waits for a second person's approval."),
    {},
    Mail.NOW,
)
UNDO_WAITS: Final = NoticeKind(
    "undo_waits",
    Group.APPROVAL,
    _("The undo of an import waits for my approval"),
    _("The undo of an import waits for a second person's approval."),
    {},
    Mail.NOW,
)
SOURCE_WAITS: Final = NoticeKind(
    "source_waits",
    Group.APPROVAL,
    _("The registration of a source system waits for my confirmation"),
    _("The registration of a source system waits for a second person's confirmation."),
    {},
    Mail.NOW,
)
PROPOSAL_DECIDED: Final = NoticeKind(
    "proposal_decided",
    Group.APPROVAL,
    _("What I proposed is decided"),
    _("A second person has decided on what you proposed."),
    {},
)
IMPORT_FINISHED: Final = NoticeKind(
    "import_finished",
    Group.IMPORT,
    _("An import of mine is done"),
    _("Your import is done: %(rows)s rows, %(rejected)s of them rejected."),
    {"rows": COUNT, "rejected": COUNT},
    Mail.NEVER,
)
IMPORT_REHEARSED: Final = NoticeKind(
    "import_rehearsed",
    Group.IMPORT,
    _("A rehearsal of mine is done"),
    _("Your rehearsal is done: %(rows)s rows, %(rejected)s of them would be rejected."),
    {"rows": COUNT, "rejected": COUNT},
    Mail.NEVER,
)
IMPORT_FAILED: Final = NoticeKind(
    "import_failed",
    Group.IMPORT,
    _("An import of mine failed"),
    _("Your import could not be done (%(code)s)."),
    {"code": CODE},
    Mail.NOW,
)
