"""Notices about versions of documents."""

from uuid import UUID

from django.urls import reverse

from tutela.documents import notice_kinds
from tutela.documents.models import Version
from tutela.notices.actions.notices import notify
from tutela.notices.kinds import NoticeKind

TO_READ = (notice_kinds.DOCUMENT_PUBLISHED, notice_kinds.DOCUMENT_UNREAD)


def link(version: Version) -> str:
    return reverse("documents-view-document", args=[version.document_id])


def notify_people(kind: NoticeKind, version: Version, people: list[UUID]) -> int:
    """Notify people of a version; how many notices were new."""
    return notify(
        kind,
        to=people,
        params={"document": version.document.code, "version": str(version.number)},
        link=link(version),
        once=True,
    )
