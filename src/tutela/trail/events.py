"""What the trail itself leaves."""

from typing import Final

from django.utils.translation import gettext_noop as _

from . import details
from .details import CODE, COUNT, UUID_TEXT, Detail
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
LEAVES_SEARCHED: Final = EventSpec("trail.leaves.searched", _("Access trail read"), _TRAIL_DETAILS)
"""The trail was searched; the leaf holds the criteria."""
LEAVES_COUNTED: Final = EventSpec(
    "trail.leaves.counted", _("Access trail of a person or customer counted"), _TRAIL_DETAILS
)
"""What one person did, or who looked at one customer, was counted for a page."""
LEAVES_EXPORTED: Final = EventSpec(
    "trail.leaves.exported", _("Access trail exported"), _TRAIL_DETAILS
)
"""Entries of the trail were handed out as a file; the leaf holds the criteria, the format and the limit."""
LEAF_PROVED: Final = EventSpec("trail.leaf.proved", _("Entry proved"), _TRAIL_DETAILS)
"""The proof that one entry stands in the signed log was shown or handed out."""
NOTE_OPENED: Final = EventSpec("trail.note.opened", _("Reason for access opened"), _NOTE_DETAILS)
"""The encrypted reason of a leaf, or of a pending proposal, was read."""
_EPOCH: Final = Detail("tree", COUNT, _("Tree of the trail (number)"))
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
FAULT_ACKNOWLEDGED: Final = EventSpec(
    "trail.fault.acknowledged", _("Fault of the trail acknowledged"), (_KIND, _EPOCH, _INDEX, _LEAF)
)
"""Somebody in charge looked at a broken chain or tree, and the log opens again; the leaf names the fault."""
