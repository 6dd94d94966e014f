"""What every verb of documents needs: the person who acts, the leaf of a change, the notice."""

from uuid import UUID

from django.urls import reverse

from tutela.access import gate
from tutela.access import queries as access
from tutela.access.models import Staff
from tutela.base.actor import Actor
from tutela.documents import notice_kinds
from tutela.documents.errors import (
    PersonNeeded,
)
from tutela.documents.models import Version
from tutela.notices.actions.notices import notify
from tutela.notices.kinds import NoticeKind
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf

TO_READ = (notice_kinds.DOCUMENT_PUBLISHED, notice_kinds.DOCUMENT_UNREAD)


def acting_person(actor: Actor) -> Staff:
    """The member of staff who acts; machines and the installation itself sign nothing."""
    if actor.kind != "staff":
        raise PersonNeeded
    return access.staff_by_id(actor.id)


def link(version: Version) -> str:
    return reverse("documents-view-document", args=[version.document_id])


def tell(kind: NoticeKind, version: Version, people: list[UUID]) -> None:
    notify(
        kind,
        to=people,
        params={"document": version.document.code, "version": str(version.number)},
        link=link(version),
        once=True,
    )


def leaf(
    event: Event,
    actor: Actor,
    version: Version,
    grant: gate.Grant | None = None,
    **detail: str | int,
) -> None:
    log.append_with_change(
        Leaf(
            event=event,
            actor=actor,
            subjects=(("document", str(version.document_id)),),
            decision=grant.as_leaf() if grant else {},
            detail={"version": version.number, "file_hash": version.sha256, **detail},
        )
    )
