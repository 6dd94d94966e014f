"""Tables of the programme, in schema public. Days are days of the company; moments are UTC."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tutela.access.models import Department, Staff
from tutela.base import ids

from .rules import Cadence

TEXT_LETTERS = 400
"""Letters of a reason, and of evidence in words."""
TASK_FILES, DUTY_FILES = "task", "duty"
"""What files of proof name their holders (Attachment.holder_kind): tasks, and periods of duties."""


class Programme(models.Model):
    """A single row: the start date, from which the measures' due dates are counted."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    starts = models.DateField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(id=1), name="governance_programme_single"),
        )

    def __str__(self) -> str:
        return self.starts.isoformat()


class FormerName(models.Model):
    """Names of a department (by code) until it was renamed, kept for readers of old files."""

    department = models.CharField(max_length=40, db_collation="C", db_index=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    until = models.DateTimeField()
    changed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "governance_former_name"

    def __str__(self) -> str:
        return f"{self.department} {self.until}"


class Measure(models.Model):
    """One of the seven measures, due `months` after the start; `cadence` if it recurs."""

    code = models.CharField(max_length=8, primary_key=True, db_collation="C")
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="measures")
    months = models.PositiveSmallIntegerField()
    cadence = models.CharField(max_length=12, choices=Cadence.choices(), blank=True)

    def __str__(self) -> str:
        return self.code


class Target(models.Model):
    """A figure that a measure promises. Its rules hold the goal."""

    class Direction(models.TextChoices):
        AT_LEAST = "at_least", _("at least")
        AT_MOST = "at_most", _("at most")

    class Unit(models.TextChoices):
        PERCENT = "percent", _("percent")
        DAYS = "days", _("days")
        HOURS = "hours", _("hours")
        COUNT = "count", _("times")

    id = models.CharField(max_length=40, primary_key=True, db_collation="C")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="targets")
    order = models.PositiveSmallIntegerField(default=0)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    direction = models.CharField(max_length=10, choices=Direction.choices)
    unit = models.CharField(max_length=10, choices=Unit.choices)
    # How often evidence is due, and in how many months after the start for the first time.
    cadence_days = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.id


class TargetRule(models.Model):
    """One version of a target's goal, from `starts` on. In force once signed."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="rules")
    version = models.PositiveSmallIntegerField()
    starts = models.DateField()
    goal = models.DecimalField(max_digits=9, decimal_places=2)
    reason = models.CharField(max_length=TEXT_LETTERS, blank=True)
    drafted_at = models.DateTimeField()
    # Null where the installation drafted and signed: the policy's own goals.
    drafted_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "governance_target_rule"
        constraints = (
            models.UniqueConstraint(fields=["target", "version"], name="governance_rule_version"),
            models.UniqueConstraint(
                fields=["target", "starts"],
                condition=Q(signed_at__isnull=False),
                name="governance_rule_start_once",
            ),
            models.CheckConstraint(
                condition=Q(drafted_by__isnull=True)
                | Q(signed_by__isnull=True)
                | ~Q(drafted_by=F("signed_by")),
                name="governance_rule_two_people",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True)
                | Q(drafted_by__isnull=True)
                | Q(signed_by__isnull=False),
                name="governance_rule_signer",
            ),
        )

    def __str__(self) -> str:
        return f"{self.target_id} {self.version}"


class DutyTemplate(models.Model):
    """A recurring duty of a department, or of the holders of `post` where it is set."""

    code = models.CharField(max_length=40, unique=True, db_collation="C")
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="duties")
    department = models.ForeignKey(Department, models.PROTECT, related_name="duties")
    post = models.CharField(max_length=40, blank=True, db_collation="C")
    cadence = models.CharField(max_length=12, choices=Cadence.choices())
    starts = models.DateField()
    # Days after the period's last day that still count as on time.
    grace_days = models.PositiveSmallIntegerField(default=0)
    # From this day on no new occurrence is created.
    retired_on = models.DateField(null=True)

    class Meta:
        db_table = "governance_duty_template"

    def __str__(self) -> str:
        return self.code


class DutyOccurrence(models.Model):
    """One period of a duty, up to but not including `ends`; `due` is the last day on time."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        MISSED = "missed", _("missed")
        MOVED = "moved", _("rescheduled")
        SKIPPED = "skipped", _("waived")

    template = models.ForeignKey(DutyTemplate, models.PROTECT, related_name="occurrences")
    begins = models.DateField()
    ends = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.CharField(max_length=TEXT_LETTERS, blank=True)
    moved_from = models.DateField(null=True)
    done_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    evidence = models.CharField(max_length=TEXT_LETTERS, blank=True)

    class Meta:
        db_table = "governance_duty_occurrence"
        indexes = (models.Index(fields=["due", "state"], name="governance_occurrence_due"),)
        constraints = (
            models.UniqueConstraint(
                fields=["template", "begins"], name="governance_occurrence_once"
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")) & Q(due__gte=F("begins")),
                name="governance_occurrence_order",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["moved", "skipped"]) | ~Q(reason=""),
                name="governance_occurrence_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False, done_at__isnull=False)
                | (~Q(state="done") & Q(done_on__isnull=True, done_at__isnull=True)),
                name="governance_occurrence_done",
            ),
        )

    def __str__(self) -> str:
        return f"{self.template_id} {self.begins}"


class Task(models.Model):
    """One piece of work. `origin` is what caused it, as (kind, id); both empty when a person created it."""

    class State(models.TextChoices):
        TODO = "todo", _("to do")
        DOING = "doing", _("in progress")
        DONE = "done", _("done")
        DROPPED = "dropped", _("cancelled")

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="tasks")
    post = models.CharField(max_length=40, blank=True, db_collation="C")
    due = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.TODO)
    origin_kind = models.CharField(max_length=40, blank=True, db_collation="C")
    origin_id = models.CharField(max_length=80, blank=True, db_collation="C")
    assignee = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="tasks")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["state", "due"], name="governance_task_state_due"),)

    def __str__(self) -> str:
        return str(self.id)


class Comment(models.Model):
    """A comment on a task; never changed or deleted."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="comments")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.pk)
