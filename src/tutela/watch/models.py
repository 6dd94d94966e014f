"""Tables of the watch, in schema public. Alerts and settings are kept for good: they are added, never changed."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tutela.base import ids

from .rules import OPEN_STATES, CaseState

_OPEN = [state.value for state in OPEN_STATES]


class Case(models.Model):
    """What people handle: the alerts of one person, or of one customer. Only one of each is open at a time.

    The `*_sealed` reasons are encrypted notes (keys.custody). `explained`: its rules rest for the person until
    `muted_until`.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    # Shown as its name; notices may hold it.
    number = models.PositiveIntegerField(unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    customer_id = models.UUIDField(null=True)
    state = models.CharField(max_length=12, default=CaseState.OPEN.value, db_collation="C")
    critical = models.BooleanField(default=False)
    # Points on the day of the newest alert; the older ones have halved.
    points = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    reason_sealed = models.TextField(blank=True, default="")
    # One of `outcomes.Outcome`, once it is settled.
    outcome = models.CharField(max_length=12, blank=True, default="", db_collation="C")
    muted_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "watch_case"
        indexes = (models.Index(fields=["state", "opened_at"], name="watch_case_state"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in CaseState]),
                name="watch_case_states",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state__in=_OPEN, person__isnull=False),
                name="watch_case_one_of_person",
            ),
            models.UniqueConstraint(
                fields=["customer_id"],
                condition=models.Q(state__in=_OPEN, person__isnull=True),
                name="watch_case_one_of_customer",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, state__in=_OPEN)
                | (models.Q(settled_at__isnull=False) & ~models.Q(state__in=_OPEN)),
                name="watch_case_settled",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_by__isnull=True)
                | models.Q(person__isnull=True)
                | ~models.Q(settled_by=models.F("person")),
                name="watch_case_not_by_oneself",
            ),
        )

    def __str__(self) -> str:
        return str(self.number)


class Alert(models.Model):
    """A rule fired for a person, a customer, or the trail (neither), once a day.

    `at`: the time of the leaf that made it. `leaves`: the indices of all that made it in tree `epoch`, and
    `leaf_ids` the same leaves by id. `facts`: what the rule compared (baseline, peers, thresholds), so that the
    alert can be computed again. `measured` and `threshold` are the two sides of the comparison.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    rule = models.CharField(max_length=3, db_collation="C")
    rule_version = models.PositiveSmallIntegerField()
    # The version of the setting that applied; 0 for the default.
    setting = models.PositiveIntegerField(default=0)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    customer_id = models.UUIDField(null=True)
    day = models.DateField()
    at = models.DateTimeField()
    raised_at = models.DateTimeField()
    points = models.PositiveSmallIntegerField()
    critical = models.BooleanField()
    measured = models.BigIntegerField()
    threshold = models.BigIntegerField()
    epoch = models.SmallIntegerField(default=0)
    leaves = ArrayField(models.BigIntegerField())
    leaf_ids = ArrayField(models.UUIDField())
    facts = models.JSONField(default=dict)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="alerts")

    class Meta:
        db_table = "watch_alert"
        indexes = (
            models.Index(fields=["-at", "-id"], name="watch_alert_newest"),
            models.Index(fields=["person", "-at"], name="watch_alert_person"),
            models.Index(fields=["customer_id", "-at"], name="watch_alert_customer"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["rule", "person", "customer_id", "day"],
                nulls_distinct=False,
                name="watch_alert_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.id}"


class Mute(models.Model):
    """A rule rests for a person, because a case of it was justified. It ends by itself; made by `explain_case`."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    rule = models.CharField(max_length=3, db_collation="C")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="mutes")
    begins = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        db_table = "watch_mute"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("begins")), name="watch_mute_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.id}"


