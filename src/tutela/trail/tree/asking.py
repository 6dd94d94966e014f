"""One round of calls to the witnesses: the newest checkpoint is shown to each, and what they sign is kept.

Every minute and at each seal. Each witness gets a proof from where it stands; one that stands elsewhere says so
and is asked again. A witness that holds a checkpoint of ours that our own tree contradicts is proof that an older
copy of the log was put back, or that it was changed: the log is closed and people are told.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.crypto import notes
from tutela.crypto.digest import sha256
from tutela.crypto.errors import BadValue, SignatureInvalid
from tutela.crypto.notes import Checkpoint
from tutela.trail import events, log
from tutela.trail.connect import fetch
from tutela.trail.errors import CosignatureRefused, PolicyDamaged
from tutela.trail.leaves import Leaf
from tutela.trail.telling import Happening, News, tell

from . import actions, proofs, state, witnesses
from .calling import Answer, CallFailed, call
from .policy_rules import Policy, Witness
from .state import TreeHead
from .witnesses import Contact

AGAIN: Final = timedelta(minutes=5)
"""So often a witness is asked again while the tree stays as it is."""
TRIES: Final = 3
AT_ONCE: Final = 8
SIZE_TYPE: Final = "text/x.tlog.size"
FAULTS: Final = {403: "signature", 404: "unknown-log", 409: "other-root", 422: "proof", 429: "busy"}
DOUBTFUL: Final = frozenset({"other-root", "proof", "ahead"})
"""After these the witness's own checkpoint is looked at."""
_KNOWN_FAULT: Final = """
    SELECT 1 FROM trail.fault WHERE kind = 'root' AND epoch = %s::smallint AND index = %s::bigint"""
_REPORT: Final = "SELECT trail.report_fault('root', %s::smallint, %s::bigint, NULL)"
_log = logging.getLogger("tutela.trail")


@dataclass(slots=True)
class Call:
    """The witnesses at one address, where they stand, and what came of it."""

    url: str
    witnesses: list[Witness]
    old: int
    lines: str = ""
    fault: str = ""
    evidence: str = ""


def ask_all() -> int:
    """Ask every witness with an address; returns how many cosigned. Never raises for what a witness does."""
    try:
        data = witnesses.policy_bytes()
        known = witnesses.policy()
    except PolicyDamaged as damaged:
        _log.error("%s", damaged.code)
        actions.watch(None)
        return 0
    actions.begin(data)
    head = state.newest()
    if known is None or head is None:
        return 0
    calls = _calls(known, head)
    _ask(calls, head)
    kept = sum(_keep(one, head) for one in calls)
    actions.judge(known, head)
    actions.watch(known)
    return kept


def _calls(known: Policy, head: TreeHead) -> list[Call]:
    """Those that are due, one for each address."""
    found, now = witnesses.contacts(), clock.now()
    by_url: dict[str, list[Witness]] = {}
    for one in known.witnesses.values():
        if one.url and _is_due(found.get(one.name), head, now):
            by_url.setdefault(one.url, []).append(one)
    return [
        Call(url, these, max(_stands_at(found.get(one.name), head) for one in these))
        for url, these in by_url.items()
    ]


def _is_due(contact: Contact | None, head: TreeHead, now: datetime) -> bool:
    if contact is None or contact.fault or contact.answered_at is None:
        return True
    same = (contact.epoch, contact.size) == (head.epoch, head.size)
    return not same or now - contact.answered_at >= AGAIN


def _stands_at(contact: Contact | None, head: TreeHead) -> int:
    return contact.size if contact is not None and contact.epoch == head.epoch else 0


def _ask(calls: Sequence[Call], head: TreeHead) -> None:
    """Call all at once, and those that stand elsewhere again from there; the database is read between."""
    waiting = list(calls)
    for _ in range(TRIES):
        bodies = [witnesses.request_body(head, min(one.old, head.size)) for one in waiting]
        if not waiting:
            return
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(_post, [one.url for one in waiting], bodies))
        again = [
            one for one, answer in zip(waiting, answers, strict=True) if _hear(one, answer, head)
        ]
        waiting = again


def _post(url: str, body: str) -> Answer | str:
    """The answer, or the word of a fault."""
    try:
        return call("POST", f"{url}/add-checkpoint", body.encode())
    except CallFailed as failed:
        return failed.why


def _hear(one: Call, answer: Answer | str, head: TreeHead) -> bool:
    """Take in an answer; whether to ask again from another size."""
    one.fault, one.lines = "", ""
    if isinstance(answer, str):
        one.fault = answer
    elif answer.status == 200:
        one.lines = answer.body.decode(errors="replace")
    elif answer.status == 409 and answer.kind == SIZE_TYPE:
        stored = _size(answer.body)
        if stored is None or stored == one.old:
            one.fault = "answer"
        elif stored > head.size:
            one.fault, one.old = "ahead", stored
        else:
            one.fault, one.old = "size", stored
            return True
    else:
        one.fault = FAULTS.get(answer.status, "answer")
    return False


def _size(body: bytes) -> int | None:
    try:
        text = body.decode()
        return notes.read_number(text.removesuffix("\n"), "size") if text.endswith("\n") else None
    except (UnicodeError, BadValue):
        return None


def _keep(one: Call, head: TreeHead) -> int:
    """Keep what a call brought; how many cosignatures."""
    kept = []
    if not one.fault:
        try:
            kept = actions.keep(head, one.lines, one.witnesses)
        except CosignatureRefused as refused:
            one.fault = str(refused.params["why"])
    if one.fault in DOUBTFUL:
        _look_at(one, head)
    now, signed = clock.now(), {record.witness for record in kept}
    for witness in one.witnesses:
        fault = one.fault or ("" if witness.name in signed else "no-witness")
        size = one.old if fault else head.size
        answered = None if fault else now
        contact = Contact(witness.name, head.epoch, size, now, answered, fault)
        actions.note_contact(contact, one.evidence)
    if one.fault:
        _log.warning("a witness did not cosign: %s", one.fault)
    return len(kept)


def _look_at(one: Call, head: TreeHead) -> None:
    """Whether the witness holds a checkpoint that our key signed and our tree contradicts."""
    told = _told(one, head)
    if told is None:
        return
    note, said = told
    newest = state.newest(head.epoch)
    ours = newest is not None and said.size <= newest.size and proofs.root(head.epoch, said.size)
    if ours == said.root:
        one.fault = "" if one.fault == "ahead" else one.fault
        one.old = said.size
        return
    one.fault, one.evidence = "contradicted", note
    if fetch(_KNOWN_FAULT, (head.epoch, said.size)):
        return
    detail: dict[str, str | int] = {"leaves": said.size, "root": said.root.hex()}
    with transaction.atomic():
        log.append_with_change(Leaf(event=events.TREE_CONTRADICTED, actor=SYSTEM, detail=detail))
        tell(News(Happening.TREE_CONTRADICTED))
        fetch(_REPORT, (head.epoch, said.size))


def _told(one: Call, head: TreeHead) -> tuple[str, Checkpoint] | None:
    """The witness's checkpoint of our log, if it gives one that our own key signed."""
    try:
        place = sha256(head.origin.encode()).hex()
        answer = call("GET", f"{one.url}/{place}/checkpoint")
        if answer.status != 200:
            return None
        note = notes.read_note(answer.body)
        notes.check_signed(note, witnesses.own_keys(head.origin))
        said = notes.read_checkpoint(note.text)
    except (CallFailed, BadValue, SignatureInvalid):
        return None
    return (str(note), said) if said.origin == head.origin else None
