"""All kinds of notices of the product: a closed list, each with its sentence and what it may name.

`params` gives the shape of each fact a kind carries. No shape fits a name, a telephone, identity,
card or policy number, so none can leave the house in a message.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Group(StrEnum):
    """What a notice is about; a chat robot is told by these, and the inbox is sorted by them."""

    WORK = "work"
    APPROVAL = "approval"
    COMMITTEE = "committee"
    SCORECARD = "scorecard"
    IMPORT = "import"
    ACCOUNT = "account"
    SYSTEM = "system"


class Mail(StrEnum):
    """How a kind reaches a person by mail. The inbox has it in any case."""

    NOW = "now"
    DIGEST = "digest"
    NEVER = "never"


class NoticeKind(StrEnum):
    APPROVAL_WANTED = "approval_wanted"
    ASSIGNMENT_WAITS = "assignment_waits"
    ASSESSMENT_OPENED = "assessment_opened"
    ASSESSMENT_RETURNED = "assessment_returned"
    ASSESSMENT_WAITS = "assessment_waits"
    ATTENDANCE_TO_SIGN = "attendance_to_sign"
    COMMENT_ADDED = "comment_added"
    DELIVERY_FAILING = "delivery_failing"
    DEPARTMENT_TASK_DUE = "department_task_due"
    DEPARTMENT_TASK_GIVEN = "department_task_given"
    DESTRUCTION_WAITS = "destruction_waits"
    DOCUMENT_APPROVED = "document_approved"
    DOCUMENT_PUBLISHED = "document_published"
    DOCUMENT_RETURNED = "document_returned"
    DOCUMENT_UNREAD = "document_unread"
    DUTY_DUE = "duty_due"
    DUTY_MISSED = "duty_missed"
    EVIDENCE_MISSING = "evidence_missing"
    HELD_ROWS_WAIT = "held_rows_wait"
    IMPORT_FAILED = "import_failed"
    IMPORT_FINISHED = "import_finished"
    IMPORT_REHEARSED = "import_rehearsed"
    MEETING_CALLED = "meeting_called"
    MEETING_CANCELLED = "meeting_cancelled"
    MOVE_WAITS = "move_waits"
    PASSWORD_SET = "password_set"  # noqa: S105 the name of a kind
    PROOF_STALE = "proof_stale"
    PROPOSAL_DECIDED = "proposal_decided"
    RESOLUTION_GIVEN = "resolution_given"
    REVIEW_DUE = "review_due"
    RISK_ACCEPTANCE_ENDED = "risk_acceptance_ended"
    RISK_ACCEPTANCE_ENDS = "risk_acceptance_ends"
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    SIGNATURE_WANTED = "signature_wanted"
    SOURCE_WAITS = "source_waits"
    TARGET_NOT_MET = "target_not_met"
    TASK_DUE = "task_due"
    TASK_GIVEN = "task_given"
    UNDO_WAITS = "undo_waits"
    WORK_ITEM_GIVEN = "work_item_given"
    WORK_HANDED_OVER = "work_handed_over"


COUNT: Final = "count"
CODE: Final = "code"
DAY: Final = "day"
SHAPES: Final[dict[str, re.Pattern[str]]] = {
    # At most four digits together: a year and a serial number fit, no number of a person does.
    CODE: re.compile(r"(?!.*\d{5})[A-Za-z0-9][A-Za-z0-9_.-]{0,39}", re.ASCII),
    # Empty when there is no such day.
    DAY: re.compile(r"(?:\d{4}-\d\d-\d\d)?", re.ASCII),
}
MOST_COUNTED: Final = 999_999_999


@dataclass(frozen=True, slots=True)
class KindSpec:
    """One kind. `label` names it on the settings page; `sentence` is filled from `params`."""

    group: Group
    label: Promise
    sentence: Promise
    params: Mapping[str, str]
    mail: Mail = Mail.DIGEST


GROUPS: Final[dict[Group, tuple[Promise, str]]] = {
    Group.WORK: (_("Work"), "checklist"),
    Group.APPROVAL: (_("Approvals and documents"), "file-check"),
    Group.COMMITTEE: (_("Committee"), "users-group"),
    Group.SCORECARD: (_("Targets and risks"), "target"),
    Group.IMPORT: (_("Imports"), "file-import"),
    Group.ACCOUNT: (_("My sign-in"), "lock"),
    Group.SYSTEM: (_("The installation"), "server"),
}

_DUE = {"due": DAY}
_VERSION = {"document": CODE, "version": CODE}

KINDS: Final[dict[NoticeKind, KindSpec]] = {
    NoticeKind.TASK_GIVEN: KindSpec(
        Group.WORK, _("A task is given to me"),
        _("A task has been given to you; due %(due)s."), _DUE, Mail.NOW,
    ),
    NoticeKind.TASK_DUE: KindSpec(
        Group.WORK, _("A task of mine falls due"),
        _("A task of yours is due on %(due)s."), _DUE,
    ),
    NoticeKind.DEPARTMENT_TASK_GIVEN: KindSpec(
        Group.WORK, _("A task is given to my department"),
        _("A task has been given to your department; due %(due)s."), _DUE,
    ),
    NoticeKind.DEPARTMENT_TASK_DUE: KindSpec(
        Group.WORK, _("A task of my department that nobody has taken falls due"),
        _("A task of your department, due on %(due)s, has no person yet."), _DUE,
    ),
    NoticeKind.WORK_HANDED_OVER: KindSpec(
        Group.WORK, _("Work is handed over to my department"),
        _("%(count)s measures, duties, tasks or documents were handed over to your department."),
        {"count": COUNT}, Mail.NOW,
    ),
    NoticeKind.COMMENT_ADDED: KindSpec(
        Group.WORK, _("A comment on a task of mine"),
        _("There is a new comment on a task of yours."), {},
    ),
    NoticeKind.DUTY_DUE: KindSpec(
        Group.WORK, _("A duty of my post or department falls due"),
        _("Duty %(duty)s is due on %(due)s."), {"duty": CODE, "due": DAY},
    ),
    NoticeKind.DUTY_MISSED: KindSpec(
        Group.WORK, _("A duty of my post or department was missed"),
        _("Duty %(duty)s, due on %(due)s, was missed."), {"duty": CODE, "due": DAY}, Mail.NOW,
    ),
    NoticeKind.WORK_ITEM_GIVEN: KindSpec(
        Group.WORK, _("A work item is assigned to me"),
        _("A customer's work item is yours from now on."), {}, Mail.NOW,
    ),
    NoticeKind.HELD_ROWS_WAIT: KindSpec(
        Group.APPROVAL, _("Held rows wait for me as data steward"),
        _("Rows that could not be written wait for your decision."), {}, Mail.NOW,
    ),
    NoticeKind.MOVE_WAITS: KindSpec(
        Group.APPROVAL, _("A customer is to move to a branch of mine"),
        _("A customer's move to another branch waits for a second person."), {}, Mail.NOW,
    ),
    NoticeKind.ASSIGNMENT_WAITS: KindSpec(
        Group.APPROVAL, _("An assigned work item waits for my confirmation"),
        _("An assigned work item waits for a second person's confirmation."), {}, Mail.NOW,
    ),
    NoticeKind.DESTRUCTION_WAITS: KindSpec(
        Group.APPROVAL, _("The destruction of a customer's data waits for my approval"),
        _("The destruction of a customer's data waits for a second person's approval."), {}, Mail.NOW,
    ),
    NoticeKind.UNDO_WAITS: KindSpec(
        Group.APPROVAL, _("The undo of an import waits for my approval"),
        _("The undo of an import waits for a second person's approval."), {}, Mail.NOW,
    ),
    NoticeKind.SOURCE_WAITS: KindSpec(
        Group.APPROVAL, _("The registration of a source system waits for my confirmation"),
        _("The registration of a source system waits for a second person's confirmation."),
        {}, Mail.NOW,
    ),
    NoticeKind.PROPOSAL_DECIDED: KindSpec(
        Group.APPROVAL, _("What I proposed is decided"),
        _("A second person has decided on what you proposed."), {},
    ),
    NoticeKind.APPROVAL_WANTED: KindSpec(
        Group.APPROVAL, _("A document waits for my approval"),
        _("Document %(document)s, version %(version)s, waits for your approval."),
        _VERSION, Mail.NOW,
    ),
    NoticeKind.SIGNATURE_WANTED: KindSpec(
        Group.APPROVAL, _("A goal waits for a second signature"),
        _("A new goal for target %(target)s waits for a second signature."),
        {"target": CODE}, Mail.NOW,
    ),
    NoticeKind.REVIEW_DUE: KindSpec(
        Group.APPROVAL, _("A document is to be reviewed"),
        _("Document %(document)s is to be reviewed by %(due)s."),
        {"document": CODE, "due": DAY},
    ),
    NoticeKind.DOCUMENT_APPROVED: KindSpec(
        Group.APPROVAL, _("A document of mine is approved"),
        _("Document %(document)s, version %(version)s, is approved and can be published."), _VERSION,
    ),
    NoticeKind.DOCUMENT_RETURNED: KindSpec(
        Group.APPROVAL, _("A document of mine came back"),
        _("Document %(document)s, version %(version)s, came back with a reason."), _VERSION, Mail.NOW,
    ),
    NoticeKind.DOCUMENT_PUBLISHED: KindSpec(
        Group.APPROVAL, _("A document to read"),
        _("Read document %(document)s, version %(version)s, and confirm that you have."), _VERSION,
    ),
    NoticeKind.DOCUMENT_UNREAD: KindSpec(
        Group.APPROVAL, _("A document I have not read yet"),
        _("Document %(document)s, version %(version)s, still waits for you to read it."), _VERSION,
    ),
    NoticeKind.ASSESSMENT_WAITS: KindSpec(
        Group.APPROVAL, _("A yearly assessment waits for a second person"),
        _("The assessment of %(year)s is handed in and waits for you to confirm it."),
        {"year": COUNT}, Mail.NOW,
    ),
    NoticeKind.ATTENDANCE_TO_SIGN: KindSpec(
        Group.APPROVAL, _("A corrected attendance waits for a second signature"),
        _("The attendance of the committee's meeting on %(day)s was corrected; a second person signs."),
        {"day": DAY}, Mail.NOW,
    ),
    NoticeKind.MEETING_CALLED: KindSpec(
        Group.COMMITTEE, _("A meeting of the committee"),
        _("The committee meets on %(day)s."), {"day": DAY}, Mail.NOW,
    ),
    NoticeKind.MEETING_CANCELLED: KindSpec(
        Group.COMMITTEE, _("A meeting of the committee is cancelled"),
        _("The committee's meeting on %(day)s is cancelled."), {"day": DAY}, Mail.NOW,
    ),
    NoticeKind.RESOLUTION_GIVEN: KindSpec(
        Group.COMMITTEE, _("A resolution to carry out"),
        _("A resolution of the committee is yours to carry out; due %(due)s."), _DUE, Mail.NOW,
    ),
    NoticeKind.TARGET_NOT_MET: KindSpec(
        Group.SCORECARD, _("A target is not met"),
        _("Target %(target)s is not met in the period that began on %(begins)s."),
        {"target": CODE, "begins": DAY}, Mail.NOW,
    ),
    NoticeKind.PROOF_STALE: KindSpec(
        Group.SCORECARD, _("The proof for a target is old"),
        _("The newest proof for target %(target)s is %(days)s days old."),
        {"target": CODE, "days": COUNT},
    ),
    NoticeKind.EVIDENCE_MISSING: KindSpec(
        Group.SCORECARD, _("A target has no evidence though its date has passed"),
        _("Target %(target)s has no evidence; it was due on %(due)s."),
        {"target": CODE, "due": DAY},
    ),
    NoticeKind.RISK_ACCEPTANCE_ENDS: KindSpec(
        Group.SCORECARD, _("The acceptance of a risk ends"),
        _("The acceptance of risk R%(risk)s ends on %(due)s."), {"risk": COUNT, "due": DAY},
    ),
    NoticeKind.RISK_ACCEPTANCE_ENDED: KindSpec(
        Group.SCORECARD, _("The acceptance of a risk has ended"),
        _("The acceptance of risk R%(risk)s ended on %(due)s; the risk is open again."),
        {"risk": COUNT, "due": DAY}, Mail.NOW,
    ),
    NoticeKind.ASSESSMENT_OPENED: KindSpec(
        Group.SCORECARD, _("A yearly assessment is open"),
        _("The assessment of %(year)s is open; controls wait for your rating."), {"year": COUNT},
    ),
    NoticeKind.ASSESSMENT_RETURNED: KindSpec(
        Group.SCORECARD, _("A yearly assessment came back to me"),
        _("The assessment of %(year)s that you handed in came back with a reason; hand it in again."),
        {"year": COUNT}, Mail.NOW,
    ),
    NoticeKind.IMPORT_FINISHED: KindSpec(
        Group.IMPORT, _("An import of mine is done"),
        _("Your import is done: %(rows)s rows, %(rejected)s of them rejected."),
        {"rows": COUNT, "rejected": COUNT}, Mail.NEVER,
    ),
    NoticeKind.IMPORT_REHEARSED: KindSpec(
        Group.IMPORT, _("A rehearsal of mine is done"),
        _("Your rehearsal is done: %(rows)s rows, %(rejected)s of them would be rejected."),
        {"rows": COUNT, "rejected": COUNT}, Mail.NEVER,
    ),
    NoticeKind.IMPORT_FAILED: KindSpec(
        Group.IMPORT, _("An import of mine failed"),
        _("Your import could not be done (%(code)s)."), {"code": CODE}, Mail.NOW,
    ),
    NoticeKind.PASSWORD_SET: KindSpec(
        Group.ACCOUNT, _("My password was set"),
        _("Your password was set. If that was not you, tell the security administrator now."),
        {}, Mail.NOW,
    ),
    NoticeKind.SECOND_FACTOR_ADDED: KindSpec(
        Group.ACCOUNT, _("A second factor was turned on"),
        _("A second factor was turned on for your account, or its recovery codes were made anew."
          " If that was not you, tell the security administrator now."),
        {}, Mail.NOW,
    ),
    NoticeKind.SECOND_FACTOR_REMOVED: KindSpec(
        Group.ACCOUNT, _("A second factor was turned off"),
        _("A second factor of your account was turned off."
          " If that was not you, tell the security administrator now."),
        {}, Mail.NOW,
    ),
    NoticeKind.DELIVERY_FAILING: KindSpec(
        Group.SYSTEM, _("Messages cannot be sent"),
        _("Messages by %(way)s cannot be sent. They wait in the outbox and are tried again."),
        {"way": CODE}, Mail.NEVER,
    ),
}  # fmt: skip
