"""What is written of the witnesses: cosignatures, how calls went, how the quorum stands. People are told of it."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import DataError, connection, transaction

from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor
from tutela.crypto import notes
from tutela.crypto.digest import sha256
from tutela.crypto.errors import BadValue, SignatureInvalid
from tutela.crypto.notes import Checkpoint, Note
from tutela.trail import events, log
from tutela.trail.connect import fetch
from tutela.trail.errors import CosignatureRefused, WitnessUnknown
from tutela.trail.leaves import Leaf
from tutela.trail.telling import Happening, News, tell

from .policy_rules import NONE, Policy, Witness
from .state import TreeHead
from .witnesses import Contact, Recorded, cosigned_at, head_named, own_keys, policy, quorum

EARLY: Final = timedelta(minutes=5)
"""So much a witness's clock may be ahead of ours."""
_KEEP: Final = """
    INSERT INTO trail.cosignature (epoch, size, witness, at, line) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT DO NOTHING"""
_ORIGINS: Final = "SELECT origin FROM trail.tree"
_KEEP_AGAIN: Final = """
    SELECT trail.keep_checkpoint(t.epoch, %s::bigint, %s::text) FROM trail.tree t WHERE t.origin = %s"""
_CONTACT: Final = """
    INSERT INTO trail.witness AS w (name, epoch, size, asked_at, answered_at, fault, evidence)
    VALUES (%(name)s, %(epoch)s, %(size)s, %(at)s, %(answered)s, %(fault)s, %(evidence)s)
    ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, size = excluded.size, asked_at = excluded.asked_at,
        answered_at = coalesce(excluded.answered_at, w.answered_at), fault = excluded.fault,
        evidence = CASE WHEN excluded.fault = '' THEN ''
            ELSE coalesce(nullif(excluded.evidence, ''), w.evidence) END"""


def keep(head: TreeHead, lines: str, known: Collection[Witness]) -> list[Recorded]:
    """Keep the cosignatures of these witnesses among signature lines; lines of others are ignored.

    CosignatureRefused, with a word for the reason, if one is wrong or none is there.
    """
    keys = {(one.key.name, one.key.id): one for one in known}
    text = notes.read_note(head.note).text
    kept = []
    try:
        for line in notes.read_lines(lines):
            witness = keys.get((line.name, line.id))
            if witness is not None:
                at = notes.verified(Note(text, (line,)), [witness.key])[witness.key]
                kept.append((witness, _moment(at), line.line))
    except (BadValue, SignatureInvalid) as wrong:
        raise CosignatureRefused(why=wrong.code) from None
    if not kept:
        raise CosignatureRefused(why="no-witness")
    with connection.cursor() as cursor:
        rows = [(head.epoch, head.size, one.id, at, line) for one, at, line in kept]
        cursor.executemany(_KEEP, rows)
    return [Recorded(one.name, head.size, at) for one, at, _ in kept]


def _moment(at: int | None) -> datetime:
    """The time of a cosignature. CosignatureRefused for one without, or from the future."""
    if not at or at > (clock.now() + EARLY).timestamp():
        raise CosignatureRefused(why="clock")
    return datetime.fromtimestamp(at, UTC)


def note_contact(contact: Contact, evidence: str = "") -> None:
    """Keep how a call went."""
    facts: dict[str, str | int | datetime | None] = {
        "name": contact.name, "epoch": contact.epoch, "size": contact.size, "at": contact.asked_at,
        "answered": contact.answered_at, "fault": contact.fault, "evidence": evidence,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_CONTACT, facts)


def record(actor: Actor, note: str) -> list[Recorded]:
    """Keep what a witness that is carried to by hand signed: our checkpoint with its lines below.

    The caller has asked the gate. WitnessUnknown without a policy, CosignatureRefused.
    """
    known = policy()
    if known is None:
        raise WitnessUnknown
    head, lines = _of_note(note)
    detail: dict[str, str | int] = {"leaves": head.size, "root": head.root.hex()}
    with transaction.atomic():
        kept = keep(head, lines, known.witnesses.values())
        log.append_with_change(Leaf(event=events.COSIGNATURE_RECORDED, actor=actor, detail=detail))
        judge(known, head)
    return kept


def _of_note(note: str) -> tuple[TreeHead, str]:
    """Our checkpoint that a note is about, and the note's signature lines."""
    try:
        parts = notes.read_note(note)
        said = notes.read_checkpoint(parts.text)
    except BadValue as wrong:
        raise CosignatureRefused(why=wrong.code) from None
    head = head_named(said.origin, said.size) or _kept_again(parts, said)
    if head is None or head.root != said.root:
        raise CosignatureRefused(why="no-checkpoint")
    return head, "".join(line.line for line in parts.signatures)


def _kept_again(note: Note, said: Checkpoint) -> TreeHead | None:
    """A checkpoint of ours that was thinned out while it was carried, kept again: the log's own key signed it, and
    the database compares its root with the tree. None if it is not ours."""
    if all(origin != said.origin for (origin,) in fetch(_ORIGINS, ())):
        return None
    own = [
        key for key in own_keys(said.origin) if key in notes.verified(note, own_keys(said.origin))
    ]
    lines = "".join(
        line.line
        for line in note.signatures
        if (line.name, line.id) in {(k.name, k.id) for k in own}
    )
    if not lines:
        return None
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_KEEP_AGAIN, [said.size, f"{note.text}\n{lines}", said.origin])
    except DataError:
        return None
    return head_named(said.origin, said.size)


def begin(data: bytes | None) -> None:
    """Note which policy is in force; a changed one is told, and what was met under the former counts no more."""
    digest = sha256(data) if data is not None else None
    before = quorum()
    if (before.policy if before else None) == digest:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail.quorum")
        if digest is not None:
            cursor.execute(
                "INSERT INTO trail.quorum (policy, since) VALUES (%s, %s)", [digest, clock.now()]
            )
        code = "removed" if digest is None else "changed" if before else "set"
        detail: dict[str, str | int] = {"code": code, "file_hash": digest.hex() if digest else ""}
        log.append_with_change(Leaf(event=events.POLICY_CHANGED, actor=SYSTEM, detail=detail))
        tell(News(Happening.POLICY_CHANGED, code))


def judge(known: Policy, head: TreeHead) -> None:
    """Note whether this checkpoint has a quorum, and since when."""
    since = known.met_since(cosigned_at(head, known))
    if known.quorum == NONE or since is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE trail.quorum SET met_at = %(at)s, epoch = %(epoch)s, size = %(size)s"
            " WHERE met_at IS NULL OR met_at <= %(at)s",
            {"at": datetime.fromtimestamp(since, UTC), "epoch": head.epoch, "size": head.size},
        )


def watch(known: Policy | None) -> None:
    """Tell once that the quorum is lost, and once that it is there again."""
    found, now = quorum(), clock.now()
    if found is None or (known is not None and known.quorum == NONE):
        return
    lost = found.is_lost(now)
    if lost == (found.told_at is not None):
        return
    event = events.QUORUM_LOST if lost else events.QUORUM_REGAINED
    minutes = int((now - (found.met_at or found.since)).total_seconds() // 60)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE trail.quorum SET told_at = %s", [now if lost else None])
        log.append_with_change(Leaf(event=event, actor=SYSTEM, detail={"age_minutes": minutes}))
        tell(News(Happening.QUORUM_LOST, settled=not lost))
