"""Reminders: owners of due reviews, staff of versions they have not attested."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tutela.access import gate
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.documents import events, notice_kinds, permissions, queries, rules
from tutela.documents.models import Version
from tutela.notices.actions.notices import notify
from tutela.notices.queries import post_holders

from .leaves import record
from .news import link, notify_people


def remind_owners() -> int:
    """Remind the owners of documents whose review is due soon; how many notices were new."""
    return sum(
        notify(
            notice_kinds.REVIEW_DUE,
            to=post_holders([version.document.owner_id]),
            params={"document": version.document.code, "due": str(version.review_on)},
            link=link(version),
            once=True,
        )
        for version in queries.to_review()
    )


@transaction.atomic
def remind_readers(actor: Actor, version_id: UUID) -> int:
    """Remind everybody who has not attested the version in force, except those with an unread notice of
    it; how many notices were new."""
    grant = gate.require(actor, permissions.DOCUMENT_PUBLISH)
    version = queries.version(version_id)
    rules.check_state(version.state, Version.State.PUBLISHED)
    notices = _remind(version)
    record(grant, events.DOCUMENT_REMINDED, version, rows=notices)
    return notices


def remind_all_readers(today: date) -> int:
    """Every week after a version came into force, remind those who have not attested it."""
    rows = Version.objects.filter(state=Version.State.PUBLISHED).select_related("document")
    return sum(
        _remind(version)
        for version in rows.defer("file", "text_zh", "text_en")
        if version.published_at
        and rules.week_is_over(timezone.localdate(version.published_at), today)
    )


def remind() -> int:
    """All reminders of a day; how many notices were new."""
    return remind_owners() + remind_all_readers(clock.today())


def _remind(version: Version) -> int:
    people = [person.id for person in queries.unread_by(version.id)]
    return notify_people(notice_kinds.DOCUMENT_UNREAD, version, people)
