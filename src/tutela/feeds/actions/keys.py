"""Keys that sign a feed's deliveries: made and shown once, rotated by having two at a time, revoked."""

from base64 import b64encode
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from tutela.base import clock
from tutela.base.actor import Actor
from tutela.crypto import digest, sign
from tutela.feeds import events, queries
from tutela.feeds.errors import FeedClosed, KeyKindUnknown, KeyRevoked, TooManyKeys
from tutela.feeds.models import FeedKey, KeyKind
from tutela.keys import custody

from .feeds import require_manager
from .leaves import record_feed

MOST_VALID: Final = 2
SEALED_AS: Final = "feeds.key"
_SECRET_SIZE: Final = 32
_USED_EVERY: Final = timedelta(minutes=1)


@transaction.atomic
def make_key(actor: Actor, name: str, kind: str) -> tuple[FeedKey, str]:
    """Make a key of a feed; the row, and the secret as base64: the private half of Ed25519 (32 bytes), or the
    shared secret of HMAC-SHA256. Of Ed25519 only the public half is kept. FeedClosed, KeyKindUnknown,
    TooManyKeys."""
    grant, person = require_manager(actor)
    feed = queries.feed(name, lock=True)
    if not feed.is_open:
        raise FeedClosed(feed=name)
    if kind not in KeyKind.values:
        raise KeyKindUnknown
    if FeedKey.objects.filter(feed=feed, revoked_at=None).count() >= MOST_VALID:
        raise TooManyKeys(most=MOST_VALID)
    secret = sign.generate() if kind == KeyKind.ED25519 else digest.random_bytes(_SECRET_SIZE)
    key = FeedKey.objects.create(
        feed=feed,
        kind=kind,
        public=sign.public_of(secret) if kind == KeyKind.ED25519 else None,
        sealed=custody.seal_secret(SEALED_AS, secret) if kind == KeyKind.HMAC else None,
        made_at=clock.now(),
        made_by=person,
    )
    record_feed(grant, events.KEY_MADE, feed, feed_key=str(key.id))
    return key, b64encode(secret).decode()


@transaction.atomic
def revoke_key(actor: Actor, key_id: UUID) -> FeedKey:
    """Accept a key no more; KeyRevoked."""
    grant, person = require_manager(actor)
    key = queries.key(key_id, lock=True)
    if key.revoked_at is not None:
        raise KeyRevoked
    key.revoked_at, key.revoked_by = clock.now(), person
    key.save(update_fields=["revoked_at", "revoked_by"])
    record_feed(grant, events.KEY_REVOKED, key.feed, feed_key=str(key.id))
    return key


def bytes_of(key: FeedKey) -> bytes:
    """What a signature is checked with."""
    if key.public is not None:
        return bytes(key.public)
    return custody.open_secret(SEALED_AS, bytes(key.sealed or b""))


def note_use(key: FeedKey) -> None:
    """Note when a key was last used, to the minute."""
    now = clock.now()
    if key.used_at is None or now - key.used_at > _USED_EVERY:
        key.used_at = now
        key.save(update_fields=["used_at"])
