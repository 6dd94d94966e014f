"""What is in force is opened, read and understood."""

from uuid import UUID

from django.db import transaction

from tutela.access import gate
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.documents import queries, rules
from tutela.documents.errors import (
    AttestedAlready,
    NotOpened,
)
from tutela.documents.models import Attestation, Opening, Version
from tutela.keys import custody
from tutela.notices.actions.notices import settle
from tutela.trail.events import Event

from .drafts import file_label
from .traces import TO_READ, acting_person, leaf, link

State = Version.State


@transaction.atomic
def attest(actor: Actor, version_id: UUID) -> Attestation:
    """Confirm for oneself that the version in force was read and understood."""
    gate.require_known(actor)
    version, person = queries.version(version_id, lock=True), acting_person(actor)
    rules.must_be(version.state, State.PUBLISHED)
    if version.file is not None and not version.openings.filter(staff=person).exists():
        raise NotOpened
    made, new = Attestation.objects.get_or_create(
        version=version, staff=person, defaults={"at": clock.now()}
    )
    if not new:
        raise AttestedAlready
    leaf(Event.GOVERNANCE_DOCUMENT_ATTESTED, actor, version)
    settle(*TO_READ, link=link(version), to=[person.id])
    return made


@transaction.atomic
def open_file(actor: Actor, version: Version) -> bytes:
    """The bytes of an own file, for whoever may see the version. That a person has opened what is in
    force is kept: only then it can be confirmed."""
    queries.may_see(actor, version)
    if actor.kind == "staff" and version.state == State.PUBLISHED:
        Opening.objects.get_or_create(
            version=version, staff=acting_person(actor), defaults={"at": clock.now()}
        )
    return custody.open_secret(file_label(version.id), bytes(version.file or b""))
