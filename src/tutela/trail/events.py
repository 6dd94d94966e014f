"""What the trail itself leaves."""

from typing import Final

from django.utils.translation import gettext_noop as _

from . import details, ocsf_kinds
from .details import CODE, COUNT, HASH, UUID_TEXT, Detail
from .event_specs import EventSpec

_BROKEN: Final = Detail("broken", COUNT, _("Broken entries"))
_BY: Final = Detail("by", CODE, _("Search field"))
_CHAINS: Final = Detail("chains", COUNT, _("Chains"))
_FORMAT: Final = Detail("format", CODE, _("File format"))
_EVENT: Final = Detail("event", CODE, _("Event searched for"))
_LEAF: Final = Detail("leaf", UUID_TEXT, _("Entry opened"))
_SINCE_MS: Final = Detail("since_ms", COUNT, _("From (milliseconds)"))

_TRAIL_DETAILS: Final = (
    _BY,
    details.LIMIT,
    _SINCE_MS,
    details.UNTIL_MS,
    _EVENT,
    details.ROOT,
    details.LEAVES,
    _CHAINS,
    _BROKEN,
    details.TARGET_PERSON,
    _LEAF,
    details.FILE_HASH,
    _FORMAT,
)
_REASON: Final = Detail("reason", HASH, _("Fingerprint of the reason"))
_JOINT: Final = Detail("joint_request", UUID_TEXT, _("Request that takes two people"))
_EPOCH: Final = Detail("tree", COUNT, _("Tree of the trail (number)"))
_SEGMENT_DETAILS: Final = (
    _EPOCH,
    Detail("segment", CODE, _("Sealed month")),
    Detail("first", COUNT, _("First index")),
    Detail("last", COUNT, _("Last index")),
    Detail("bad_index", COUNT, _("First wrong index")),
    details.LEAVES,
    _SINCE_MS,
    details.UNTIL_MS,
    Detail("range", HASH, _("Fingerprint of the range")),
    Detail("file", HASH, _("Fingerprint of the sealed file")),
    Detail("pointers", HASH, _("Fingerprint of the pointers")),
    Detail("matrices", HASH, _("Fingerprint of the permission matrices")),
    Detail("schema", CODE, _("Schema of the sealed file")),
    details.ORDER,
    Detail("basis", CODE, _("Basis")),
    Detail("hold", UUID_TEXT, _("Legal hold")),
    Detail("first_month", CODE, _("First month")),
    Detail("last_month", CODE, _("Last month")),
    _REASON,
    _JOINT,
)
_NOTE_DETAILS: Final = (
    _LEAF, details.ORDER, details.MOVE, details.ASSIGNMENT, details.BATCH, details.REQUEST
)  # fmt: skip

CHAINS_VERIFIED: Final = EventSpec(
    "trail.chains.verified", _("Access trail verified"), _TRAIL_DETAILS
)
"""Every chain of the trail was verified; the leaf holds the number of leaves, chains and faults."""
CHANGES_ANCHORED: Final = EventSpec(
    "trail.changes.anchored", _("Changes anchored in the trail"), _TRAIL_DETAILS
)
"""Leaves of changes were anchored in a chain by the root of their hashes."""
LEAVES_SEARCHED: Final = EventSpec(
    "trail.leaves.searched", _("Access trail read"), _TRAIL_DETAILS, ocsf=ocsf_kinds.QUERY
)
"""The trail was searched; the leaf holds the criteria."""
LEAVES_COUNTED: Final = EventSpec(
    "trail.leaves.counted",
    _("Access trail of a person or customer counted"),
    _TRAIL_DETAILS,
    ocsf=ocsf_kinds.QUERY,
)
"""What one person did, or who looked at one customer, was counted for a page."""
LEAVES_EXPORTED: Final = EventSpec(
    "trail.leaves.exported", _("Access trail exported"), _TRAIL_DETAILS, ocsf=ocsf_kinds.READ
)
"""Entries of the trail were handed out as a file; the leaf holds the criteria, the format and the limit."""
LEAF_PROVED: Final = EventSpec("trail.leaf.proved", _("Entry proved"), _TRAIL_DETAILS)
"""The proof that one entry stands in the signed log was shown or handed out."""
NOTE_OPENED: Final = EventSpec(
    "trail.note.opened", _("Reason for access opened"), _NOTE_DETAILS, ocsf=ocsf_kinds.DECRYPT
)
"""The encrypted reason of a leaf, or of a pending proposal, was read."""
_FORMER_EPOCH: Final = Detail("former_tree", COUNT, _("Former tree of the trail (number)"))
_SIGNED_SIZE: Final = Detail("signed_size", COUNT, _("Entries signed last"))
_HELD_SIZE: Final = Detail("held_size", COUNT, _("Entries of the former tree that are here"))
_MISSING: Final = Detail("lost", COUNT, _("Signed entries that are missing"))
_INDEX: Final = Detail("leaf_index", COUNT, _("Index in the tree"))
_KIND: Final = Detail("fault", CODE, _("Kind of fault"))

EPOCH_OPENED: Final = EventSpec(
    "trail.epoch.opened",
    _("New tree of the trail begun"),
    (_EPOCH, _FORMER_EPOCH, _SIGNED_SIZE, details.ROOT, _HELD_SIZE, _MISSING),
)
"""The database no longer held the tree signed last; the leaf names what was signed and what is missing."""
_FAULT_DETAILS: Final = (_KIND, _EPOCH, _INDEX, _LEAF, _JOINT, _REASON)

