"""A year of backups: keys, targets and a timetable that two people signed, a set a day, one week that was missed,
one run that failed, a restore drill a quarter, of which one failed and was run again.

People act by their verbs. The sets of the year are told, not made: nobody can dump a database as it was a year
ago. Their rows stand on two targets that were given up, so that no file is claimed which is not there, and what
verified them names `sample.year` as its source, in the reports of drills too. The first real set is the demo's
own.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sample.year import outside
from sample.year.stage import PLAYED_SYSTEM, SOURCE, Year, moment, person
from sample.year.words import told
from tutela.access import changes as leaves
from tutela.access import gate
from tutela.backup import drill_report, events, permissions, queries, rules, signing
from tutela.backup.actions import changes, duties, endings, policy, recipients, targets
from tutela.backup.actions.targets import Way
from tutela.backup.models import Change, Copy, Drill, DrillStage, Run, Target, Verification
from tutela.backup.rules import (
    Chosen,
    CopyState,
    DrillState,
    Kind,
    Level,
    Media,
    Opens,
    Result,
    Role,
    RunState,
)
from tutela.base import clock
from tutela.crypto import age
from tutela.keys import custody
from tutela.programme import rules as duty_rules

KEYS: Final = ((Role.OPERATIONS, Opens.ALL), (Role.ESCROW, Opens.ALL), (Role.DRILL, Opens.ALL))
OLD: Final = (("old-nas", Media.SERVER, False), ("old-offsite", Media.REMOVABLE, True))
NEW: Final = (("nas", Media.SERVER, False), ("offsite", Media.REMOVABLE, True))
OLD_NAMES: Final = tuple(name for name, *_rest in OLD)
MIB: Final = 1 << 20
HOUR: Final = 2
BROKEN: Final = "backup.checks_failed"


def stage(year: Year) -> None:
    """Put these acts into the year."""
    facts = told()["backups"]
    first = began(year)
    year.do(first - timedelta(days=4), lambda: _prepare(year, facts), hour=9)
    year.do(first - timedelta(days=2), lambda: _approve_all("security_admin"), hour=9)
    for n in range((year.today - first).days):
        day = first + timedelta(days=n)
        year.run(day, _Night(year, facts, day, n), hour=HOUR, minute=40)
    _quarters(year, facts, first)
    year.run(year.ago(1), lambda: _move(year), hour=9)
    year.run(year.ago(1), lambda: _approve_all("security_admin"), hour=10)


def began(year: Year) -> date:
    """The Monday of the first week with backups of Tutela's own; another tool reported the weeks before."""
    return year.today - timedelta(days=7 * told()["backups"]["weeks"] + year.today.weekday())


def _quarters(year: Year, facts: dict[str, Any], first: date) -> None:
    """A drill in each quarter since then, the newest told last; the quarter before has the one of the other
    tool."""
    days = [
        period.last - timedelta(days=facts["lead"])
        for period in duty_rules.periods(duty_rules.Cadence.QUARTERLY, year.starts, year.today)
    ]
    drilled = [day for day in days if first + timedelta(days=14) < day < year.today]
    for day in set(days) - set(drilled):
        if day < first:
            year.do(day, lambda: outside.restore_test(facts["before"]), hour=15)
    for day, stories in zip(reversed(drilled), reversed(facts["drills"]), strict=False):
        for story in stories:
            year.do(day + timedelta(days=story.get("later", 0)), _Drilled(facts, story), hour=15)


def _prepare(year: Year, facts: dict[str, Any]) -> None:
    """IT proposes keys, targets and the timetable. The private halves lie in a folder of the demo, which a real
    company would never keep on the machine."""
    it = person("system_admin")
    keys = year.folder / "keys"
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    for role, opens in KEYS:
        file = keys / f"{role.value}.txt"
        if not file.exists():
            identity, _public = age.new_identity()
            file.touch(mode=0o600)
            file.write_text(f"{identity}\n", encoding="utf-8")
        public = age.recipient_of(file.read_text(encoding="utf-8").strip())
        recipients.propose_recipient(it, name=role.value, role=role, key=public, opens=opens)
    _propose_targets(year, OLD)
    policy.propose_policy(it, facts["policy"])


