"""The events of notices."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.trail.details import CODE, COUNT, Detail
from tutela.trail.event_specs import EventSpec

_CHANNEL: Final = Detail("channel", COUNT, _("Chat robot"))
_SERVICE: Final = Detail("service", CODE, _("Service"))
_WAY: Final = Detail("way", CODE, _("Delivery channel"))

_CHANNEL_DETAILS: Final = (_CHANNEL, _WAY, _SERVICE)

CHANNEL_ADDED: Final = EventSpec("notices.channel.added", _("Chat robot added"), _CHANNEL_DETAILS)
"""A chat robot was added; its address is encrypted and not in the leaf."""
CHANNEL_REMOVED: Final = EventSpec(
    "notices.channel.removed", _("Chat robot removed"), _CHANNEL_DETAILS
)
"""A chat robot was removed."""
CHANNEL_TESTED: Final = EventSpec(
    "notices.channel.tested", _("Test message sent"), _CHANNEL_DETAILS
)
"""A test message was sent by mail or chat robot."""
OUTBOX_RETRIED: Final = EventSpec("notices.outbox.retried", _("Outbox retried"), _CHANNEL_DETAILS)
"""Messages that could not be sent were scheduled for retry."""
