"""The witnesses of the tree: who they are, what they signed, and whether enough of them vouch for it.

The operator's policy file names them (`policy_rules.py`); without one the tree is signed by its own key alone, and
that is said. `asking.py` calls those with an address; a request for one without is carried there by hand, and its
answer kept by `actions.record`. docs/decisions/witnesses.md says who decides what.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings

from tutela.crypto import notes
from tutela.crypto.errors import BadValue
from tutela.crypto.notes import NoteKey
from tutela.trail.connect import fetch
from tutela.trail.errors import CosignatureRefused, PolicyDamaged, WitnessUnknown

from . import proofs, signers, state
from .policy_rules import NONE, Policy, PolicyWrong, Witness, read_policy
from .state import TreeHead

LATE: Final = timedelta(minutes=15)
"""So long the newest quorum may lie back before it counts as lost."""
LARGEST_POLICY: Final = 1 << 20
_ORIGINS: Final = "SELECT origin FROM trail.tree ORDER BY epoch"
_LINES: Final = """
    SELECT DISTINCT ON (witness) witness, at, line FROM trail.cosignature
    WHERE epoch = %s::smallint AND size = %s::bigint ORDER BY witness, at DESC"""
_STAND: Final = """
    SELECT name, epoch, size, asked_at, answered_at, fault, evidence <> '' FROM trail.witness"""
_NEWEST_OF: Final = """
    SELECT epoch, size, at FROM trail.cosignature WHERE witness = %s ORDER BY at DESC LIMIT 1"""
_SHOWN: Final = "SELECT max(size) FROM trail.cosignature WHERE epoch = %s::smallint"
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


def head_named(origin: str, size: int) -> TreeHead | None:
    """The checkpoint of a size of the tree with this origin."""
    return _head(fetch(_ORIGIN_HEAD, (origin, size)))


def _head(rows: Iterable[tuple[Any, ...]]) -> TreeHead | None:
    for number, origin, size, root, at, note in rows:
        return TreeHead(number, origin, size, bytes(root), at, note)
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


def host(url: str) -> str:
    """The host of a witness's address, for people."""
    return urlsplit(url).hostname or ""
