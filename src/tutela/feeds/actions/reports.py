"""Looks that another system reports by the API, signed with its feed's key."""

import io
from datetime import UTC, datetime
from typing import Final

from tutela.access import gate
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.feeds import permissions, queries, signing
from tutela.feeds.errors import BodyEmpty, BodyTooLarge, FeedUnknown, SignatureRefused
from tutela.feeds.models import Delivery, Door, FeedKey

from .deliveries import Bytes, check_readable, take
from .keys import bytes_of, note_use

BODY_BYTES: Final = 4 * 1024 * 1024
BODY_RECORDS: Final = 5_000
_ZERO: Final = datetime(1970, 1, 1, tzinfo=UTC)


def report_looks(actor: Actor, name: str, call: signing.Call) -> Delivery:
    """Take in the records of a request. A feed that there is not, another feed's key, a revoked key and a wrong
    signature are refused alike: SignatureRefused. SignatureMissing, BodyTooLarge, LineWrong, FeedClosed."""
    grant = gate.require(actor, permissions.LOOKS_REPORT)
    if len(call.body) > BODY_BYTES:
        raise BodyTooLarge(bytes=BODY_BYTES, lines=BODY_RECORDS)
    signature = signing.read(call, _ZERO)
    key = _key(name, signature)
    if not signing.is_of_body(call):
        raise SignatureRefused
    if not call.body.strip():
        raise BodyEmpty
    stream = io.BytesIO(call.body)
    held = check_readable(key.feed, stream)
    if held is None or len(held) > BODY_RECORDS:
        raise BodyTooLarge(bytes=BODY_BYTES, lines=BODY_RECORDS)
    note_use(key)
    given = Bytes(stream=stream, door=Door.API, key_id=key.id, signature=signature.signature)
    return take(grant, key.feed, given)


def _key(name: str, signature: signing.Signature) -> FeedKey:
    """The valid key of this feed that made the signature; SignatureRefused."""
    try:
        key = queries.key(signature.key_id)
    except FeedUnknown:
        raise SignatureRefused from None
    right = signing.is_right(signature, key.kind, bytes_of(key), clock.now())
    if not right or key.revoked_at is not None or key.feed.name != name:
        raise SignatureRefused
    return key
