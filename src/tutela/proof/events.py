"""The events of files as proof, under the names that the programme gave them."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.trail import details
from tutela.trail.details import UUID_TEXT, Detail
from tutela.trail.event_specs import EventSpec

_DETAILS: Final = (
    Detail("attachment", UUID_TEXT, _("Attached file")),
    details.FILE_HASH,
    details.BYTES,
)

ATTACHMENT_ADDED: Final = EventSpec("governance.attachment.added", _("File attached"), _DETAILS)
"""An evidence file was encrypted and stored; the leaf holds its hash."""
ATTACHMENT_OPENED: Final = EventSpec(
    "governance.attachment.opened", _("Attached file opened"), _DETAILS
)
"""An evidence file was opened."""
ATTACHMENT_WITHDRAWN: Final = EventSpec(
    "governance.attachment.withdrawn", _("Attached file withdrawn"), _DETAILS
)
"""A file attached by mistake was withdrawn; the reason is encrypted in the leaf, the file is kept."""
