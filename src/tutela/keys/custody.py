"""Hand out keys. A customer's keys open only against a fresh receipt of the trail that names the customer and
covers the classes and the exposure: code that forgets its leaf cannot show a value.

    keys = custody.customer_keys(customer, receipt=receipt, classes={1}, exposure=Exposure.CLEAR)
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from struct import Struct
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection

from tutela.access import permissions
from tutela.access.gate import Grant
from tutela.crypto import digest, hierarchy, secretbox
from tutela.crypto.blind import IndexKeys
from tutela.crypto.errors import DecryptFailed
from tutela.crypto.sealing import CustomerKeys
from tutela.crypto.suites import Suite
from tutela.trail import receipts
from tutela.trail.connect import fetch
from tutela.trail.leaves import Exposure
from tutela.trail.receipts import Receipt

from .cache import KeyCache
from .errors import KeyDamaged, KeyDestroyed, KeyUnknown, NoteTooLong
from .listener import Listener
from .opening import KeyRing
from .providers import Description, file
from .rules import NOTE_LIMIT, OPENS, KeyState

FIRST_GENERATION = 1
SUITES = {suite.value: suite for suite in Suite}
_ACTIVE = KeyState.ACTIVE.value
KEY_COLUMNS = "customer_id, generation, kek_id, suite, wrapped, commitment, state"
_COPY_HEAD, _COPY_END = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8, b"\xff\xff"
_row_head = Struct(">h i16s ii ii ih i").pack
_row_tail = Struct(">i32s ih").pack
_FETCH = """
    SELECT w.customer, w.generation, r.generation, r.kek_id, r.suite, r.wrapped, r.commitment, r.state
    FROM unnest(%s::uuid[], %s::int[]) AS w (customer, generation)
    JOIN LATERAL (
        SELECT * FROM keys.customer_root k
        WHERE k.customer_id = w.customer
          AND CASE WHEN w.generation IS NULL THEN k.state <> 0 ELSE k.generation = w.generation END
        ORDER BY k.generation DESC LIMIT 1
    ) r ON true
"""


class KeyRow(NamedTuple):
    """One row of keys.customer_root in the order of KEY_COLUMNS; `customer_id` is 16 bytes."""

    customer_id: bytes
    generation: int
    kek_id: int
    suite: int
    wrapped: bytes
    commitment: bytes
    state: int


class _Custody:
    """The opened keys, cache and listener of this process."""

    def __init__(self) -> None:
        self.ring = KeyRing()
        self.cache = KeyCache()
        self.index: IndexKeys | None = None
        self.listener = Listener(self.forget)

    def forget(self, table: str) -> None:
        """Drop what was read from a key table before it changed."""
        self.cache.clear()
        if table != "customer_root":
            self.ring.forget_rows()
            self.index = None


_custody = _Custody()


def _after_fork() -> None:
    # The listener's thread and connection belong to the parent; the child starts empty.
    global _custody, _inherited
    _inherited, _custody = _custody, _Custody()


_inherited: _Custody | None = None
os.register_at_fork(after_in_child=_after_fork)


def check_ready() -> None:
    """Check that customer keys can be opened now; raises the Unavailable error with the cause."""
    _custody.ring.provider().health()
    _custody.ring.active_kek()


def describe() -> Description:
    """The root provider's description, without opening it."""
    return file.describe(file.read(settings.TUTELA_HOME))


def installation() -> bytes:
    """The 16-byte installation id that every envelope is bound to."""
    return _custody.ring.identity()


def clear() -> None:
    """Remove every opened customer key from this process."""
    _custody.cache.clear()


def stop() -> None:
    """Stop listening and drop all keys; the next call opens them again."""
    global _custody
    _custody.listener.stop()
    _custody = _Custody()


def open_kek(kek_id: int) -> hierarchy.Kek:
    """One KEK, for this room's actions."""
    return _custody.ring.kek(kek_id).kek


def customer_keys(
    customer_id: UUID,
    *,
    generation: int | None = None,
    receipt: Receipt,
    classes: Collection[int],
    exposure: Exposure,
) -> CustomerKeys:
    """The keys of one customer and generation (None: the newest); see `customer_keys_many`."""
    wanted = {customer_id: generation}
    opened = customer_keys_many(wanted, receipt=receipt, classes=classes, exposure=exposure)
    return opened[customer_id]


def customer_keys_many(
    wanted: Mapping[UUID, int | None],
    *,
    receipt: Receipt,
    classes: Collection[int],
    exposure: Exposure,
) -> dict[UUID, CustomerKeys]:
    """The keys of many customers, in one query; each must be a ("customer", id) subject of the receipt.
    They open and seal cells of these classes and no others.

    ReceiptRefused, KeyUnknown, KeyDestroyed, KeyDamaged, or the root provider's Unavailable error.
    """
    subjects = [("customer", str(customer)) for customer in wanted]
    parts = [generation or 0 for generation in wanted.values()]
    receipts.check_all(receipt, subjects=subjects, classes=classes, exposure=exposure, parts=parts)
    opened = _custody.cache.get(wanted.items()) if _custody.listener.listening else {}
    missing = [name for name in wanted.items() if name[0] not in opened]
    if missing:
        opened.update(_fetch(missing))
    allowed = frozenset(classes)
    return {customer: keys.limited(allowed) for customer, keys in opened.items()}


