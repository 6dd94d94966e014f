"""All events of the product and, for each, the closed set of details it may carry.

A detail is a count, a code, an id or a hash: the shapes below leave no room for a customer's value.
"""

import re
from enum import StrEnum
from typing import Final


class Event(StrEnum):
    """Past tense, room.noun.verbed; listed once, never typed as a literal elsewhere."""

    ACCESS_API_KEY_CREATED = "access.api_key.created"
    ACCESS_API_KEY_REVOKED = "access.api_key.revoked"
    ACCESS_API_KEY_ROTATED = "access.api_key.rotated"
    ACCESS_ASSIGNMENT_CHANGED = "access.assignment.changed"
    ACCESS_BRANCHES_IMPORTED = "access.branches.imported"
    ACCESS_DECISION_EXPLAINED = "access.decision.explained"
    ACCESS_DEVICE_REMEMBERED = "access.device.remembered"
    ACCESS_MATRIX_PUBLISHED = "access.matrix.published"
    ACCESS_PASSWORD_LINK_CREATED = "access.password_link.created"  # noqa: S105 an event's name
    ACCESS_PASSWORD_SET = "access.password.set"  # noqa: S105 an event's name
    ACCESS_REQUEST_REFUSED = "access.request.refused"
    ACCESS_SECOND_FACTOR_ADDED = "access.second_factor.added"
    ACCESS_SECOND_FACTOR_REMOVED = "access.second_factor.removed"
    ACCESS_SIGN_IN_DELAYED = "access.sign_in.delayed"
    ACCESS_SIGN_IN_FAILED = "access.sign_in.failed"
    ACCESS_SIGN_IN_SUCCEEDED = "access.sign_in.succeeded"
    ACCESS_SIGN_OUT_DONE = "access.sign_out.done"
    ACCESS_STAFF_CHANGED = "access.staff.changed"
    ACCESS_STAFF_CREATED = "access.staff.created"
    ACCESS_STAFF_DISABLED = "access.staff.disabled"
    ACCESS_STAFF_IMPORTED = "access.staff.imported"
    ACCESS_STEP_UP_DONE = "access.step_up.done"
    GOVERNANCE_ASSESSMENT_CLOSED = "governance.assessment.closed"
    GOVERNANCE_ASSESSMENT_EXPORTED = "governance.assessment.exported"
    GOVERNANCE_ASSESSMENT_OPENED = "governance.assessment.opened"
    GOVERNANCE_ASSESSMENT_RATED = "governance.assessment.rated"
    GOVERNANCE_ASSESSMENT_RETURNED = "governance.assessment.returned"
    GOVERNANCE_ASSESSMENT_SUBMITTED = "governance.assessment.submitted"
    GOVERNANCE_ATTACHMENT_ADDED = "governance.attachment.added"
    GOVERNANCE_ATTACHMENT_OPENED = "governance.attachment.opened"
    GOVERNANCE_ATTACHMENT_WITHDRAWN = "governance.attachment.withdrawn"
    GOVERNANCE_CHARTER_CHANGED = "governance.charter.changed"
    GOVERNANCE_DEPARTMENT_CREATED = "governance.department.created"
    GOVERNANCE_DEPARTMENT_REMOVED = "governance.department.removed"
    GOVERNANCE_DEPARTMENT_RENAMED = "governance.department.renamed"
    GOVERNANCE_DOCUMENT_ADOPTED = "governance.document.adopted"
    GOVERNANCE_DOCUMENT_APPROVED = "governance.document.approved"
    GOVERNANCE_DOCUMENT_ATTESTED = "governance.document.attested"
    GOVERNANCE_DOCUMENT_DISCARDED = "governance.document.discarded"
    GOVERNANCE_DOCUMENT_DRAFTED = "governance.document.drafted"
    GOVERNANCE_DOCUMENT_PUBLISHED = "governance.document.published"
    GOVERNANCE_DOCUMENT_REMINDED = "governance.document.reminded"
    GOVERNANCE_DOCUMENT_RETURNED = "governance.document.returned"
    GOVERNANCE_DOCUMENT_SUBMITTED = "governance.document.submitted"
    GOVERNANCE_DUTIES_HANDED_OVER = "governance.duties.handed_over"
    GOVERNANCE_DUTY_CHANGED = "governance.duty.changed"
    GOVERNANCE_DUTY_CREATED = "governance.duty.created"
    GOVERNANCE_DUTY_EXPORTED = "governance.duty.exported"
    GOVERNANCE_DUTY_RETIRED = "governance.duty.retired"
    GOVERNANCE_MEASURE_SET = "governance.measure.set"
    GOVERNANCE_MEETING_CALLED = "governance.meeting.called"
    GOVERNANCE_MEETING_CANCELLED = "governance.meeting.cancelled"
    GOVERNANCE_MEETING_CLOSED = "governance.meeting.closed"
    GOVERNANCE_MEETING_CORRECTED = "governance.meeting.corrected"
    GOVERNANCE_MEETING_CORRECTION_DRAFTED = "governance.meeting.correction_drafted"
    GOVERNANCE_MEETING_CORRECTION_DROPPED = "governance.meeting.correction_dropped"
    GOVERNANCE_MEETING_HELD = "governance.meeting.held"
    GOVERNANCE_MEETING_MINUTED = "governance.meeting.minuted"
    GOVERNANCE_OCCURRENCES_MADE = "governance.occurrences.made"
    GOVERNANCE_OCCURRENCE_CLOSED = "governance.occurrence.closed"
    GOVERNANCE_OCCURRENCE_MISSED = "governance.occurrence.missed"
    GOVERNANCE_OCCURRENCE_MOVED = "governance.occurrence.moved"
    GOVERNANCE_OCCURRENCE_SKIPPED = "governance.occurrence.skipped"
    GOVERNANCE_PROGRAMME_SET = "governance.programme.set"
    GOVERNANCE_RESOLUTION_PASSED = "governance.resolution.passed"
    GOVERNANCE_RISK_ACCEPTANCE_ENDED = "governance.risk.acceptance_ended"
    GOVERNANCE_RISK_ACCEPTED = "governance.risk.accepted"
    GOVERNANCE_RISK_CHANGED = "governance.risk.changed"
    GOVERNANCE_RISK_REGISTERED = "governance.risk.registered"
    GOVERNANCE_SEAT_ENDED = "governance.seat.ended"
    GOVERNANCE_SEAT_NAMED = "governance.seat.named"
    GOVERNANCE_TARGET_DRAFTED = "governance.target.drafted"
    GOVERNANCE_TARGET_SIGNED = "governance.target.signed"
    GOVERNANCE_TASK_COMMENTED = "governance.task.commented"
    GOVERNANCE_TASK_CREATED = "governance.task.created"
    GOVERNANCE_TASK_EXPORTED = "governance.task.exported"
    GOVERNANCE_TASK_MOVED = "governance.task.moved"
    GOVERNANCE_TASK_REASSIGNED = "governance.task.reassigned"
    KEYS_INDEX_ROOT_CREATED = "keys.index_root.created"
    KEYS_KEK_CREATED = "keys.kek.created"
    KEYS_KEK_REWRAPPED = "keys.kek.rewrapped"
    KEYS_ROOT_KEY_CREATED = "keys.root_key.created"
    KEYS_ROOT_KEY_LOCKED = "keys.root_key.locked"
    KEYS_SIDE_ROOT_CREATED = "keys.side_root.created"
    NOTICES_CHANNEL_ADDED = "notices.channel.added"
    NOTICES_CHANNEL_REMOVED = "notices.channel.removed"
    NOTICES_CHANNEL_TESTED = "notices.channel.tested"
    NOTICES_OUTBOX_RETRIED = "notices.outbox.retried"
    SCORECARD_EVIDENCE_ADDED = "scorecard.evidence.added"
    SCORECARD_EVIDENCE_CORRECTED = "scorecard.evidence.corrected"
    SCORECARD_KEY_RECORDED = "scorecard.key.recorded"
    SCORECARD_MEASURE_DEFINED = "scorecard.measure.defined"
    SCORECARD_MEASURE_ENDED = "scorecard.measure.ended"
    SCORECARD_PACK_WRITTEN = "scorecard.pack.written"
    TRAIL_CHAINS_VERIFIED = "trail.chains.verified"
    TRAIL_CHANGES_ANCHORED = "trail.changes.anchored"
    TRAIL_LEAVES_EXPORTED = "trail.leaves.exported"
    TRAIL_LEAVES_SEARCHED = "trail.leaves.searched"
    TRAIL_NOTE_OPENED = "trail.note.opened"
    VAULT_CONTENT_ANCHORED = "vault.content.anchored"
    VAULT_CONTENT_VERIFIED = "vault.content.verified"
    VAULT_CUSTOMER_CREATED = "vault.customer.created"
    VAULT_CUSTOMER_DESTROYED = "vault.customer.destroyed"
    VAULT_CUSTOMER_LISTED = "vault.customer.listed"
    VAULT_CUSTOMER_MOVED = "vault.customer.moved"
    VAULT_CUSTOMER_MOVE_PROPOSED = "vault.customer.move_proposed"
    VAULT_CUSTOMER_MOVE_REFUSED = "vault.customer.move_refused"
    VAULT_CUSTOMER_SEARCHED = "vault.customer.searched"
    VAULT_CUSTOMER_VIEWED = "vault.customer.viewed"
    VAULT_DESTRUCTION_APPROVED = "vault.destruction.approved"
    VAULT_DESTRUCTION_PROPOSED = "vault.destruction.proposed"
    VAULT_DESTRUCTION_REJECTED = "vault.destruction.rejected"
    VAULT_FIELD_REVEALED = "vault.field.revealed"
    VAULT_HELD_ROW_ACCEPTED = "vault.held_row.accepted"
    VAULT_HELD_ROW_OPENED = "vault.held_row.opened"
    VAULT_HELD_ROW_QUEUED = "vault.held_row.queued"
    VAULT_HELD_ROW_REFUSED = "vault.held_row.refused"
    VAULT_HISTORY_VIEWED = "vault.history.viewed"
    VAULT_IMPORT_COMMITTED = "vault.import.committed"
    VAULT_IMPORT_FAILED = "vault.import.failed"
    VAULT_IMPORT_FINISHED = "vault.import.finished"
    VAULT_IMPORT_INSPECTED = "vault.import.inspected"
    VAULT_IMPORT_REHEARSED = "vault.import.rehearsed"
    VAULT_IMPORT_STARTED = "vault.import.started"
    VAULT_IMPORT_UNDONE = "vault.import.undone"
    VAULT_IMPORT_UNDO_APPROVED = "vault.import.undo_approved"
    VAULT_IMPORT_UNDO_FINISHED = "vault.import.undo_finished"
    VAULT_IMPORT_UNDO_PREVIEWED = "vault.import.undo_previewed"
    VAULT_IMPORT_UNDO_PROPOSED = "vault.import.undo_proposed"
    VAULT_IMPORT_UNDO_WITHDRAWN = "vault.import.undo_withdrawn"
    VAULT_MAPPING_SAVED = "vault.mapping.saved"
    VAULT_RECORD_CHANGED = "vault.record.changed"
    VAULT_RECORD_CREATED = "vault.record.created"
    VAULT_RECORD_OPENED = "vault.record.opened"
    VAULT_REJECTS_OPENED = "vault.rejects.opened"
    VAULT_SOURCE_PROPOSED = "vault.source.proposed"
    VAULT_SOURCE_REFUSED = "vault.source.refused"
    VAULT_SOURCE_REGISTERED = "vault.source.registered"
    VAULT_WORK_ITEM_ASSIGNED = "vault.work_item.assigned"
    VAULT_WORK_ITEM_ASSIGNMENT_CONFIRMED = "vault.work_item.assignment_confirmed"
    VAULT_WORK_ITEM_ASSIGNMENT_REFUSED = "vault.work_item.assignment_refused"
    VAULT_WORK_ITEM_IMPORTED = "vault.work_item.imported"


