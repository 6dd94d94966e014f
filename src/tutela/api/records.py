"""Make and change records. Both take an idempotency key, so that a repeated request does nothing twice."""

from typing import Annotated, Final
from uuid import UUID

from ninja import Header

from tutela.access import queries
from tutela.vault import permissions as vault_permissions
from tutela.vault.actions import records
from tutela.vault.actions.claims import Queued

from . import actions, answers, shapes
from .answers import HeldOut, WrittenOut
from .call import Call
from .frame import verb

Once = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Your name for this act: 8 to 128 letters, digits, - or _. Kept for 24 hours.",
    ),
]


_CREATED: Final = {201: WrittenOut, 202: HeldOut}
_CHANGED: Final = {200: WrittenOut, 202: HeldOut}


@verb("POST", "/customers", vault_permissions.RECORD_CREATE, _CREATED)
def create_record(
    request: Call, body: shapes.RecordIn, idempotency_key: Once = None
) -> actions.Answer:
    """A new record, sealed; without `customer_id` also a new customer of the branch.

    A new customer with an id number waits for a data steward (202), unless the account may write every
    customer.
    """
    asked = body.model_dump(mode="json")

    def act() -> actions.Answer:
        branch = queries.branch(body.branch).id if body.branch else None
        result = records.create_record(
            request.actor,
            records.NewRecord(
                body.collection, body.values, customer_id=body.customer_id, branch_id=branch
            ),
            body.purpose,
        )
        if isinstance(result, Queued):
            return answers.queued_for_steward(result), 202
        return answers.created(result), 201

    call = actions.Repeatable("create_record", idempotency_key or "", asked, _CREATED)
    return actions.once(request.actor, call, act)


@verb(
    "PUT",
    "/customers/{uuid:customer_id}/records/{uuid:record_id}",
    vault_permissions.RECORD_CHANGE,
    _CHANGED,
)
def change_record(
    request: Call,
    customer_id: UUID,
    record_id: UUID,
    body: shapes.ChangeIn,
    idempotency_key: Once = None,
) -> actions.Answer:
    """The next version of a record. Fields that are not named stay as they are; null removes one.

    Another id number waits for a data steward (202), unless the account may write every customer.
    """
    asked = {**body.model_dump(mode="json"), "customer": customer_id, "record": record_id}

    def act() -> actions.Answer:
        version = records.change_record(
            request.actor,
            records.RecordEdit(
                customer_id,
                record_id,
                {code: text or "" for code, text in body.values.items()},
                version=body.version,
            ),
            body.purpose,
        )
        if isinstance(version, Queued):
            return answers.queued_for_steward(version), 202
        written: WrittenOut = {
            "customer_id": customer_id,
            "record_id": record_id,
            "version": version,
        }
        return written, 200

    call = actions.Repeatable("change_record", idempotency_key or "", asked, _CHANGED)
    return actions.once(request.actor, call, act)
