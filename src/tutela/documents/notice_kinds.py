"""What documents tell people of: approvals, reviews and what is to be read."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.notices.kinds import CODE, DAY, Group, Mail, NoticeKind

_VERSION: Final = {"document": CODE, "version": CODE}

APPROVAL_WANTED: Final = NoticeKind(
    "approval_wanted",
    Group.APPROVAL,
    _("A document waits for my approval"),
    _("Document %(document)s, version %(version)s, waits for your approval."),
    _VERSION,
    Mail.NOW,
)
REVIEW_DUE: Final = NoticeKind(
    "review_due",
    Group.APPROVAL,
    _("A document is to be reviewed"),
    _("Document %(document)s is to be reviewed by %(due)s."),
    {"document": CODE, "due": DAY},
)
DOCUMENT_APPROVED: Final = NoticeKind(
    "document_approved",
    Group.APPROVAL,
    _("A document of mine is approved"),
    _("Document %(document)s, version %(version)s, is approved and can be published."),
    _VERSION,
)
DOCUMENT_RETURNED: Final = NoticeKind(
    "document_returned",
    Group.APPROVAL,
    _("A document of mine came back"),
    _("Document %(document)s, version %(version)s, came back with a reason."),
    _VERSION,
    Mail.NOW,
)
DOCUMENT_PUBLISHED: Final = NoticeKind(
    "document_published",
    Group.APPROVAL,
    _("A document to read"),
    _("Read document %(document)s, version %(version)s, and confirm that you have."),
    _VERSION,
)
DOCUMENT_UNREAD: Final = NoticeKind(
    "document_unread",
    Group.APPROVAL,
    _("A document I have not read yet"),
    _("Document %(document)s, version %(version)s, still waits for you to read it."),
    _VERSION,
)
