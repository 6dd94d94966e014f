"""What stands in addresses, bodies and commands: the one table that a new parameter must join.

A thing is *scoped*, when somebody may have it and another may not, or *common*, when everybody who has the
page's function may see every one of it: then only the function is asked, and no answer tells of a thing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from tests.doors.worlds import Ground

NOBODY = UUID("01a203c9-8ab7-7000-9e2d-90b1e5627cbe")
NO_DIGEST = "0" * 64


@dataclass
class Stage:
    """The ground, and what another person has brought and been told."""

    ground: Ground
    upload: UUID
    digest: str
    batch: UUID
    notice: UUID
    held: UUID
    move: UUID
    assignment: UUID
    order: UUID
    access: UUID


@dataclass(frozen=True)
class Pair:
    """Another's thing and one that is not there, as the same request names them."""

    other: dict[str, object]
    absent: dict[str, object]
    same: dict[str, object] = field(default_factory=dict)


Make = Callable[[Stage], list[Pair]]


def _customer(stage: Stage) -> list[Pair]:
    return [Pair({"customer_id": stage.ground.foreign[0].customer}, {"customer_id": NOBODY})]


def _record(stage: Stage) -> list[Pair]:
    own, foreign = stage.ground.own[0], stage.ground.foreign[0]
    both = Pair(
        {"customer_id": foreign.customer, "record_id": foreign.record},
        {"customer_id": NOBODY, "record_id": NOBODY},
    )
    inner = Pair(
        {"record_id": foreign.record}, {"record_id": NOBODY}, {"customer_id": own.customer}
    )
    return [both, inner]


SCOPED: dict[tuple[str, ...], Make] = {
    ("customer_id",): _customer,
    ("customer_id", "record_id"): _record,
    ("upload",): lambda stage: [Pair({"upload": stage.upload}, {"upload": NOBODY})],
    ("upload", "digest"): lambda stage: [
        Pair({"upload": stage.upload, "digest": stage.digest}, {"upload": NOBODY, "digest": NO_DIGEST}),
        Pair({"digest": stage.digest}, {"digest": NO_DIGEST}, {"upload": NOBODY}),
    ],
    ("batch_id",): lambda stage: [Pair({"batch_id": stage.batch}, {"batch_id": NOBODY})],
    ("import_id",): lambda stage: [Pair({"import_id": stage.batch}, {"import_id": NOBODY})],
    ("held_id",): lambda stage: [Pair({"held_id": stage.held}, {"held_id": NOBODY})],
    ("assignment_id",): lambda stage: [
        Pair({"assignment_id": stage.assignment}, {"assignment_id": NOBODY})
    ],
    ("access_id",): lambda stage: [Pair({"access_id": stage.access}, {"access_id": NOBODY})],
    ("order_id",): lambda stage: [Pair({"order_id": stage.order}, {"order_id": NOBODY})],
    ("move_id",): lambda stage: [Pair({"move_id": stage.move}, {"move_id": NOBODY})],
    ("notice_id",): lambda stage: [Pair({"notice_id": stage.notice}, {"notice_id": NOBODY})],
}  # fmt: skip
"""By the names of the parameters of an address."""

COMMON: dict[str, object] = {
    "account_id": NOBODY,
    "alert_id": NOBODY,
    "case_id": NOBODY,
    "change_id": NOBODY,
    "copy_id": NOBODY,
    "drill_id": NOBODY,
    "place_id": NOBODY,
    "recipient_id": NOBODY,
    "run_id": NOBODY,
    "job_id": 999_999,
    "attachment_id": NOBODY,
    "channel_id": 999_999,
    "code": "no-such-code",
    "hold_id": NOBODY,
    "committee_id": NOBODY,
    "correction_id": 999_999,
    "document_id": NOBODY,
    "epoch": 999,
    "language": "zh",
    "leaf_id": NOBODY,
    "meeting_id": NOBODY,
    "name": "no-such-name",
    "number": 999,
    "occurrence_id": 999_999,
    "pack_id": NOBODY,
    "proposal_id": NOBODY,
    "purge_id": NOBODY,
    "segment": "1999-01",
    "risk_id": NOBODY,
    "rule_id": 999_999,
    "reset_id": NOBODY,
    "seat_id": 999_999,
    "session_id": NOBODY,
    "source_id": NOBODY,
    "staff_id": NOBODY,
    "target": "no-such-target",
    "target_id": "no-such-target",
    "task_id": NOBODY,
    "tile": "0/999",
    "token": "no-such-token",
    "traced_id": NOBODY,
    "key_id": NOBODY,
    "version_id": NOBODY,
    "year": 1999,
}
"""The company's own things, by parameter: one that is not there."""

WORDS: frozenset[str] = frozenset(
    {
        "adopt", "approve", "as_json", "begins", "clear", "clears", "close", "column", "collection", "corrects", "days", "delimiter", "denominator",
        "data_class", "dry_run", "encoding", "ends", "event", "field", "fields", "file", "file_hash", "first", "for_purpose", "hours", "justified", "key_id", "label", "last",
        "kind", "leavers", "level", "limit", "login", "logins", "machine", "minutes", "name", "open_rows", "proposal", "propose", "numerator", "out", "outcome", "pack", "pack_id", "person", "preview", "purpose", "reason", "reset",
        "leaf", "leaf_id", "names", "off", "purge_id", "basis", "hold_id", "month", "schema", "table", "rebuild", "save_as", "sheet", "signer", "since", "source", "summary", "target", "unit", "until", "waiting", "value", "values", "version",
        "change_id", "copy_id", "hour", "keep_daily", "keep_monthly", "keep_weekly", "keep_yearly", "key", "keys_days", "opens", "recipient_id", "role", "rpo_hours", "rto_minutes", "wait", "weekday", "word",
        "address", "credential_file", "identity_file", "media", "offsite", "target_id",
        "tool", "server", "zone", "set_name", "identity", "pinned", "to", "check", "listed", "told", "chosen", "at", "into",
        "lift", "loose", "rule", "state", "way", "who", "whole", "withdraw", "withdraws", "yes", "mapping", "Idempotency-Key",
        "Content-Digest", "Signature", "Signature-Input", "account_id", "system", "reader", "silent", "witness", "size", "note", "old",
    }
)  # fmt: skip
"""Parameters of verbs and commands that name no customer's thing."""
NAMED: frozenset[str] = frozenset(
    {"access", "after", "assignee", "assignment", "batch", "before", "branch", "by", "held", "move", "order", "customer", "customer_id", "customers", "import_id",
     "record_id", "work_item"}
)  # fmt: skip
"""Parameters of verbs and commands that name one: the cases below put another's and none there."""
UNKNOWN = (
    "{what} has the parameter “{name}”, which tests/doors/things.py does not know. Say there what it names: "
    "add it to SCOPED with another's and an absent one, to COMMON, or to WORDS if it names no thing."
)