class Setting(models.Model):
    """One version of a rule's thresholds, for a post or, with a blank post, for all. The newest is in force from
    `at` on; older ones are kept, because alerts name them. `values` holds every threshold of the rule."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    rule = models.CharField(max_length=3, db_collation="C")
    post = models.CharField(max_length=40, blank=True, default="", db_collation="C")
    # Counted over all posts of the rule, so that an alert needs only this number.
    version = models.PositiveIntegerField()
    active = models.BooleanField(default=True)
    values = models.JSONField(default=dict)
    at = models.DateTimeField()
    # A staff id, or `system`.
    by = models.CharField(max_length=40, db_collation="C")

    class Meta:
        db_table = "watch_setting"
        constraints = (
            models.UniqueConstraint(fields=["rule", "version"], name="watch_setting_once"),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.post} {self.version}"


class Canary(models.Model):
    """An invented customer whom nobody has a reason to open. Retired ones are kept: their leaves stay."""

    customer_id = models.UUIDField(primary_key=True)
    branch_id = models.IntegerField()
    planted_at = models.DateTimeField()
    planted_by = models.CharField(max_length=40, db_collation="C")
    retired_at = models.DateTimeField(null=True)
    # Since when somebody knows it who opened it.
    touched_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "watch_canary"

    def __str__(self) -> str:
        return str(self.customer_id)


class Vip(models.Model):
    """A customer marked so that a view without a work item raises an alert."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    customer_id = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    marked_by = models.CharField(max_length=40, db_collation="C")

    class Meta:
        db_table = "watch_vip"
        constraints = (
            models.UniqueConstraint(
                fields=["customer_id"],
                condition=models.Q(until__isnull=True),
                name="watch_vip_once",
            ),
        )

    def __str__(self) -> str:
        return str(self.customer_id)


class Shift(models.Model):
    """When a person works or is on call, by the imported roster. A day off has no shift."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    on_call = models.BooleanField(default=False)

    class Meta:
        db_table = "watch_shift"
        constraints = (
            models.UniqueConstraint(fields=["person", "starts"], name="watch_shift_once"),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="watch_shift_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts:%Y-%m-%d}"


class Counter(models.Model):
    """What the watch has counted, packed: of a person or customer (`key`), of one day or, without a day, what
    lasts. Written together with Position, so that both always agree; rebuilt from the trail."""

    KINDS: ClassVar[tuple[str, ...]] = ("person", "customer", "common")

    kind = models.CharField(max_length=8, db_collation="C")
    key = models.CharField(max_length=64, db_collation="C")
    day = models.DateField(null=True)
    data = models.BinaryField()

    class Meta:
        db_table = "watch_counter"
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "key", "day"], nulls_distinct=False, name="watch_counter_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Position(models.Model):
    """One row: up to which leaf the trail has been counted, and when. `index` is the next leaf's. Looks before
    `since` are counted, so that there is a baseline, but raise nothing."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    epoch = models.SmallIntegerField(default=0)
    index = models.BigIntegerField(default=0)
    # The newest time among the leaves counted.
    leaf_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    since = models.DateTimeField()
    # Days before this one have been judged.
    judged = models.DateField(null=True)

    class Meta:
        db_table = "watch_position"
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="watch_position_single"),
        )

    def __str__(self) -> str:
        return str(self.index)


class CanaryKeepers(models.Model):
    """The two people who know the canary customers: proposed by one person, in force once another confirms. The
    newest confirmed row counts."""

    first = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "watch_canary_keepers"
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(first=models.F("second")), name="watch_canary_keepers_two"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("proposed_by")),
                name="watch_canary_keepers_not_alone",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class CanaryOrder(models.Model):
    """What canaries look like: numbers as the core system writes them, `#` for a digit. Proposed by one keeper,
    approved by the other; the newest approved one is followed, also when canaries are rotated."""

    customer_numbers = models.CharField(max_length=40, db_collation="C")
    policy_numbers = models.CharField(max_length=40, blank=True, default="", db_collation="C")
    phones = models.CharField(max_length=40, blank=True, default="", db_collation="C")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "watch_canary_order"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("proposed_by")),
                name="watch_canary_order_two_people",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class CanaryDue(models.Model):
    """One canary that is to be planted: from `not_before` on as soon as the branch gets a real customer, so that
    the two stand beside each other; at `latest` without waiting."""

    order = models.ForeignKey(CanaryOrder, models.PROTECT, related_name="dues")
    branch_id = models.IntegerField()
    not_before = models.DateTimeField()
    latest = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "watch_canary_due"
        indexes = (
            models.Index(
                fields=["not_before"],
                condition=models.Q(done_at__isnull=True),
                name="watch_canary_due_open",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class CanaryJob(models.Model):
    """A machine account whose lists leave the canaries out, so that no mailing and no statistic meets them."""

    machine = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "watch_canary_job"
        constraints = (
            models.UniqueConstraint(
                fields=["machine"],
                condition=models.Q(ended_at__isnull=True),
                name="watch_canary_job_once",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
