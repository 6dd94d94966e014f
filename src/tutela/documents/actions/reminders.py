"""Who is reminded of documents: owners of a review that is near, staff of what they have not read."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tutela.access import gate
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.documents import notice_kinds, queries, rules
from tutela.documents.models import Version
from tutela.notices.actions.notices import notify
from tutela.trail.events import Event

from .traces import leaf, link


def remind_owners() -> int:
    """Tell the owners of the documents whose review date is near; how many notices were new."""
    return sum(
        notify(
            notice_kinds.REVIEW_DUE,
            posts=[one.document.owner_id],
            params={"document": one.document.code, "due": str(one.review_on)},
            link=link(one),
            once=True,
        )
        for one in queries.to_review()
    )


@transaction.atomic
def remind_readers(actor: Actor, version_id: UUID) -> int:
    """Ask everybody who has not confirmed the version in force; how many notices were new. Whoever
    has an unread notice of it is not told again."""
    grant = gate.require(actor, Permission.GOVERNANCE_DOCUMENT_PUBLISH)
    version = queries.version(version_id)
    rules.must_be(version.state, Version.State.PUBLISHED)
    told = _ask(version)
    leaf(Event.GOVERNANCE_DOCUMENT_REMINDED, actor, version, grant, rows=told)
    return told


def remind_all_readers(today: date) -> int:
    """Every week after a version came into force, ask those who have not confirmed it."""
    rows = Version.objects.filter(state=Version.State.PUBLISHED).select_related("document")
    return sum(
        _ask(one)
        for one in rows.defer("file", "text_zh", "text_en")
        if one.published_at and rules.week_is_over(timezone.localdate(one.published_at), today)
    )


def remind() -> int:
    """The morning's reminders; how many notices were new."""
    return remind_owners() + remind_all_readers(clock.today())


def _ask(version: Version) -> int:
    return notify(
        notice_kinds.DOCUMENT_UNREAD,
        to=[one.id for one in queries.unread_by(version.id)],
        params={"document": version.document.code, "version": str(version.number)},
        link=link(version),
        once=True,
    )
