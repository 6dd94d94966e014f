"""The witnesses of the tree: who they are, what they signed, and whether enough of them vouch for it.

The operator's policy file names them (`policy_rules.py`); without one the tree is signed by its own key alone, and
that is said. `asking.py` calls those with an address; a request for one without is carried there by hand, and its
answer kept by `record`. docs/decisions/witnesses.md says who decides what.
"""

import base64
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction

from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor
from tutela.crypto import notes
from tutela.crypto.digest import sha256
from tutela.crypto.errors import BadValue, SignatureInvalid
from tutela.crypto.notes import Note, NoteKey
from tutela.trail import events, log
from tutela.trail.connect import fetch
from tutela.trail.errors import CosignatureRefused, PolicyDamaged, WitnessUnknown
from tutela.trail.leaves import Leaf
from tutela.trail.telling import Happening, News, tell

from . import proofs, signers, state
from .policy_rules import NONE, Policy, PolicyWrong, Witness, read_policy
from .state import TreeHead

LATE: Final = timedelta(minutes=15)
"""So long the newest quorum may lie back before it counts as lost."""
EARLY: Final = timedelta(minutes=5)
"""So much a witness's clock may be ahead of ours."""
LARGEST_POLICY: Final = 1 << 20
_ORIGINS: Final = "SELECT origin FROM trail.tree ORDER BY epoch"
_KEEP: Final = """
    INSERT INTO trail.cosignature (epoch, size, witness, at, line) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT DO NOTHING"""
_LINES: Final = """
    SELECT DISTINCT ON (witness) witness, at, line FROM trail.cosignature
    WHERE epoch = %s::smallint AND size = %s::bigint ORDER BY witness, at DESC"""
_STAND: Final = """
    SELECT name, epoch, size, asked_at, answered_at, fault, evidence <> '' FROM trail.witness"""
_NEWEST_OF: Final = """
    SELECT epoch, size, at FROM trail.cosignature WHERE witness = %s ORDER BY at DESC LIMIT 1"""
_SHOWN: Final = "SELECT max(size) FROM trail.cosignature WHERE epoch = %s::smallint"
_CONTACT: Final = """
    INSERT INTO trail.witness AS w (name, epoch, size, asked_at, answered_at, fault, evidence)
    VALUES (%(name)s, %(epoch)s, %(size)s, %(at)s, %(answered)s, %(fault)s, %(evidence)s)
    ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, size = excluded.size, asked_at = excluded.asked_at,
        answered_at = coalesce(excluded.answered_at, w.answered_at), fault = excluded.fault,
        evidence = CASE WHEN excluded.fault = '' THEN ''
            ELSE coalesce(nullif(excluded.evidence, ''), w.evidence) END"""
_QUORUM: Final = "SELECT policy, since, met_at, epoch, size, told_at FROM trail.quorum"
_HEAD: Final = """
    SELECT c.epoch, t.origin, c.size, c.root, c.at, c.note
    FROM trail.checkpoint c JOIN trail.tree t USING (epoch) WHERE c.epoch = %s::smallint AND c.size = %s::bigint"""
_ORIGIN_HEAD: Final = """
    SELECT c.epoch, t.origin, c.size, c.root, c.at, c.note FROM trail.checkpoint c JOIN trail.tree t USING (epoch)
    WHERE t.origin = %s AND c.size = %s::bigint"""


@dataclass(frozen=True, slots=True)
class Quorum:
    """`met_at`: since when enough witnesses vouch for the tree of `size` leaves; None if never yet."""

    policy: bytes
    since: datetime
    met_at: datetime | None
    epoch: int | None
    size: int | None
    told_at: datetime | None

    def is_lost(self, at: datetime) -> bool:
        """Whether it lies back too long."""
        return at - (self.met_at or self.since) > LATE


@dataclass(frozen=True, slots=True)
class Contact:
    """How a witness stands: `size` of `epoch` is what it signed last, `fault` a word if the last call failed."""

    name: str
    epoch: int
    size: int
    asked_at: datetime | None
    answered_at: datetime | None
    fault: str
    has_evidence: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that pages, the shell and the doctor show. `policy` is None if there is none."""

    policy: Policy | None
    head: TreeHead | None
    quorum: Quorum | None
    contacts: dict[str, Contact]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A cosignature that was kept: whose, of which checkpoint, and when it was made."""

    witness: str
    size: int
    at: datetime


def path() -> Path:
    return Path(settings.TUTELA_TRAIL_POLICY_FILE)


def policy() -> Policy | None:
    """The policy in force; None without a file. PolicyDamaged."""
    data = policy_bytes()
    if data is None:
        return None
    try:
        return read_policy(data)
    except PolicyWrong as wrong:
        raise PolicyDamaged(path=path().name, line=wrong.line, why=wrong.why) from None


def policy_bytes() -> bytes | None:
    """The bytes of the policy file; None without one. PolicyDamaged if it cannot be read."""
    try:
        with path().open("rb") as file:
            data = file.read(LARGEST_POLICY + 1)
    except FileNotFoundError:
        return None
    except OSError:
        raise PolicyDamaged(path=path().name, line=0, why="file") from None
    if len(data) > LARGEST_POLICY:
        raise PolicyDamaged(path=path().name, line=0, why="size")
    return data