COUNT: Final = "count"
CODE: Final = "code"
UUID_TEXT: Final = "uuid"
HASH: Final = "hash"
LABEL: Final = "label"

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
# No run of six digits: no phone, card, identity or policy number fits a code or a label.
_FEW_DIGITS = r"(?!.*\d{6})"
SHAPES: Final[dict[str, re.Pattern[str]]] = {
    CODE: re.compile(_FEW_DIGITS + r"[A-Za-z0-9_.:/+*|,=-]{0,200}"),
    UUID_TEXT: re.compile(_UUID),
    HASH: re.compile("(?:[0-9a-f]{8,64})?"),
    # What an officer calls a source or a mapping: words, not sentences and not addresses.
    LABEL: re.compile(_FEW_DIGITS + r"[\w .()（）-]{0,64}"),
}

DECISION: Final[dict[str, str]] = {
    "outcome": CODE, "cell": CODE, "overlay": CODE, "code": CODE, "matrix": HASH, "level": COUNT,
    "permission": CODE, "post": CODE, "quota_left": COUNT, "scope": CODE,
}  # fmt: skip

_ANY = {"rows": COUNT, "seconds": COUNT, "code": CODE}
_LOOK = {"hits": COUNT, "field": CODE, "transform": COUNT, "limit": COUNT, "collection": CODE,
         "record": UUID_TEXT, "version": COUNT, "until_ms": COUNT, "batch": UUID_TEXT}  # fmt: skip
