"""Backups as pages show them: keys and a timetable that two people signed, two targets, sets that are good, broken,
missed, failed and under way, drills that passed, failed and go on, and changes that wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.access.cast import Member
from tutela.backup import drill_report, rules, signing
from tutela.backup.actions import changes, copies, policy, recipients
from tutela.backup.models import (
    Change,
    Copy,
    Drill,
    DrillStage,
    Part,
    Run,
    Target,
    Verification,
)
from tutela.backup.rules import Kind, Level, Lock, Media, Result, RunState
from tutela.base import clock
from tutela.crypto import age

INSTALLATION = "0a1b2c3d"
COMMANDS = {
    "provisioning": ["initdb --pgdata SCRATCH"],
    "fetching": ["sftp -r backup@store:/copies/SET ."],
    "opening": [
        "cat data.tar.zst.age.[0-9]* | age --decrypt --identity KEY | zstd --decompress | tar --extract"
    ],
    "restoring": ["pg_restore --exit-on-error --dbname tutela dump"],
}
CHECKS = {"opening": ["broken_copy_refused"], "checking": ["counts", "grants", "canary_opens"]}


@dataclass
class Shown:
    """What was planted."""

    near: Target
    far: Target
    runs: dict[str, Run]
    drills: dict[str, Drill]
    change: Change


def manifest_of(name: str) -> dict[str, Any]:
    """The facts of a manifest that pages read."""
    return {
        "format": rules.FORMAT,
        "set": name,
        "product": "0.13.0",
        "database": {"server": 180004},
        "tables": [{"schema": "vault", "name": "record", "rows": 1200}],
        "recipients": [{"name": "it-room", "role": "operations", "key": "age1x"}],
        "commands": [f"cd {name}", *COMMANDS["opening"]],
    }


def plant(first: Member, second: Member) -> Shown:
    """By the people who may change backups, and for what the worker does by its rows."""
    for name, role in (("it-room", "operations"), ("safe", "escrow"), ("tester", "drill")):
        _identity, public = age.new_identity()
        recipients.propose_recipient(first.actor, name=name, role=role, key=public)
    policy.propose_policy(first.actor, {"rto_minutes": 60, "rpo_hours": 26})
    for change in Change.objects.filter(decision=""):
        changes.approve_change(second.actor, change.id)
    signing.public_key()  # made before the first set
    near, far = place(first, second, "near"), place(first, second, "far")
    now = clock.now().replace(microsecond=0)
    runs = {
        "weekly": run(now - timedelta(days=6), weekly=True),
        "daily": run(now - timedelta(days=1)),
        "broken": run(now - timedelta(days=3)),
        "missed": run(now - timedelta(days=9), state=RunState.MISSED, weekly=True),
        "failed": run(now - timedelta(days=2), state=RunState.FAILED, code="backup.target_gone"),
        "running": run(now - timedelta(minutes=1), state=RunState.RUNNING),
    }
    runs["keys"] = run(runs["daily"].due_at, kind=Kind.KEYS, parent=runs["daily"])
    runs["old_keys"] = run(runs["weekly"].due_at, kind=Kind.KEYS, parent=runs["weekly"])
    for name in ("weekly", "daily", "keys", "old_keys"):
        copy(runs[name], near, Level.READ_BACK)
        copy(runs[name], far, Level.OPENED)
    copy(runs["broken"], near, Level.OPENED)
    bad = copy(runs["broken"], far, Level.OPENED)
    verify(bad, Level.READ_BACK, Result.FAILED, code="backup.part_changed", at=now)
    held = copies.hold_copy(first.actor, runs["weekly"].copies.get(target=far).id)
    copies.propose_release(first.actor, held.id)
    drills = {
        "failed": drill(runs["weekly"], now - timedelta(days=5), broken="grants"),
        "passed": drill(runs["weekly"], now - timedelta(days=4)),
    }
    drills["going"] = Drill.objects.create(
        run=runs["daily"], copy=runs["daily"].copies.get(target=far), chosen="newest", state="restoring",
        created_at=now, declared_at=now,
    )  # fmt: skip
    _stage(drills["going"], "fetching", now, 31)
    change = policy.propose_policy(first.actor, {"hour": 3})
    return Shown(near, far, runs, drills, change)


def place(first: Member, second: Member, name: str) -> Target:
    """A target: `far` is offsite and locked."""
    far = name == "far"
    return Target.objects.create(
        name=name, url=f"sftp://backup@{name}.example/copies" if far else "file:///srv/copies",
        offsite=far, media=Media.OBJECT if far else Media.SERVER, identity="store ssh-ed25519 AAAA" if far else "",
        lock=Lock.COMPLIANCE if far else Lock.NONE, lock_days=30 if far else 0, created_at=clock.now(),
        created_by=first.staff, approved_by=second.staff, probed_at=clock.now(),
        probe_result="" if far else "backup.target_full",
    )  # fmt: skip


def run(
    at: datetime, *, kind: Kind = Kind.FULL, state: RunState = RunState.VERIFIED, weekly: bool = False,
    code: str = "", parent: Run | None = None,
) -> Run:  # fmt: skip
    """A run that was due at a moment. Where it has a set, that has a name, a size and a manifest."""
    made = state in {RunState.VERIFIED, RunState.UPLOADED}
    ended = state != RunState.RUNNING
    name = rules.set_name(INSTALLATION, at, kind) if made else None
    one = Run.objects.create(
        kind=kind, parent=parent, due_at=at, planned=parent is None and state != RunState.RUNNING, weekly=weekly,
        state=state, code=code, started_at=None if state == RunState.MISSED else at,
        snapshot_at=at if made or not ended else None, ended_at=at + timedelta(seconds=83) if ended else None,
        stage="" if ended else "dumping", bytes_expected=500_000_000, set_name=name,
        bytes_plain=480_000_000 if made else 120_000_000, bytes_sealed=140_000_000 if made else 0,
        manifest=manifest_of(name) if name else None,
    )  # fmt: skip
    if made:
        Part.objects.create(
            run=one, number=1, name=rules.PART_NAME.format(1), bytes=140_000_000, sha256=bytes(32)
        )
    return one


def copy(run: Run, target: Target, level: Level) -> Copy:
    """A copy that was written and verified an hour after its run."""
    assert run.ended_at
    one = Copy.objects.create(
        run=run, target=target, state="written", bytes=run.bytes_sealed, seconds=7, written_at=run.ended_at,
        lock_until=run.ended_at + timedelta(days=30) if target.lock != Lock.NONE else None,
    )  # fmt: skip
    verify(one, level, at=run.ended_at + timedelta(hours=1))
    return one


def verify(
    copy: Copy, level: Level, result: Result = Result.PASSED, *, at: datetime, code: str = ""
) -> Verification:
    return Verification.objects.create(
        copy=copy, level=level, result=result, code=code, at=at, seconds=12
    )


def drill(run: Run, at: datetime, *, broken: str = "") -> Drill:
    """A drill that is over; with a broken check it failed."""
    one = Drill.objects.create(
        run=run,
        copy=run.copies.get(target__name="far"),
        chosen="newest",
        created_at=at,
        declared_at=at,
    )
    for n, name in enumerate(
        ("provisioning", "fetching", "opening", "restoring", "checking", "smoke", "teardown")
    ):
        if not (broken and name == "smoke"):
            _stage(one, name, at + timedelta(minutes=n), 20 + 40 * n, broken)
    ended = at + timedelta(minutes=20)
    report = {
        "level": 2 if broken else 4, "set": run.set_name, "target": "far", "refused_broken_copy": True
    }  # fmt: skip
    if not broken:
        verify(one.copy, Level.BOOTED, at=ended)
    one.state, one.ended_at = "failed" if broken else "passed", ended
    one.code = "backup.checks_failed" if broken else ""
    one.rto_seconds, one.rpo_seconds = None if broken else 1130.0, 3600.0
    one.report, one.report_signature = report, signing.sign(drill_report.canonical(report))
    one.save(
        update_fields=[
            "state", "ended_at", "code", "rto_seconds", "rpo_seconds", "report", "report_signature",
        ]
    )  # fmt: skip
    return one


def _stage(drill: Drill, name: str, at: datetime, seconds: float, broken: str = "") -> None:
    checks = [
        {"check": check, "result": "failed" if check == broken else "passed", "seconds": 0.7}
        for check in CHECKS.get(name, [])
    ]
    failed = broken in CHECKS.get(name, [])
    DrillStage.objects.create(
        drill=drill, stage=name, started_at=at, seconds=seconds, result="failed" if failed else "passed",
        code="backup.checks_failed" if failed else "",
        detail={"commands": COMMANDS.get(name, []), "checks": checks},
    )  # fmt: skip