def policy_text() -> str:
    """The policy for outsiders: the keys of every tree of this log, the witnesses without their addresses, and the
    quorum, which is `none` without a policy. PolicyDamaged, and the Unavailable errors of the log's key."""
    known = policy()
    logs = [vkey for (origin,) in fetch(_ORIGINS, ()) for vkey in signers.vkeys(origin)]
    lines = [f"log {vkey}" for vkey in logs]
    if known is None:
        return "\n".join([*lines, f"quorum {NONE}", ""])
    lines += [f"witness {one.name} {one.key}" for one in known.witnesses.values()]
    lines += [
        f"group {name} {group.least} {' '.join(group.members)}"
        for name, group in known.groups.items()
    ]
    return "\n".join([*lines, f"quorum {known.quorum}", ""])


def own_keys(origin: str) -> list[NoteKey]:
    """The log's own public keys."""
    return [notes.read_key(vkey) for vkey in signers.vkeys(origin)]


def head_of(epoch: int, size: int) -> TreeHead | None:
    """The checkpoint of a size."""
    return _head(fetch(_HEAD, (epoch, size)))


def _head(rows: Iterable[tuple[object, ...]]) -> TreeHead | None:
    for number, origin, size, root, at, note in rows:
        return TreeHead(number, origin, size, bytes(root), at, note)  # type: ignore[arg-type]
    return None


def witnessed_note(head: TreeHead) -> str:
    """The checkpoint with the cosignatures that it has, each witness's newest."""
    return head.note + "".join(line for _, _, line in fetch(_LINES, (head.epoch, head.size)))


def cosigned_at(head: TreeHead, known: Policy) -> dict[str, int]:
    """When the policy's witnesses cosigned a checkpoint, in seconds by their names in the policy."""
    names = {one.id: one.name for one in known.witnesses.values()}
    rows = fetch(_LINES, (head.epoch, head.size))
    return {names[one]: int(at.timestamp()) for one, at, _ in rows if one in names}


def last_witnessed() -> TreeHead | None:
    """The newest checkpoint that had a quorum under the policy in force; None if there is none."""
    found = quorum()
    if found is None or found.epoch is None or found.size is None:
        return None
    return head_of(found.epoch, found.size)


def quorum() -> Quorum | None:
    """How the quorum stands; None before the first round, and without a policy."""
    for digest, *rest in fetch(_QUORUM, ()):
        return Quorum(bytes(digest), *rest)
    return None


def contacts() -> dict[str, Contact]:
    """How each witness stands, by its name in the policy."""
    return {row[0]: Contact(*row) for row in fetch(_STAND, ())}


def standing() -> Standing:
    """Everything about the witnesses. PolicyDamaged."""
    known = policy()
    found = contacts()
    for one in known.witnesses.values() if known is not None else ():
        last = _newest_of(one) if not one.url else None  # carried to by hand
        if last is not None:
            epoch, size, at = last
            found[one.name] = Contact(one.name, epoch, size, None, at, "")
    return Standing(known, state.newest(), quorum(), found)


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
    facts = {
        "name": contact.name, "epoch": contact.epoch, "size": contact.size, "at": contact.asked_at,
        "answered": contact.answered_at, "fault": contact.fault, "evidence": evidence,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_CONTACT, facts)


def named(known: Policy | None, name: str) -> Witness:
    """A witness of the policy. WitnessUnknown."""
    if known is None or name not in known.witnesses:
        raise WitnessUnknown
    return known.witnesses[name]


def request_body(head: TreeHead, old: int) -> str:
    """What is asked of a witness that stands at `old`: the body of add-checkpoint. BadValue for a larger `old`."""
    proof = proofs.consistency(head.epoch, old, head.size)
    lines = "".join(base64.b64encode(step).decode() + "\n" for step in proof)
    return f"old {old}\n{lines}\n{head.note}"


def request_by_hand(name: str, old: int | None = None) -> tuple[TreeHead, str]:
    """The checkpoint to carry to a witness, and the request for it; `old` is where the witness stands, by default
    where our records say. It is one that others cosigned, so that a quorum is of one checkpoint; else the newest.

    WitnessUnknown; CosignatureRefused before the first checkpoint or for a wrong `old`.
    """
    witness, newest = named(policy(), name), state.newest()
    if newest is None:
        raise CosignatureRefused(why="no-checkpoint")
    if old is None:
        last = _newest_of(witness)
        old = last[1] if last is not None and last[0] == newest.epoch else 0
    ((shown,),) = fetch(_SHOWN, (newest.epoch,))
    head = head_of(newest.epoch, shown) if shown is not None and shown > old else None
    head = head or newest
    try:
        return head, request_body(head, old)
    except BadValue as wrong:
        raise CosignatureRefused(why=wrong.code) from None


def _newest_of(witness: Witness) -> tuple[int, int, datetime] | None:
    """(epoch, size, time) of a witness's last cosignature."""
    for epoch, size, at in fetch(_NEWEST_OF, (witness.id,)):
        return epoch, size, at
    return None


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
    head = _head(fetch(_ORIGIN_HEAD, (said.origin, said.size)))
    if head is None or head.root != said.root:
        raise CosignatureRefused(why="no-checkpoint")
    return head, "".join(line.line for line in parts.signatures)


# Quorum


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


def host(url: str) -> str:
    """The host of a witness's address, for people."""
    return urlsplit(url).hostname or ""
