"""Targets: registered, changed, paused, resumed and removed by two people, and tested by whoever runs backups.

A new target, or a new way to an old one, is tested before it is proposed: what cannot be written to is not worth a
second person's time. Credentials are sealed at once, in the proposal too, and come out only to open the place.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from tutela.access import changes as leaves
from tutela.access import gate
from tutela.access.gate import Grant
from tutela.backup import events, notice_kinds, permissions, places, queries, rules
from tutela.backup.errors import (
    ChangeOvertaken,
    CopyHeld,
    CredentialAsked,
    FolderInside,
    LockExpired,
    LockMissing,
    LockShort,
    MediaUnknown,
    NameExists,
    NameWrong,
    SchemeUnknown,
    TargetFault,
    TargetsMissing,
    TargetUnknown,
    UrlExists,
)
from tutela.backup.models import Change, Copy, Target
from tutela.backup.rules import CopyState, Lock, Media, TargetState
from tutela.backup.targets import Place, Probe, open_place
from tutela.backup.targets.address import Address, read_address
from tutela.backup.targets.local import LocalPlace
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.errors import TutelaError
from tutela.base.free_text import check_free_text
from tutela.keys import custody
from tutela.notices.actions.notices import notify

from .changes import require_manager, store

KIND: Final = "target"
ADD, EDIT, PAUSE, RESUME, REMOVE = "add", "edit", "pause", "resume", "remove"
_FROM: Final = {
    PAUSE: {TargetState.ACTIVE},
    RESUME: {TargetState.PAUSED},
    REMOVE: {TargetState.ACTIVE, TargetState.PAUSED},
}
_TO: Final = {
    PAUSE: TargetState.PAUSED,
    RESUME: TargetState.ACTIVE,
    REMOVE: TargetState.REMOVED,
}
_SLACK: Final = timedelta(days=1)
"""So much shorter than registered may a lock be: clocks and the end of a day differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a target is reached and what it is. `media` is one of `rules.Media`; `identity` and `credential` are as
    `targets/places.py` says; the identity of a folder is read from its marker."""

    url: str
    media: str
    offsite: bool
    identity: str = ""
    credential: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Tested:
    """What the test of a target gave: a probe, or a fault."""

    target: Target
    probe: Probe | None
    fault: TutelaError | None


def propose_target(actor: Actor, name: str, way: Way) -> Change:
    """Test a new target and propose it; backups are written to it once another person approved it.

    NameWrong, NameExists, UrlExists, MediaUnknown, FolderInside; what `open_place` refuses and a probe meets."""
    grant, person = require_manager(actor)
    if not rules.NAME.fullmatch(name):
        raise NameWrong
    check_free_text(name=name)
    if Target.objects.filter(name=name).exists():
        raise NameExists(name=name)
    facts = {"name": name, **_facts(way, None)}
    return store(grant, person, kind=KIND, verb=ADD, subject="", proposed=facts)


def propose_edit(actor: Actor, target_id: UUID, way: Way) -> Change:
    """Test another way to a target, such as a new host key or new credentials, and propose it. A blank credential
    keeps the sealed one."""
    grant, person = require_manager(actor)
    target = _target(target_id)
    facts = _facts(way, target)
    return store(grant, person, kind=KIND, verb=EDIT, subject=str(target.id), proposed=facts)


def propose_state(actor: Actor, target_id: UUID, verb: str) -> Change:
    """Propose to pause, resume or remove a target. TargetUnknown, ChangeOvertaken where it is so already,
    TargetsMissing for the last one that is active, CopyHeld where a held copy lies on it."""
    grant, person = require_manager(actor)
    target = _target(target_id)
    _check_verb(target, verb)
    return store(grant, person, kind=KIND, verb=verb, subject=str(target.id), proposed={})


def probe_target(actor: Actor, target_id: UUID) -> Tested:
    """Write a small file to a target and try to destroy it; then look at the lock of its newest copy. What was
    found is stored, with the code of the fault; the leaf is written either way."""
    grant = gate.require(actor, permissions.RUN)
    return _probe(grant, _target(target_id))


def probe_targets(actor: Actor) -> list[Tested]:
    """Test every active target; managers are told of one that failed and had not before."""
    grant = gate.require(actor, permissions.RUN)
    found = []
    for target in queries.targets():
        was_good = not target.probe_result
        tested = _probe(grant, target)
        found.append(tested)
        if was_good and tested.fault is not None:
            notify(
                notice_kinds.BACKUP_TARGET_FAILED,
                to=[one.id for one in gate.holders(permissions.MANAGE)],
                params={"name": target.name, "code": tested.fault.code},
            )
    return found


def apply_change(grant: Grant, change: Change) -> None:
    """Carry out an approved change of a target."""
    if change.verb == ADD:
        _add(grant, change)
        return
    target = Target.objects.select_for_update(of=("self",)).filter(id=change.subject).first()
    if target is None or target.state == TargetState.REMOVED:
        raise ChangeOvertaken
    target.approved_by = change.decided_by
    if change.verb == EDIT:
        _check_address(change.proposed["url"], target)
        for name, value in _row(change.proposed).items():
            setattr(target, name, value)
    else:
        _check_verb(target, change.verb)
        target.state = _TO[change.verb]
        if change.verb == REMOVE:
            target.credential_sealed = None
    target.save(update_fields=[*_COLUMNS, "state", "approved_by"])
    leaves.record(
        grant, events.TARGET_CHANGED, backup_target=str(target.id), backup_verb=change.verb
    )


_COLUMNS: Final = (
    "url", "media", "offsite", "identity", "credential_sealed", "lock", "lock_days", "probed_at", "probe_result",
)  # fmt: skip


def _add(grant: Grant, change: Change) -> None:
    facts = change.proposed
    if Target.objects.filter(name=facts["name"]).exists():
        raise NameExists(name=facts["name"])
    _check_address(facts["url"], None)
    try:
        with transaction.atomic():
            target = Target.objects.create(
                name=facts["name"],
                created_at=clock.now(),
                created_by=change.proposed_by,
                approved_by=change.decided_by,
                **_row(facts),
            )
    except IntegrityError:
        raise ChangeOvertaken from None
    leaves.record(grant, events.TARGET_REGISTERED, backup_target=str(target.id))


def _row(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a proposal sets."""
    sealed = facts["credential"]
    return {
        "url": facts["url"],
        "media": facts["media"],
        "offsite": facts["offsite"],
        "identity": facts["identity"],
        "credential_sealed": b64decode(sealed) if sealed else None,
        "lock": facts["lock"],
        "lock_days": facts["lock_days"],
        "probed_at": clock.now(),
        "probe_result": "",
    }


