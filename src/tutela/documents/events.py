"""The events of documents."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.trail import details
from tutela.trail.details import CODE, COUNT, Detail
from tutela.trail.event_specs import EventSpec

_APPROVAL: Final = Detail("approval", COUNT, _("Approval number"))
_DOCUMENT: Final = Detail("document", CODE, _("Document"))

_DOCUMENT_DETAILS: Final = (_DOCUMENT, details.VERSION, _APPROVAL, details.FILE_HASH)

DOCUMENT_ADOPTED: Final = EventSpec(
    "governance.document.adopted", _("Policy adopted"), _DOCUMENT_DETAILS
)
"""A written policy was adopted as a document of the company."""
DOCUMENT_APPROVED: Final = EventSpec(
    "governance.document.approved", _("Document approved"), _DOCUMENT_DETAILS
)
"""A version in review was approved by one person."""
DOCUMENT_ATTESTED: Final = EventSpec(
    "governance.document.attested", _("Document read and understood"), _DOCUMENT_DETAILS
)
"""A person confirmed having read and understood a published version."""
DOCUMENT_DISCARDED: Final = EventSpec(
    "governance.document.discarded", _("Document draft discarded"), _DOCUMENT_DETAILS
)
"""A draft that was never submitted was discarded, with its document if there was no other version."""
DOCUMENT_DRAFTED: Final = EventSpec(
    "governance.document.drafted", _("Document drafted"), _DOCUMENT_DETAILS
)
"""A version was drafted or its draft was changed."""
DOCUMENT_PUBLISHED: Final = EventSpec(
    "governance.document.published", _("Document published"), _DOCUMENT_DETAILS
)
"""A version came into force; the one before it was superseded."""
DOCUMENT_REMINDED: Final = EventSpec(
    "governance.document.reminded", _("Reading reminder sent"), _DOCUMENT_DETAILS
)
"""Staff who had not confirmed the version in force were reminded; the leaf holds the number."""
DOCUMENT_RETURNED: Final = EventSpec(
    "governance.document.returned", _("Document returned"), _DOCUMENT_DETAILS
)
"""A version in review was returned to its drafter."""
DOCUMENT_SUBMITTED: Final = EventSpec(
    "governance.document.submitted", _("Document submitted for review"), _DOCUMENT_DETAILS
)
"""A draft was submitted for review."""