_WRITE = {"collection": CODE, "record": UUID_TEXT, "version": COUNT, "generation": COUNT,
          "work_items": COUNT, "manifest": HASH, "root": HASH, "branch": COUNT,
          "customer_version": COUNT}  # fmt: skip
_IMPORT = {"batch": UUID_TEXT, "chunk": COUNT, "collection": CODE, "source": LABEL, "mapping": LABEL,
           "file_hash": HASH, "created": COUNT, "changed": COUNT, "unchanged": COUNT,
           "rejected": COUNT, "columns": COUNT, "bytes": COUNT, "row": COUNT, "dry_run": COUNT,
           "version": COUNT, "root": HASH, "customers": COUNT, "kept": COUNT, "held": COUNT}  # fmt: skip
_CONTENT = {"root": HASH, "run": UUID_TEXT, "leaves": COUNT, "records": COUNT, "customers": COUNT,
            "faults": COUNT, "not_anchored": COUNT, "first_missing_ms": COUNT}  # fmt: skip
_DESTRUCTION = {"order": UUID_TEXT, "records": COUNT, "versions": COUNT}
_HELD_ROW = {"batch": UUID_TEXT, "held_row": UUID_TEXT, "collection": CODE, "source": LABEL, "row": COUNT,
             "created": COUNT, "changed": COUNT, "unchanged": COUNT, "root": HASH}  # fmt: skip