def _propose_targets(year: Year, places: tuple[tuple[str, Media, bool], ...]) -> None:
    for name, media, offsite in places:
        folder = year.folder / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        way = Way(url=f"file://{folder}", media=media, offsite=offsite)
        targets.propose_target(person("system_admin"), name, way)


def _approve_all(post: str) -> None:
    for change in Change.objects.filter(decision="").order_by("proposed_at", "id"):
        changes.approve_change(person(post), change.id)


def _move(year: Year) -> None:
    """New places are ready; the old ones are given up with what lies there."""
    now = clock.now()
    Copy.objects.filter(target__name__in=OLD_NAMES, state=CopyState.WRITTEN).update(
        state=CopyState.DELETED, deleted_at=now
    )  # fmt: skip
    _propose_targets(year, NEW)
    _approve_all("security_admin")
    for name in OLD_NAMES:
        target = Target.objects.get(name=name)
        targets.propose_state(person("system_admin"), target.id, targets.REMOVE)


@dataclass(frozen=True, slots=True)
class _Night:
    """One night's run: its data set and key set, their copies, and what verifying them gave."""

    year: Year
    facts: dict[str, Any]
    day: date
    number: int

    def __call__(self) -> None:
        due = moment(self.day, HOUR)
        weekly = self.day.weekday() == queries.timetable().weekday
        weeks, days = divmod((self.year.today - self.day).days, 7)
        code = self.facts["failed"].get(weeks, "") if days == self.facts["weekday"] else ""
        if code or (weekly and weeks in self.facts["missed"]):
            self._lost(due, weekly=weekly, code=code)
            return
        rng = self.year.rng
        took = timedelta(seconds=rng.randint(34, 58) + self.number // 12)
        plain = int((96 + self.number * 0.21 + rng.random() * 3) * MIB)
        full = _run(Kind.FULL, due, took, plain, weekly=weekly, parent=None)
        keys = _run(Kind.KEYS, due, took, plain // 40, weekly=weekly, parent=full)
        _record(events.RUN_UPLOADED, full)
        for run in (full, keys):
            _copies(run, level=Level.OPENED if weekly else Level.READ_BACK)
        duties.close_duties(PLAYED_SYSTEM)

    def _lost(self, due: datetime, *, weekly: bool, code: str) -> None:
        state = RunState.FAILED if code else RunState.MISSED
        run = Run.objects.create(
            kind=Kind.FULL, due_at=due, planned=True, weekly=weekly, state=state, code=code,
            started_at=due if code else None, ended_at=clock.now(), stage="uploading" if code else "",
        )  # fmt: skip
        _record(events.RUN_FAILED if code else events.RUN_MISSED, run)


def _run(
    kind: Kind, due: datetime, took: timedelta, plain: int, *, weekly: bool, parent: Run | None
) -> Run:
    taken = due + timedelta(seconds=5)
    return Run.objects.create(
        kind=kind, parent=parent, due_at=due, planned=parent is None, weekly=weekly,
        started_at=due + timedelta(seconds=2), snapshot_at=taken, ended_at=due + took,
        state=RunState.VERIFIED, attempts=1, bytes_expected=plain, bytes_plain=plain, bytes_sealed=plain * 2 // 7,
        set_name=rules.set_name(custody.installation().hex(), taken, kind),
    )  # fmt: skip


def _copies(run: Run, level: Level) -> None:
    for target in Target.objects.filter(name__in=OLD_NAMES, state="active").order_by("name"):
        copy = Copy.objects.create(
            run=run, target=target, state=CopyState.WRITTEN, bytes=run.bytes_sealed, seconds=4.0,
            written_at=run.ended_at,
        )  # fmt: skip
        _verify(copy, level, seconds=3.0 if level is Level.READ_BACK else 9.0)


def _verify(copy: Copy, level: Level, seconds: float) -> None:
    Verification.objects.create(
        copy=copy, level=level, result=Result.PASSED, at=clock.now(), seconds=seconds,
        detail={"source": SOURCE},
    )  # fmt: skip


def _record(event: Any, run: Run) -> None:
    endings.record(gate.require(PLAYED_SYSTEM, permissions.RUN), event, run)


@dataclass(frozen=True, slots=True)
class _Drilled:
    """One drill with its stages, which ends now."""

    facts: dict[str, Any]
    story: dict[str, Any]

    def __call__(self) -> None:
        copy = _chosen(Chosen(self.story["chosen"]))
        declared = clock.now() - timedelta(seconds=sum(self.story["seconds"].values()))
        drill = Drill.objects.create(
            run=copy.run, copy=copy, chosen=self.story["chosen"], created_at=declared, due_at=declared,
            declared_at=declared,
        )  # fmt: skip
        at = declared
        for name, seconds in self.story["seconds"].items():
            self._stage(drill, name, at, seconds)
            at += timedelta(seconds=seconds)
        self._end(drill, copy)
        duties.close_duties(PLAYED_SYSTEM)

    def _stage(self, drill: Drill, name: str, at: datetime, seconds: float) -> None:
        broken = self.story.get("broken", "")
        named = self.facts["checks"].get(name, ())
        checks = [
            {
                "check": check,
                "result": Result.FAILED if check == broken else Result.PASSED,
                "seconds": 0.4,
            }
            for check in named
        ]
        is_broken = broken in named
        DrillStage.objects.create(
            drill=drill, stage=name, started_at=at, seconds=seconds,
            result=Result.FAILED if is_broken else Result.PASSED, code=BROKEN if is_broken else "",
            detail={"source": SOURCE, "checks": checks, "commands": self.facts["commands"].get(name, [])},
        )  # fmt: skip

    def _end(self, drill: Drill, copy: Copy) -> None:
        """The report is signed like every other, and says what it is made of."""
        now, passed = clock.now(), "broken" not in self.story
        rto = sum(self.story["seconds"].values()) - self.story["seconds"].get("teardown", 0)
        report = {
            "source": SOURCE, "drill": str(drill.id), "set": copy.run.set_name, "target": copy.target.name,
            "level": int(Level.BOOTED if passed else Level.OPENED), "refused_broken_copy": True,
            "rto_seconds": rto if passed else None, "code": "" if passed else BROKEN,
        }  # fmt: skip
        if passed:
            _verify(copy, Level.BOOTED, seconds=rto)
        drill.state = DrillState.PASSED if passed else DrillState.FAILED
        drill.code, drill.ended_at, drill.report = str(report["code"]), now, report
        drill.rto_seconds = rto if passed else None
        drill.rpo_seconds = _seconds(copy.run.snapshot_at, drill.declared_at)
        drill.report_signature = signing.sign(drill_report.canonical(report))
        drill.save(
            update_fields=[
                "state", "code", "ended_at", "report", "rto_seconds", "rpo_seconds", "report_signature",
            ]
        )  # fmt: skip
        event = events.DRILL_PASSED if passed else events.DRILL_FAILED
        grant = gate.require(PLAYED_SYSTEM, permissions.DRILL)
        leaves.record(grant, event, backup_drill=str(drill.id), backup_run=str(copy.run_id))


def _seconds(earlier: datetime | None, later: datetime | None) -> float | None:
    return (later - earlier).total_seconds() if earlier and later else None


def _chosen(chosen: Chosen) -> Copy:
    """The newest or oldest weekly set on the offsite target."""
    order = "run__snapshot_at" if chosen is Chosen.OLDEST else "-run__snapshot_at"
    rows = Copy.objects.filter(
        run__kind=Kind.FULL, run__weekly=True, target__offsite=True, state=CopyState.WRITTEN
    )
    found = rows.select_related("run", "target").order_by(order).first()
    if found is None:
        raise LookupError("no weekly set before this drill")
    return found
