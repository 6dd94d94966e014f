"""Make and change records. Both take an idempotency key, so that a repeated request does nothing twice."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Header, Schema

from tutela.access import queries
from tutela.vault import actions as vault
from tutela.vault import permissions as vault_permissions
from tutela.vault.actions.claims import Queued

from . import actions, shapes
from .call import Call
from .frame import reply, verb

Once = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Your name for this act: 8 to 128 letters, digits, - or _. Kept for 24 hours.",
    ),
]


class HeldOut(Schema):
    """What waits for a data steward."""

    state: Literal["held"]
    held_id: UUID


@verb(
    "POST",
    "/customers",
    vault_permissions.RECORD_CREATE,
    {201: shapes.WrittenOut, 202: HeldOut},
)
def create_record(
    request: Call, body: shapes.RecordIn, idempotency_key: Once = None
) -> HttpResponse:
    """A new record, sealed; without `customer_id` also a new customer of the branch.

    A new customer with an id number waits for a data steward (202), unless the account may write every
    customer.
    """
    asked = body.model_dump(mode="json")

    def act() -> actions.Answer:
        branch = queries.branch(body.branch).id if body.branch else None
        made = vault.create_record(
            request.actor,
            body.collection,
            body.values,
            body.purpose,
            customer_id=body.customer_id,
            branch_id=branch,
        )
        if isinstance(made, Queued):
            return _held(made)
        told = {
            "customer_id": made.customer_id,
            "record_id": made.record_id,
            "version": 1,
            "leaf_id": made.leaf_id,
        }
        return told, 201

    told, status = actions.once(request.actor, "create_record", idempotency_key or "", asked, act)
    return reply(told, status)


@verb(
    "PUT",
    "/customers/{uuid:customer_id}/records/{uuid:record_id}",
    vault_permissions.RECORD_CHANGE,
    {200: shapes.WrittenOut, 202: HeldOut},
)
def change_record(
    request: Call,
    customer_id: UUID,
    record_id: UUID,
    body: shapes.ChangeIn,
    idempotency_key: Once = None,
) -> HttpResponse:
    """The next version of a record. Fields that are not named stay as they are; null removes one.

    Another id number waits for a data steward (202), unless the account may write every customer.
    """
    asked = {**body.model_dump(mode="json"), "customer": customer_id, "record": record_id}

    def act() -> actions.Answer:
        version = vault.change_record(
            request.actor,
            customer_id,
            record_id,
            {code: text or "" for code, text in body.values.items()},
            body.purpose,
            version=body.version,
        )
        if isinstance(version, Queued):
            return _held(version)
        told = {"customer_id": customer_id, "record_id": record_id, "version": version}
        return told, 200

    told, status = actions.once(request.actor, "change_record", idempotency_key or "", asked, act)
    return reply(told, status)


def _held(queued: Queued) -> actions.Answer:
    return {"state": "held", "held_id": queued.held_id}, 202