def _facts(way: Way, target: Target | None) -> dict[str, Any]:
    """What is proposed, tested: JSON, with the sealed credential as base64."""
    if way.media not in set(Media):
        raise MediaUnknown
    address = _check_address(way.url, target)
    sealed = b"" if address.kind == "file" else _sealed(way, address, target)
    identity = way.identity.strip()
    with ExitStack() as stack:
        place = stack.enter_context(
            open_place(way.url, identity, _opened(sealed), beside=settings.TUTELA_HOME)
        )
        if isinstance(place, LocalPlace):
            identity = place.identity = place.mark()
        probe = place.probe()
    _check_lock(place, address, probe)
    return {
        "url": way.url.strip(),
        "media": way.media,
        "offsite": way.offsite,
        "identity": identity,
        "credential": b64encode(sealed).decode() if sealed else "",
        "lock": probe.lock.value,
        "lock_days": address.retention.days if address.retention else 0,
        "why": probe.why.value,
    }


def _check_address(url: str, target: Target | None) -> Address:
    """The address in parts; FolderInside for a folder in the data directory, UrlExists for one in use."""
    address = read_address(url)
    others = Target.objects.exclude(state=TargetState.REMOVED)
    if target is not None:
        others = others.exclude(id=target.id)
    if any(_is_same(read_address(other.url), address) for other in others):
        raise UrlExists
    if address.kind == "file":
        folder = Path(address.folder).resolve()
        for inside in (settings.TUTELA_HOME, settings.TUTELA_BACKUP_FOLDER):
            home = Path(inside).resolve()
            if folder == home or home in folder.parents:
                raise FolderInside
    return address


def _is_same(one: Address, other: Address) -> bool:
    return (one.kind, one.host, one.port, one.folder) == (
        other.kind, other.host, other.port, other.folder,
    )  # fmt: skip


