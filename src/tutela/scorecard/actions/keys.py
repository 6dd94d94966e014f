"""The key that signs the installation's packs: recorded on first use, replaced when lost."""

import hashlib
from typing import Final

from django.db import connection, transaction

from tutela.access import gate
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.scorecard import events, permissions, signing
from tutela.trail import log
from tutela.trail.leaves import Leaf

# Of two machines at the same time, the first one's key is recorded; the other one is refused.
_RECORD: Final = """
    INSERT INTO scorecard_signing_key (number, public_key, recorded_by, recorded_at)
    SELECT coalesce(max(number), 0) + 1, %(public)s, %(by)s, %(at)s FROM scorecard_signing_key
    HAVING %(known)s::text IS NOT DISTINCT FROM (
        SELECT public_key FROM scorecard_signing_key ORDER BY number DESC LIMIT 1)
    ON CONFLICT DO NOTHING"""


def signing_key(actor: Actor) -> bytes:
    """The installation's public key, created and recorded if there is none.

    SigningKeyMissing or SigningKeyForeign on a machine that does not hold the private key.
    """
    gate.require(actor, permissions.PACK_WRITE)
    known = signing.known()
    if known is None:
        signing.make()
        known = _record(actor, signing.public_key(), None)
    here = signing.public_key()
    signing.check_match(here, known)
    return here


def adopt_key(actor: Actor) -> bytes:
    """Make this machine's key, created if it has none, the installation's: for when the old one is lost."""
    gate.require(actor, permissions.PACK_WRITE)
    known = signing.known()
    signing.make()
    here = signing.public_key()
    if here != known:
        _record(actor, here, known)
    return signing_key(actor)


def _record(actor: Actor, public: bytes, known: bytes | None) -> bytes:
    """Record a key as successor of the known one, unless another was recorded meanwhile; returns the
    installation's key."""
    values = {
        "public": public.hex(), "known": known.hex() if known else None, "by": actor.id,
        "at": clock.now(),
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_RECORD, values)
        if cursor.rowcount:
            detail: dict[str, str | int] = {"file_hash": hashlib.sha256(public).hexdigest()}
            leaf = Leaf(event=events.KEY_RECORDED, actor=actor, detail=detail)
            log.append_with_change(leaf)
    return signing.known() or public