def _fetch(names: Sequence[tuple[UUID, int | None]]) -> dict[UUID, CustomerKeys]:
    custody = _custody
    custody.listener.start()
    epoch, listening = custody.cache.epoch, custody.listener.listening
    # Array literals, because psycopg adapts a list of values slower than the server parses them.
    customers = ",".join([f"{name[0].int:032x}" for name in names])
    generations = ",".join(["NULL" if name[1] is None else str(name[1]) for name in names])
    rows = fetch(_FETCH, (f"{{{customers}}}", f"{{{generations}}}"))
    if len(rows) < len(names):
        raise KeyUnknown
    opened = {(row[0], row[1]): _open_root(custody.ring, row) for row in rows}
    if listening:
        custody.cache.put(opened, epoch)
    return {name[0]: keys for name, keys in opened.items()}


def _open_root(ring: KeyRing, row: tuple[Any, ...]) -> CustomerKeys:
    customer, _, generation, kek_id, suite_id, wrapped, commitment, state = row
    if wrapped is None or state == KeyState.DESTROYED:
        raise KeyDestroyed
    kek = ring.kek(kek_id).kek
    key, suite = customer.bytes, SUITES.get(suite_id)
    if state not in OPENS or suite is None:
        raise KeyDamaged(key=f"customer/{customer}/{generation}")
    try:
        root = kek.unwrap_root(key, generation, wrapped)
    except DecryptFailed:
        raise KeyDamaged(key=f"customer/{customer}/{generation}") from None
    keys = CustomerKeys(root, suite, generation, key, ring.identity())
    if not digest.equal(keys.commitment(), commitment):
        raise KeyDamaged(key=f"customer/{customer}/{generation}")
    return keys


def new_customer_keys(customer_ids: Sequence[UUID]) -> list[tuple[CustomerKeys, KeyRow]]:
    """New random roots for customers, each with the row to store; nothing is written here."""
    return list(new_keys([customer.bytes for customer in customer_ids]))


def new_keys(customers: Sequence[bytes]) -> Iterator[tuple[CustomerKeys, KeyRow]]:
    """`new_customer_keys` for 16-byte ids, one by one."""
    ring = _custody.ring
    active, owner = ring.active_kek(), ring.identity()
    wrap, suite = active.kek.wrap_root, active.kek.suite
    for customer, root in zip(customers, hierarchy.new_roots(len(customers)), strict=True):
        keys = CustomerKeys(root, suite, FIRST_GENERATION, customer, owner)
        wrapped, proof = wrap(customer, FIRST_GENERATION, root), keys.commitment()
        row = KeyRow(customer, FIRST_GENERATION, active.id, suite.value, wrapped, proof, _ACTIVE)
        yield keys, row


def save_key_rows(rows: Iterable[KeyRow]) -> None:
    """Store new customers' wrapped roots in the caller's transaction."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        statement = f"COPY keys.customer_root ({KEY_COLUMNS}) FROM STDIN (FORMAT BINARY)"
        with cursor.copy(statement) as copy:
            copy.write(b"".join([_COPY_HEAD, *map(_packed, rows), _COPY_END]))


def _packed(row: KeyRow) -> bytes:
    """A row in PostgreSQL's binary COPY format: each value preceded by its length."""
    customer, generation, kek_id, suite, wrapped, commitment, state = row
    head = _row_head(7, 16, customer, 4, generation, 4, kek_id, 2, suite, len(wrapped))
    return head + wrapped + _row_tail(len(commitment), commitment, 2, state)


def index_keys() -> IndexKeys:
    """The keys of the blind index."""
    custody = _custody
    keys = custody.index
    if keys is None:
        custody.listener.start()
        side = custody.ring.side("index")
        keys = custody.index = IndexKeys(side.root, side.version, side.suite)
    return keys


def seal_note(text: str) -> str:
    """A note encrypted for the trail; "" stays "". NoteTooLong above NOTE_LIMIT characters."""
    if len(text) > NOTE_LIMIT:
        raise NoteTooLong(most=NOTE_LIMIT)
    if not text:
        return ""
    side = _custody.ring.side("note")
    blob = secretbox.seal_with(side.root, "note", text.encode())
    return f"{side.version}_{urlsafe_b64encode(blob).decode()}"


def open_note(sealed: str, grant: Grant) -> str:
    """The text of a sealed note, for who may search the trail or decide on another person's proposal.

    GrantRefused for any other grant; KeyDamaged if it does not open.
    """
    permission = grant.permission if grant else None
    decides = permission is not None and permission.decides
    grant.check(permission=permission if decides else permissions.TRAIL_SEARCH)
    if not sealed:
        return ""
    version, _, body = sealed.partition("_")
    try:
        root = _custody.ring.side("note", int(version)).root
        return secretbox.open_with(root, "note", urlsafe_b64decode(body)).decode()
    except (ValueError, DecryptFailed):
        raise KeyDamaged(key="note") from None


def seal_secret(label: str, data: bytes) -> bytes:
    """Encrypt a small secret of the installation; `label` names its purpose. 4 bytes of version, then the box."""
    side = _custody.ring.side("secret")
    return side.version.to_bytes(4) + secretbox.seal_with(side.root, label, data)


def open_secret(label: str, blob: bytes) -> bytes:
    """Undo `seal_secret`; KeyDamaged."""
    root = _custody.ring.side("secret", int.from_bytes(blob[:4])).root
    try:
        return secretbox.open_with(root, label, blob[4:])
    except DecryptFailed:
        raise KeyDamaged(key="secret") from None
