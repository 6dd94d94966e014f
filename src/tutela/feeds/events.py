"""The events of feeds, and of the looks that they report."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.trail import details, ocsf_kinds
from tutela.trail.details import CODE, COUNT, LABEL, UUID_TEXT, Detail
from tutela.trail.event_specs import EventSpec

_ACCOUNT: Final = Detail("account", UUID_TEXT, _("Account in the other system"))
_ACTION: Final = Detail("action", CODE, _("Kind of access"))
_DELIVERY: Final = Detail("delivery", UUID_TEXT, _("Delivery"))
_DOOR: Final = Detail("door", CODE, _("Way of delivery"))
_DOUBLED: Final = Detail("doubled", COUNT, _("Records received before"))
_FEED: Final = Detail("feed", CODE, _("Feed"))
_FORMAT: Final = Detail("reader", CODE, _("Log format"))
_KEY: Final = Detail("feed_key", UUID_TEXT, _("Key of the feed"))
_LINES: Final = Detail("lines", COUNT, _("Lines"))
_LOOKS: Final = Detail("looks", COUNT, _("Accesses reported"))
_NUMBER: Final = Detail("record_number", COUNT, _("Number in the other system"))
_OTHERS: Final = Detail("others", COUNT, _("Lines that report no access"))
_RUN: Final = Detail("record_run", COUNT, _("Numbering, counted from 1"))
_SILENT: Final = Detail("silent_minutes", COUNT, _("Silent after (minutes)"))
_SYSTEM: Final = Detail("system", LABEL, _("Other system"))
_TOLD: Final = Detail("told_ms", COUNT, _("Time told by the other system (milliseconds)"))
_UNKNOWN: Final = Detail("unmatched", COUNT, _("Customer references not found here"))

_FEED_DETAILS: Final = (_FEED, _SYSTEM, _FORMAT, _SILENT, _KEY)
_DELIVERY_DETAILS: Final = (
    _FEED, _SYSTEM, _FORMAT, _DOOR, _DELIVERY, _KEY, _LINES, _LOOKS, _DOUBLED, _OTHERS,
    details.FILE_HASH, details.BYTES,
)  # fmt: skip

LOOK_REPORTED: Final = EventSpec(
    "feeds.look.reported",
    _("Access in another system reported"),
    (_FEED, _SYSTEM, _DELIVERY, _KEY, _DOOR, _ACCOUNT, _ACTION, _NUMBER, _RUN, _TOLD, _UNKNOWN),
    ocsf=ocsf_kinds.READ,
    outside=True,
)
"""Another system's log tells of an access. The leaf's time is when it was received; who acted is as that system
says."""
DELIVERY_RECEIVED: Final = EventSpec(
    "feeds.delivery.received", _("Access log of another system received"), _DELIVERY_DETAILS
)
"""A file or call with records of another system was taken in; the leaf holds the counts, the key and the
fingerprint."""
FEED_REGISTERED: Final = EventSpec(
    "feeds.feed.registered", _("Feed of another system registered"), _FEED_DETAILS
)
"""The log of another system was registered, with its format and the time after which it counts as silent."""
FEED_CHANGED: Final = EventSpec(
    "feeds.feed.changed", _("Feed of another system changed"), _FEED_DETAILS
)
"""The name of the system, the way its log is read, or the time after which it counts as silent was changed."""
FEED_CLOSED: Final = EventSpec(
    "feeds.feed.closed", _("Feed of another system closed"), _FEED_DETAILS
)
"""A feed takes no more records."""
FEED_REOPENED: Final = EventSpec(
    "feeds.feed.reopened", _("Feed of another system reopened"), _FEED_DETAILS
)
"""A closed feed takes records again."""
KEY_MADE: Final = EventSpec("feeds.key.made", _("Key of a feed made"), _FEED_DETAILS)
"""A key that signs a feed's deliveries was made and shown once."""
KEY_REVOKED: Final = EventSpec("feeds.key.revoked", _("Key of a feed revoked"), _FEED_DETAILS)
"""A key of a feed is accepted no more."""
ACCOUNT_MATCHED: Final = EventSpec(
    "feeds.account.matched",
    _("Account in another system matched to a person"),
    (_FEED, _SYSTEM, _ACCOUNT, details.TARGET_PERSON),
)
"""An administrator said who an account of another system is; its looks name the person from then on."""
ACCOUNT_RELEASED: Final = EventSpec(
    "feeds.account.released",
    _("Match of an account in another system removed"),
    (_FEED, _SYSTEM, _ACCOUNT, details.TARGET_PERSON),
)
"""The match of an account of another system was taken back."""