_SOURCE = {"source": LABEL, "proposal": UUID_TEXT, "machine": UUID_TEXT}
_MOVE = {"move": UUID_TEXT, "from": COUNT, "branch": COUNT, "customer_version": COUNT}
_STAFF = {"target": UUID_TEXT, "post": CODE, "branch": COUNT, "department": CODE, "field": CODE,
          "key": UUID_TEXT, "factor": CODE, "created": COUNT, "changed": COUNT, "rejected": COUNT,
          "until_ms": COUNT, "file_hash": HASH, "device": HASH, "successor": UUID_TEXT}  # fmt: skip
_MATRIX = {"matrix": HASH, "epoch": COUNT, "version": COUNT, "cells": COUNT}
_REFUSAL = {"permission": CODE, "path": CODE, "view": CODE, "target": UUID_TEXT, "status": COUNT}
_KEY = {"kek": COUNT, "version": COUNT, "suite": COUNT, "provider": CODE, "name": CODE, "locked": COUNT,
        "commitment": HASH}  # fmt: skip
_NOTICES = {"channel": COUNT, "way": CODE, "service": CODE}
_TRAIL = {"by": CODE, "limit": COUNT, "since_ms": COUNT, "until_ms": COUNT, "event": CODE, "root": HASH,
          "leaves": COUNT, "chains": COUNT, "broken": COUNT, "target": UUID_TEXT, "leaf": UUID_TEXT,
          "file_hash": HASH}  # fmt: skip

