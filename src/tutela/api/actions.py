"""Do an act once, however often it is asked for under the same key; hand uploads to the worker."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from tutela.access import gate
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.crypto import digest
from tutela.vault import permissions as vault_permissions
from tutela.vault.importing.tasks import import_upload

from .errors import IdempotencyKeyBad, IdempotencyKeyReused
from .models import Idempotency, Upload

LIFE: Final = timedelta(hours=24)
_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{8,128}")
_TAKE = """
    INSERT INTO api_idempotency AS held (key, request, status, answer, created_at)
    VALUES (%s, %s, 0, '{}', %s)
    ON CONFLICT (key) DO UPDATE SET request = excluded.request, status = 0, answer = '{}',
        created_at = excluded.created_at
        WHERE held.created_at < %s
    RETURNING 1
"""
Answer = tuple[dict[str, Any], int]
Act = Callable[[], Answer]


def once(actor: Actor, verb: str, key: str, asked: Mapping[str, Any], act: Act) -> Answer:
    """Run an act and keep its answer, or give the answer it had; both in the act's own transaction.

    Without a key the act just runs. IdempotencyKeyBad, IdempotencyKeyReused.
    """
    if not key:
        return act()
    name, request = _names(actor, verb, key, asked)
    with transaction.atomic():
        # A second request with the same key waits here until the first has committed.
        if not _take(name, request, clock.now()):
            return _kept(name, request)
        told, status = act()
        _keep(name, told, status)
    return told, status


def queue_import(
    actor: Actor,
    upload: UUID,
    *,
    sha256: str,
    collection: str,
    source: str,
    mapping: Mapping[str, str],
) -> None:
    """Hand a sealed upload to the worker, and note it so that its batch can be found."""
    gate.require(actor, vault_permissions.IMPORT_RUN)
    check_free_text(source=source, collection=collection)
    with transaction.atomic():
        job = import_upload.defer(
            upload=str(upload),
            actor_kind=actor.kind,
            actor_id=actor.id,
            collection=collection,
            source=source,
            mapping=dict(mapping),
            sha256=sha256,
            key=actor.session,
        )
        Upload.objects.create(
            id=upload,
            sha256=bytes.fromhex(sha256),
            source=source,
            collection=collection,
            actor_id=actor.id,
            job=job,
            created_at=clock.now(),
        )


def sweep() -> int:
    """Forget what is older than a day; how many there were."""
    return Idempotency.objects.filter(created_at__lt=clock.now() - LIFE).delete()[0]


def _names(actor: Actor, verb: str, key: str, asked: Mapping[str, Any]) -> tuple[bytes, bytes]:
    if not _SHAPE.fullmatch(key):
        raise IdempotencyKeyBad
    check_free_text(idempotency_key=key)
    secret = settings.SECRET_KEY.encode()
    told = json.dumps(asked, sort_keys=True, default=str).encode()
    name = digest.mac(secret, b"tutela.api.key", actor.id.encode(), verb.encode(), key.encode())
    # Keyed, because a plain hash of a body with a phone number could be searched for the number.
    return name, digest.mac(secret, b"tutela.api.request", told)


def _take(name: bytes, request: bytes, now: datetime) -> bool:
    """Whether the act is this caller's to do: the key is new or expired."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [name, request, now, now - LIFE])
        return cursor.fetchone() is not None


def _kept(name: bytes, request: bytes) -> Answer:
    held = Idempotency.objects.get(key=name)
    if not digest.equal(bytes(held.request), request):
        raise IdempotencyKeyReused
    return held.answer, held.status


def _keep(name: bytes, told: dict[str, Any], status: int) -> None:
    """Only ids and counts are in these answers; json.loads gives them back as they were sent."""
    plain = json.loads(json.dumps(told, default=str))
    Idempotency.objects.filter(key=name).update(answer=plain, status=status)