FAULT_ACKNOWLEDGEMENT_PROPOSED: Final = EventSpec(
    "trail.fault.acknowledgement_proposed",
    _("Acknowledgement of a fault of the trail proposed"),
    _FAULT_DETAILS,
)
"""Somebody in charge says that a broken chain or tree was looked at; it waits for a second person."""
FAULT_ACKNOWLEDGED: Final = EventSpec(
    "trail.fault.acknowledged", _("Fault of the trail acknowledged"), _FAULT_DETAILS
)
"""A second person in charge looked at a broken chain or tree, and the log opens again; the leaf names the
fault."""
FAULT_ACKNOWLEDGEMENT_REJECTED: Final = EventSpec(
    "trail.fault.acknowledgement_rejected",
    _("Acknowledgement of a fault of the trail rejected"),
    _FAULT_DETAILS,
)
"""The second person did not agree, or the first one withdrew; the fault stands."""
SEGMENT_SEALED: Final = EventSpec(
    "trail.segment.sealed", _("Month of the access trail sealed"), _SEGMENT_DETAILS
)
"""A month was written to files, read back and compared with the tree; the leaf holds its range and the files'
hashes."""
SEGMENT_CHECKED: Final = EventSpec(
    "trail.segment.checked", _("Sealed month verified again"), _SEGMENT_DETAILS
)
"""The files of a sealed month were hashed again, leaf by leaf; the leaf holds what was wrong, if anything."""
SEGMENT_COOLED: Final = EventSpec(
    "trail.segment.cooled", _("Month moved out of the database"), _SEGMENT_DETAILS
)
"""The database gave up a month that files hold, which answer for it from then on."""
SEGMENT_READ: Final = EventSpec(
    "trail.segment.read", _("Sealed month handed out"), _SEGMENT_DETAILS
)
"""The leaves of a sealed month were handed out, for somebody who verifies them elsewhere."""
SEGMENT_RESTORED: Final = EventSpec(
    "trail.segment.restored", _("Sealed month restored from a copy"), _SEGMENT_DETAILS
)
"""The files of a sealed month were brought back from a copy."""
SEGMENT_PURGED: Final = EventSpec(
    "trail.segment.purged", _("Month of the access trail purged"), _SEGMENT_DETAILS
)
"""A sealed month was purged by two people; the leaf holds its range and the basis, and the seal stays."""
PURGE_PROPOSED: Final = EventSpec(
    "trail.purge.proposed", _("Purge of a month requested"), _SEGMENT_DETAILS
)
"""Somebody asked to purge a sealed month whose retention is over."""
PURGE_APPROVED: Final = EventSpec(
    "trail.purge.approved", _("Purge of a month approved"), _SEGMENT_DETAILS
)
"""A second person approved the purge."""
PURGE_REJECTED: Final = EventSpec(
    "trail.purge.rejected", _("Purge of a month rejected"), _SEGMENT_DETAILS
)
"""A purge was rejected, or withdrawn."""
HOLD_PLACED: Final = EventSpec("trail.hold.placed", _("Legal hold placed"), _SEGMENT_DETAILS)
"""Months of the trail may not be purged from now on."""
HOLD_LIFT_PROPOSED: Final = EventSpec(
    "trail.hold.lift_proposed", _("Lifting of a legal hold proposed"), _SEGMENT_DETAILS
)
"""Somebody asked to lift a legal hold, with a reason; it stays in force."""
HOLD_LIFTED: Final = EventSpec("trail.hold.lifted", _("Legal hold lifted"), _SEGMENT_DETAILS)
"""A second person agreed, and a legal hold ended."""
HOLD_LIFT_REJECTED: Final = EventSpec(
    "trail.hold.lift_rejected", _("Lifting of a legal hold rejected"), _SEGMENT_DETAILS
)
"""The lifting of a legal hold was rejected, or withdrawn; it stays in force."""
_AGE: Final = Detail("age_minutes", COUNT, _("Minutes since the last quorum"))

COSIGNATURE_RECORDED: Final = EventSpec(
    "trail.cosignature.recorded",
    _("Cosignature of a witness recorded"),
    (details.LEAVES, details.ROOT),
)
"""What a witness signed that is carried to by hand was recorded; the leaf names the size and the root."""
POLICY_CHANGED: Final = EventSpec(
    "trail.policy.changed",
    _("Policy of witnesses changed"),
    (details.REASON_CODE, details.FILE_HASH),
)
"""The file that names the witnesses was set, changed or removed; the leaf holds its hash."""
QUORUM_LOST: Final = EventSpec("trail.quorum.lost", _("Quorum of witnesses lost"), (_AGE,))
"""For 15 minutes not enough witnesses vouched for the tree."""
QUORUM_REGAINED: Final = EventSpec(
    "trail.quorum.regained", _("Quorum of witnesses regained"), (_AGE,)
)
"""Enough witnesses vouch for the tree again."""
TREE_CONTRADICTED: Final = EventSpec(
    "trail.tree.contradicted",
    _("Trail contradicted by a witness"),
    (details.LEAVES, details.ROOT),
)
"""A witness holds a checkpoint with the log's own signature that the tree contradicts; the log is closed."""
