"""The leaves of changes to documents."""

from tutela.access import changes
from tutela.access.gate import Grant
from tutela.base.actor import Actor
from tutela.documents import events
from tutela.documents.models import Version
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Leaf


def record(grant: Grant, event: EventSpec, version: Version, **detail: str | int) -> None:
    changes.record(grant, event, _subject(version), **_detail(version), **detail)


def record_attestation(actor: Actor, version: Version) -> None:
    """Needs no grant: everybody on the staff may attest what is in force."""
    log.append_with_change(
        Leaf(
            event=events.DOCUMENT_ATTESTED,
            actor=actor,
            subjects=(_subject(version),),
            detail=_detail(version),
        )
    )


def _subject(version: Version) -> changes.Subject:
    return "document", str(version.document_id)


def _detail(version: Version) -> dict[str, str | int]:
    return {"version": version.number, "file_hash": version.sha256}
