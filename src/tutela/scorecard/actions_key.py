"""Which key signs the installation's packs: recorded with its first use, and replaced when it is lost."""

import hashlib
from typing import Final

from django.db import connection, transaction

from tutela.access import gate
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf

from . import signing

# Of two machines at once the first one's key stands, and the other is told that its own is not it.
_RECORD: Final = """
    INSERT INTO scorecard_signing_key (number, public_key, recorded_by, recorded_at)
    SELECT coalesce(max(number), 0) + 1, %(public)s, %(by)s, %(at)s FROM scorecard_signing_key
    HAVING %(known)s::text IS NOT DISTINCT FROM (
        SELECT public_key FROM scorecard_signing_key ORDER BY number DESC LIMIT 1)
    ON CONFLICT DO NOTHING"""


def signing_key(actor: Actor) -> bytes:
    """The installation's public key, which this machine holds; made and recorded when there is none.

    SigningKeyMissing or SigningKeyForeign on a machine that does not hold it: it must not sign.
    """
    gate.require(actor, Permission.SCORECARD_PACK_WRITE)
    known = signing.known()
    if known is None:
        signing.make()
        known = _record(actor, signing.public_key(), None)
    here = signing.public_key()
    signing.must_match(here, known)
    return here


def adopt_key(actor: Actor) -> bytes:
    """Make this machine's key the installation's, a new one if it has none: when the old one is lost."""
    gate.require(actor, Permission.SCORECARD_PACK_WRITE)
    known = signing.known()
    signing.make()
    here = signing.public_key()
    if here != known:
        _record(actor, here, known)
    return signing_key(actor)


def _record(actor: Actor, public: bytes, known: bytes | None) -> bytes:
    """Record a key after the one that is known, unless another has been recorded meanwhile; the
    installation's key from then on."""
    told = {
        "public": public.hex(), "known": known.hex() if known else None, "by": actor.id,
        "at": clock.now(),
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_RECORD, told)
        if cursor.rowcount:
            detail: dict[str, str | int] = {"file_hash": hashlib.sha256(public).hexdigest()}
            event = Event.SCORECARD_KEY_RECORDED
            log.append_with_change(Leaf(event=event, actor=actor, detail=detail))
    return signing.known() or public
