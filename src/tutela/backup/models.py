"""Tables of backups. What is evidence is only added to; `sql/0001_backup.sql` says what may change."""

from typing import Final

from django.db import models

from tutela.access.models import Staff
from tutela.base import ids

from .rules import (
    NAME_LENGTH,
    Chosen,
    CopyState,
    Decision,
    DrillState,
    Kind,
    Lock,
    Media,
    Opens,
    RecipientState,
    Result,
    Role,
    RunState,
    TargetState,
)

CODE_LENGTH: Final = 80


def _choices(kind: type) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in kind]  # type: ignore[attr-defined]


class Target(models.Model):
    """A place where copies lie. `identity` is the host key or authority that was pinned; `credential_sealed`
    is what `keys` sealed. `lock` is what the last probe found, not what somebody said; `probe_result` its
    code, "" good."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    name = models.CharField(max_length=NAME_LENGTH, unique=True, db_collation="C")
    url = models.CharField(max_length=400)
    offsite = models.BooleanField(default=False)
    media = models.CharField(max_length=12, choices=_choices(Media))
    identity = models.TextField(blank=True, default="")
    credential_sealed = models.BinaryField(null=True)
    state = models.CharField(
        max_length=8, choices=_choices(TargetState), default=TargetState.ACTIVE
    )
    lock = models.CharField(max_length=12, choices=_choices(Lock), default=Lock.NONE)
    lock_days = models.IntegerField(default=0)
    probed_at = models.DateTimeField(null=True)
    probe_result = models.CharField(max_length=CODE_LENGTH, blank=True, default="")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class Recipient(models.Model):
    """A public key to which sets are sealed. `escrow_checked_at` is when the private half last opened a
    sample."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    name = models.CharField(max_length=NAME_LENGTH, unique=True, db_collation="C")
    role = models.CharField(max_length=12, choices=_choices(Role))
    opens = models.CharField(max_length=8, choices=_choices(Opens), default=Opens.ALL)
    key = models.CharField(max_length=120)
    state = models.CharField(
        max_length=8, choices=_choices(RecipientState), default=RecipientState.ACTIVE
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    escrow_checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state="active"), name="backup_recipient_key"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Policy(models.Model):
    """An edition of the timetable; the highest one holds. Columns as in `rules.Timetable`."""

    edition = models.IntegerField(primary_key=True)
    hour = models.SmallIntegerField()
    weekday = models.SmallIntegerField()
    keep_daily = models.IntegerField()
    keep_weekly = models.IntegerField()
    keep_monthly = models.IntegerField()
    keep_yearly = models.IntegerField()
    keys_days = models.IntegerField()
    rto_minutes = models.IntegerField(null=True)
    rpo_hours = models.IntegerField(null=True)
    proposed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.edition)


class Change(models.Model):
    """A change that waits for a second person, or was decided. `kind` is target, recipient, policy or hold;
    `verb` what is to happen; `subject` the id of what changes, "" for a new one; `proposed` the new facts."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    kind = models.CharField(max_length=12)
    verb = models.CharField(max_length=12)
    subject = models.CharField(max_length=64, blank=True, default="")
    proposed = models.JSONField(default=dict)
    proposed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decision = models.CharField(
        max_length=12, choices=_choices(Decision), blank=True, default="", db_default=""
    )
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Run(models.Model):
    """One backup, planned, made or missed. `weekly` marks the week's promised one. `stage` is what it does now;
    `code` the error that ended it. `parent` of a keys set is the full run of the same snapshot, of an
    incremental one the run it builds on. `bytes_expected` is a guess for the bar; `requested_by` is None for
    the timetable."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=_choices(Kind))
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    due_at = models.DateTimeField()
    planned = models.BooleanField(default=False)
    weekly = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)
    snapshot_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=_choices(RunState), default=RunState.SCHEDULED)
    stage = models.CharField(max_length=24, blank=True, default="")
    code = models.CharField(max_length=CODE_LENGTH, blank=True, default="")
    attempts = models.IntegerField(default=0)
    set_name = models.CharField(max_length=64, unique=True, null=True, db_collation="C")  # noqa: DJ001 none yet
    manifest = models.JSONField(null=True)
    bytes_expected = models.BigIntegerField(default=0)
    bytes_plain = models.BigIntegerField(default=0)
    bytes_sealed = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)
    requested_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "due_at"],
                condition=models.Q(planned=True),
                name="backup_run_planned_once",
            ),
        )
        indexes = (
            models.Index(fields=["-due_at"], name="backup_run_newest"),
            models.Index(fields=["state", "due_at"], name="backup_run_state"),
        )

    def __str__(self) -> str:
        return self.set_name or str(self.id)


