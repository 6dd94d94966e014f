"""Do an act once, however often it is asked for under the same key; hand uploads to the worker."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
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
from tutela.vault.importing.tasks import QueuedUpload, import_upload

from . import answers
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
Answer = tuple[Any, int]
"""One of the kinds of `answers.py`, and its status."""
Act = Callable[[], Answer]


@dataclass(frozen=True, slots=True)
class Repeatable:
    """A call that may be repeated: its verb, the caller's key for it (empty: none), what was asked, and the kind
    of answer for each status."""

    verb: str
    key: str
    asked: Mapping[str, Any]
    kinds: Mapping[int, Any]


@dataclass(frozen=True, slots=True)
class QueuedFile:
    """A sealed upload to import. `upload`: its spool; `sha256` of its clear bytes, in hex."""

    upload: UUID
    sha256: str
    collection: str
    source: str
    mapping: Mapping[str, str]
    read_as: Mapping[str, str]
    clears: Sequence[str]


def once(actor: Actor, call: Repeatable, act: Act) -> Answer:
    """Run an act and keep its answer, or give the answer it had; both in the act's own transaction.

    Without a key the act just runs. IdempotencyKeyBad, IdempotencyKeyReused.
    """
    if not call.key:
        return act()
    name, request = _names(actor, call)
    with transaction.atomic():
        # A second request with the same key waits here until the first has committed.
        if not _take(name, request, clock.now()):
            return _kept(name, request)
        answer, status = act()
        # Only ids and counts are in these answers.
        stored = answers.plain(call.kinds[status], answer)
        Idempotency.objects.filter(key=name).update(answer=stored, status=status)
    return answer, status


def queue_import(actor: Actor, file: QueuedFile) -> None:
    """Hand a sealed upload to the worker, and note it so that its batch can be found."""
    gate.require(actor, vault_permissions.IMPORT_RUN)
    check_free_text(source=file.source, collection=file.collection)
    with transaction.atomic():
        queued = QueuedUpload(
            upload=str(file.upload),
            actor_kind=actor.kind,
            actor_id=actor.id,
            collection=file.collection,
            source=file.source,
            mapping=dict(file.mapping),
            sha256=file.sha256,
            key=actor.session,
            read_as=dict(file.read_as),
            clears=list(file.clears),
        )
        job = import_upload.defer(**asdict(queued))
        Upload.objects.create(
            id=file.upload,
            sha256=bytes.fromhex(file.sha256),
            source=file.source,
            collection=file.collection,
            actor_id=actor.id,
            job=job,
            created_at=clock.now(),
            read_as=dict(file.read_as),
        )


def sweep() -> int:
    """Forget what is older than a day; how many there were."""
    return Idempotency.objects.filter(created_at__lt=clock.now() - LIFE).delete()[0]


def _names(actor: Actor, call: Repeatable) -> tuple[bytes, bytes]:
    if not _SHAPE.fullmatch(call.key):
        raise IdempotencyKeyBad
    check_free_text(idempotency_key=call.key)
    secret = settings.SECRET_KEY.encode()
    asked = json.dumps(call.asked, sort_keys=True, default=str).encode()
    parts = (actor.id.encode(), call.verb.encode(), call.key.encode())
    name = digest.mac(secret, b"tutela.api.key", *parts)
    # Keyed, because a plain hash of a body with a phone number could be searched for the number.
    return name, digest.mac(secret, b"tutela.api.request", asked)


def _take(name: bytes, request: bytes, now: datetime) -> bool:
    """Whether the act is this caller's to do: the key is new or expired."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [name, request, now, now - LIFE])
        return cursor.fetchone() is not None


def _kept(name: bytes, request: bytes) -> Answer:
    row = Idempotency.objects.get(key=name)
    if not digest.equal(bytes(row.request), request):
        raise IdempotencyKeyReused
    return answers.Kept(row.answer), row.status