_ASSESSMENT = {"year": COUNT, "control": CODE, "verdict": CODE, "controls": COUNT, "language": CODE}
_RISK = {"likelihood": COUNT, "impact": COUNT, "treatment": CODE, "days": COUNT, "field": CODE}
_PAPER = {"document": CODE, "version": COUNT, "approval": COUNT, "file_hash": HASH}
_MEETING = {"committee": CODE, "seat": COUNT, "post": CODE, "agenda": COUNT, "seats": COUNT,
            "present": COUNT, "quorum": COUNT, "number": COUNT, "due": CODE, "before": COUNT,
            "after": COUNT, "resolutions": COUNT}  # fmt: skip
_PROGRAMME = {"measure": CODE, "target": CODE, "version": COUNT, "duty": CODE, "occurrence": COUNT,
              "begins": CODE, "due": CODE, "state": CODE, "count": COUNT, "task": UUID_TEXT,
              "attachment": UUID_TEXT, "file_hash": HASH, "bytes": COUNT, "origin": CODE,
              "department": CODE, "heir": CODE, "post": CODE, "staff": UUID_TEXT}  # fmt: skip

_SCORECARD = {"name": CODE, "source": LABEL, "file_hash": HASH, "evidence": UUID_TEXT, "corrects": UUID_TEXT,
              "begins_ms": COUNT, "ends_ms": COUNT, "known_us": COUNT, "figures": COUNT}  # fmt: skip

_FAMILIES: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("access.matrix.", _MATRIX),
    ("access.request.", _REFUSAL),
    ("access.", _STAFF),
    ("governance.assessment.", _ASSESSMENT),
    ("governance.risk.", _RISK),
    ("governance.charter.", _MEETING),
    ("governance.document.", _PAPER),
    ("governance.meeting.", _MEETING),
    ("governance.resolution.", _MEETING),
    ("governance.seat.", _MEETING),
    ("governance.", _PROGRAMME),
    ("keys.", _KEY),
    ("notices.", _NOTICES),
    ("scorecard.", _SCORECARD),
    (
        "trail.note.",
        {
            "leaf": UUID_TEXT,
            "order": UUID_TEXT,
            "move": UUID_TEXT,
            "assignment": UUID_TEXT,
            "batch": UUID_TEXT,
        },
    ),
    ("trail.", _TRAIL),
    ("vault.import.", _IMPORT),
    ("vault.mapping.", _IMPORT),
    ("vault.rejects.", _IMPORT),
    ("vault.work_item.assign", {"assignment": UUID_TEXT, "assignee": UUID_TEXT}),
    ("vault.work_item.", _IMPORT),
    ("vault.held_row.", _HELD_ROW),
    ("vault.source.", _SOURCE),
    ("vault.customer.move", _MOVE),
    ("vault.record.", _WRITE),
    ("vault.customer.created", _WRITE),
    ("vault.customer.destroyed", _DESTRUCTION),
    ("vault.destruction.", _DESTRUCTION),
    ("vault.content.", _CONTENT),
    ("vault.", _LOOK),
)


def _details_of(event: Event) -> dict[str, str]:
    family = next(shape for prefix, shape in _FAMILIES if event.value.startswith(prefix))
    return {**_ANY, **family}


DETAILS: Final[dict[Event, dict[str, str]]] = {event: _details_of(event) for event in Event}