class Part(models.Model):
    """A part of a set's sealed stream; `sha256` is of the ciphertext, 32 bytes. `number` counts from 1."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="parts")
    number = models.IntegerField()
    name = models.CharField(max_length=40)
    bytes = models.BigIntegerField()
    sha256 = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["run", "number"], name="backup_part_once"),)

    def __str__(self) -> str:
        return self.name


class Listing(models.Model):
    """PostgreSQL's own list of the files of a physical set, packed with zstd: the next incremental is made against
    it. The set holds it too, but this machine cannot read its own sets."""

    run = models.OneToOneField(Run, models.PROTECT, primary_key=True, related_name="listing")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.run_id)


class Copy(models.Model):
    """A set on a target. It counts once `written`. `hold` keeps it whatever the timetable says; `code` is why it
    waits or was lost."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="copies")
    target = models.ForeignKey(Target, models.PROTECT, related_name="copies")
    state = models.CharField(
        max_length=12, choices=_choices(CopyState), default=CopyState.UPLOADING
    )
    code = models.CharField(max_length=CODE_LENGTH, blank=True, default="")
    bytes = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    written_at = models.DateTimeField(null=True)
    lock_until = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    hold = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["run", "target"], name="backup_copy_once"),)

    def __str__(self) -> str:
        return str(self.id)


class Verification(models.Model):
    """What reading a copy back gave, up to `level`. Only added to."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    copy = models.ForeignKey(Copy, models.PROTECT, related_name="verifications")
    level = models.SmallIntegerField()
    result = models.CharField(max_length=12, choices=_choices(Result))
    code = models.CharField(max_length=CODE_LENGTH, blank=True, default="")
    at = models.DateTimeField()
    seconds = models.FloatField(default=0)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["copy", "-at"], name="backup_verification_newest"),)

    def __str__(self) -> str:
        return str(self.id)


class Drill(models.Model):
    """A restore test. `declared_at` is when the clock of the recovery time starts; the times are measured.
    `report` is what was signed, `report_signature` 64 bytes. `due_at` of a quarter's drill is stored when it
    is planned."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="drills")
    copy = models.ForeignKey(Copy, models.PROTECT, null=True, related_name="drills")
    chosen = models.CharField(max_length=8, choices=_choices(Chosen))
    due_at = models.DateTimeField(null=True)
    requested_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    declared_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=12, choices=_choices(DrillState), default=DrillState.PLANNED
    )
    code = models.CharField(max_length=CODE_LENGTH, blank=True, default="")
    rto_seconds = models.FloatField(null=True)
    rpo_seconds = models.FloatField(null=True)
    report = models.JSONField(null=True)
    report_signature = models.BinaryField(null=True)

    class Meta:
        indexes = (models.Index(fields=["-created_at"], name="backup_drill_newest"),)

    def __str__(self) -> str:
        return str(self.id)


class DrillStage(models.Model):
    """A stage of a drill, with its time. Only added to."""

    drill = models.ForeignKey(Drill, models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=24)
    started_at = models.DateTimeField()
    seconds = models.FloatField()
    result = models.CharField(max_length=12, choices=_choices(Result))
    code = models.CharField(max_length=CODE_LENGTH, blank=True, default="")
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "backup_drill_stage"

    def __str__(self) -> str:
        return self.stage


class Outside(models.Model):
    """What another program said of its own backups, once. Only added to. `size` is of what the newest one saved;
    `findings` are codes of `outside/report.py`; `file_hash` is the SHA-256 of the output."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    name = models.CharField(max_length=NAME_LENGTH, db_collation="C")
    tool = models.CharField(max_length=12, db_collation="C")
    version = models.CharField(max_length=20, blank=True, default="")
    received_at = models.DateTimeField()
    # A staff id, or the machine's.
    received_by = models.CharField(max_length=64, db_collation="C")
    newest_at = models.DateTimeField(null=True)
    oldest_at = models.DateTimeField(null=True)
    complete = models.IntegerField()
    incomplete = models.IntegerField()
    size = models.BigIntegerField(null=True)
    findings = models.JSONField(default=list)
    file_hash = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["name", "-received_at"], name="backup_outside_newest"),)

    def __str__(self) -> str:
        return self.name