def _server(address: Address) -> tuple[object, ...]:
    return address.kind, address.is_tls, address.host, address.port, address.user


def _sealed(way: Way, address: Address, target: Target | None) -> bytes:
    """The credential as `keys` seals it: the new one, or the target's; b"" for none. The sealed one goes only to
    the server that two people approved: CredentialAsked for another server, account or pinned key."""
    if way.credential.strip():
        return custody.seal_secret(places.CREDENTIAL, way.credential.strip().encode())
    if target is not None and target.credential_sealed:
        if target.identity != way.identity.strip() or _server(address) != _server(
            read_address(target.url)
        ):
            raise CredentialAsked
        return bytes(target.credential_sealed)
    return b""


def _opened(sealed: bytes) -> str:
    return custody.open_secret(places.CREDENTIAL, sealed).decode() if sealed else ""


def _check_lock(place: Place, address: Address, probe: Probe) -> None:
    """LockMissing where the address asks for a lock and the probe could be deleted."""
    if address.retention is not None and probe.lock != address.retention.kind:
        raise LockMissing(name="probe", target=place.label)


def _target(target_id: UUID) -> Target:
    target = Target.objects.filter(id=target_id).exclude(state=TargetState.REMOVED).first()
    if target is None:
        raise TargetUnknown
    return target


def _check_verb(target: Target, verb: str) -> None:
    if target.state not in _FROM[verb]:
        raise ChangeOvertaken
    others = Target.objects.filter(state=TargetState.ACTIVE).exclude(id=target.id)
    if verb != RESUME and target.state == TargetState.ACTIVE and not others.exists():
        raise TargetsMissing
    held = Copy.objects.filter(target=target, state=CopyState.WRITTEN, hold=True)
    if verb == REMOVE and held.exists():
        raise CopyHeld


def _probe(grant: Grant, target: Target) -> Tested:
    probe: Probe | None = None
    fault: TutelaError | None = None
    try:
        address = read_address(target.url)
        with places.open_target(target) as place:
            probe = place.probe()
            _check_lock(place, address, probe)
            _check_newest(place, address, target)
    except TutelaError as refused:
        if not isinstance(refused, TargetFault) and refused.http_status < 500:
            raise
        fault = refused
    code = fault.code if fault else ""
    with transaction.atomic():
        target.lock = (probe.lock if probe else Lock(target.lock)).value
        target.probed_at, target.probe_result = clock.now(), code
        target.save(update_fields=["lock", "probed_at", "probe_result"])
        leaves.record(
            grant, events.TARGET_PROBED, backup_target=str(target.id), backup_result=code or "good"
        )
    return Tested(target, probe, fault)


def _check_newest(place: Place, address: Address, target: Target) -> None:
    """The lock of the newest copy must last as long as the address says. LockMissing, LockExpired, LockShort."""
    if address.retention is None:
        return
    copy = (
        Copy.objects.select_related("run")
        .filter(target=target, state=CopyState.WRITTEN, written_at__isnull=False)
        .order_by("-written_at")
        .first()
    )
    if copy is None or copy.written_at is None:
        return
    name = f"{copy.run.set_name}/{rules.MANIFEST}"
    until = place.locked_until(name)
    if until is None:
        raise LockMissing(name=name, target=place.label)
    if until <= clock.now():
        raise LockExpired(name=name, target=place.label, until=until.date().isoformat())
    wanted = copy.written_at + timedelta(days=address.retention.days)
    if until < wanted - _SLACK:
        raise LockShort(
            name=name, target=place.label, until=until.date().isoformat(), wanted=wanted.date().isoformat()
        )  # fmt: skip


def shown_host_key(actor: Actor, url: str) -> tuple[str, str]:
    """The host key that an SFTP server shows now, and its fingerprint; proof of nothing until its operator has
    confirmed it. SchemeUnknown for other kinds, TargetGone."""
    gate.require(actor, permissions.MANAGE)
    address = read_address(url)
    if address.kind != "sftp":
        raise SchemeUnknown(kinds="sftp")
    from tutela.backup.targets import sftp

    key = sftp.shown_host_key(address)
    return key, sftp.fingerprints(key)[0]
