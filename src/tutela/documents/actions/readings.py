"""Versions in force: opened, read, attested."""

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

from .drafts import file_label
from .leaves import record_attestation
from .news import TO_READ, link

State = Version.State


@transaction.atomic
def attest(actor: Actor, version_id: UUID) -> Attestation:
    """Attest that one has read and understood the version in force."""
    gate.check_known(actor)
    version, person = queries.version(version_id, lock=True), queries.acting_person(actor)
    rules.check_state(version.state, State.PUBLISHED)
    if version.file is not None and not version.openings.filter(staff=person).exists():
        raise NotOpened
    attestation, new = Attestation.objects.get_or_create(
        version=version, staff=person, defaults={"at": clock.now()}
    )
    if not new:
        raise AttestedAlready
    record_attestation(actor, version)
    settle(*TO_READ, link=link(version), to=[person.id])
    return attestation


@transaction.atomic
def open_file(actor: Actor, version: Version) -> bytes:
    """The bytes of a version's file, for whoever may see it. Opening a file in force is stored, since only
    an opened file can be attested."""
    queries.check_visible(actor, version)
    if actor.kind == "staff" and version.state == State.PUBLISHED:
        Opening.objects.get_or_create(
            version=version, staff=queries.acting_person(actor), defaults={"at": clock.now()}
        )
    return custody.open_secret(file_label(version.id), bytes(version.file or b""))
