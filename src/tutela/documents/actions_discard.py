"""A draft that nobody was asked about can be thrown away; what was ever handed in stays."""

from uuid import UUID

from django.db import transaction

from tutela.access import gate
from tutela.access.permissions import Permission
from tutela.base.actor import Actor
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf

from . import queries, rules


@transaction.atomic
def discard(actor: Actor, version_id: UUID) -> UUID | None:
    """Throw a draft away. Earlier versions stay; a document that had no other version goes with it, and
    its code is free again. Gives the document that is left, if any."""
    grant = gate.require(actor, Permission.GOVERNANCE_DOCUMENT_DRAFT)
    version = queries.version(version_id, lock=True)
    rules.may_discard(
        number=version.number,
        state=version.state,
        rounds=version.round,
        own=str(version.drafted_by_id) == actor.id,
        keeper=gate.holds(actor, Permission.GOVERNANCE_DOCUMENT_PUBLISH),
    )
    log.append_with_change(
        Leaf(
            event=Event.GOVERNANCE_DOCUMENT_DISCARDED,
            actor=actor,
            subjects=(("document", str(version.document_id)),),
            decision=grant.as_leaf(),
            detail={"version": version.number, "file_hash": version.sha256},
        )
    )
    document = version.document
    version.delete()
    if document.versions.exists():
        return document.id
    document.delete()
    return None
