"""What documents tell people of: approvals, reviews and what is to be read."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.notices.kinds import CODE, DAY, Group, Mail, NoticeKind

_VERSION: Final = {"document": CODE, "version": CODE}

APPROVAL_WANTED: Final = NoticeKind(
    "approval_wanted",
    Group.APPROVAL,
    _("Document waiting for my approval"),
    _("Document %(document)s, version %(version)s, is waiting for your approval."),
    _VERSION,
    Mail.NOW,
)
REVIEW_DUE: Final = NoticeKind(
    "review_due",
    Group.APPROVAL,
    _("Document due for review"),
    _("Document %(document)s is due for review by %(due)s."),
    {"document": CODE, "due": DAY},
)
DOCUMENT_APPROVED: Final = NoticeKind(
    "document_approved",
    Group.APPROVAL,
    _("My document approved"),
    _("Document %(document)s, version %(version)s, has been approved and can be published."),
    _VERSION,
)
DOCUMENT_RETURNED: Final = NoticeKind(
    "document_returned",
    Group.APPROVAL,
    _("My document returned"),
    _("Document %(document)s, version %(version)s, was returned with a reason."),
    _VERSION,
    Mail.NOW,
)
DOCUMENT_PUBLISHED: Final = NoticeKind(
    "document_published",
    Group.APPROVAL,
    _("Document to read"),
    _("Please read document %(document)s, version %(version)s, and confirm."),
    _VERSION,
)
DOCUMENT_UNREAD: Final = NoticeKind(
    "document_unread",
    Group.APPROVAL,
    _("Reminder to read a document"),
    _("Document %(document)s, version %(version)s, is still waiting for you to read it."),
    _VERSION,
)
