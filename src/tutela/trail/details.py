"""What a leaf's decision and details may hold: a key, the shape of its values and its words.

A detail is a count, a code, an id or a hash: the shapes leave no room for a customer's value. The keys that
several rooms use stand here, because a key has one meaning in the whole trail; a room declares those that
only it uses in its `events.py`. The words are marked for translation and translated when shown.
"""

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop as _

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


@dataclass(frozen=True, slots=True)
class Detail:
    """One key. `shape` is COUNT or a key of SHAPES; `words` is English."""

    key: str
    shape: str
    words: str


ASSIGNMENT: Final = Detail("assignment", UUID_TEXT, _("Assignment"))
BATCH: Final = Detail("batch", UUID_TEXT, _("Import"))
BRANCH: Final = Detail("branch", COUNT, _("Branch"))
BYTES: Final = Detail("bytes", COUNT, _("Bytes"))
CHANGED: Final = Detail("changed", COUNT, _("Rows changed"))
CREATED: Final = Detail("created", COUNT, _("Rows added"))
DEPARTMENT: Final = Detail("department", CODE, _("Department"))
DUE: Final = Detail("due", CODE, _("Due"))
FIELD: Final = Detail("field", CODE, _("Field"))
FILE_HASH: Final = Detail("file_hash", HASH, _("File fingerprint"))
LEAVES: Final = Detail("leaves", COUNT, _("Entries"))
LIMIT: Final = Detail("limit", COUNT, _("Maximum rows requested"))
MOVE: Final = Detail("move", UUID_TEXT, _("Reschedule"))
NAME: Final = Detail("name", CODE, _("Display name"))
ORDER: Final = Detail("order", UUID_TEXT, _("Order"))
POST: Final = Detail("post", CODE, _("Post"))
REASON_CODE: Final = Detail("code", CODE, _("Code"))
REJECTED: Final = Detail("rejected", COUNT, _("Rows rejected"))
REQUEST: Final = Detail("request", UUID_TEXT, _("Temporary access"))
ROOT: Final = Detail("root", HASH, _("Root hash"))
ROWS: Final = Detail("rows", COUNT, _("Rows"))
SECONDS: Final = Detail("seconds", COUNT, _("Seconds"))
SOURCE_NAME: Final = Detail("source", LABEL, _("Source system"))
TARGET: Final = Detail("target", CODE, _("Target or person"))
TARGET_PERSON: Final = Detail("target", UUID_TEXT, _("Target or person"))
UNTIL_MS: Final = Detail("until_ms", COUNT, _("Until (milliseconds)"))
VERSION: Final = Detail("version", COUNT, _("Version"))

COMMON: Final = (ROWS, SECONDS, REASON_CODE)
"""What every event may carry."""
DECISION: Final = (
    Detail("outcome", CODE, _("Outcome")),
    Detail("cell", CODE, _("Rule")),
    Detail("overlay", CODE, _("Overriding rule")),
    REASON_CODE,
    Detail("matrix", HASH, _("Matrix fingerprint")),
    Detail("level", COUNT, _("Level")),
    Detail("permission", CODE, _("Permission")),
    POST,
    Detail("quota_left", COUNT, _("Remaining quota")),
    Detail("scope", CODE, _("Scope")),
    REQUEST,
)
"""What the decision of a leaf may hold."""
DECISION_SHAPES: Final = {detail.key: detail.shape for detail in DECISION}
