"""Tables of the assessment and the risk register, in schema public."""

from datetime import date
from typing import Final

from django.conf import settings
from django.db import models

from tutela.base import ids

from .rules import JUDGED, TYPED, Grade, State, Treatment, grade

REASON_LETTERS = 400
# Holder of the files of a rating (Attachment.holder_kind).
PROOF_OF: Final = "rating"
# The duty of the programme that a closed assessment fulfils.
DUTY: Final = "isms-assessment"


class Assessment(models.Model):
    """The assessment of one year, submitted and closed by two people. `returned_*` describe the last
    return."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    year = models.SmallIntegerField(unique=True)
    control_set = models.SmallIntegerField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    returned_at = models.DateTimeField(null=True)
    returned_reason = models.CharField(
        max_length=REASON_LETTERS, blank=True, default="", db_default=""
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closed_by__isnull=True)
                | (
                    models.Q(submitted_by__isnull=False, closed_at__isnull=False)
                    & ~models.Q(closed_by=models.F("submitted_by"))
                ),
                name="assessment_two_people",
            ),
        )

    @property
    def state(self) -> State:
        if self.closed_at:
            return State.CLOSED
        return State.SUBMITTED if self.submitted_at else State.OPEN

    def __str__(self) -> str:
        return str(self.year)


class Rating(models.Model):
    """One control in one year. The reading's columns are filled when the assessment is closed."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="ratings")
    control = models.CharField(max_length=20, db_collation="C")
    verdict = models.CharField(max_length=20, blank=True, default="", db_collation="C")
    note = models.TextField(blank=True, default="", max_length=4000)
    evidence = models.TextField(blank=True, default="", max_length=2000)
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    rated_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=0)
    live = models.CharField(max_length=60, blank=True, default="", db_collation="C")
    value = models.FloatField(null=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=20, blank=True, default="")
    goal = models.FloatField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["assessment", "control"], name="assessment_rating_once"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=["", *TYPED])
                | (~models.Q(live="") & models.Q(verdict__in=[*JUDGED])),
                name="assessment_rating_verdict",
            ),
            # A live control has no verdict but the one computed on closing.
            models.CheckConstraint(
                condition=models.Q(live="")
                | models.Q(verdict="")
                | models.Q(read_at__isnull=False),
                name="assessment_rating_live",
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.control}"


class Risk(models.Model):
    """One risk, owned by a post, so that it has an owner when people leave."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    # Shown as R12. Notices may contain it, but not the title.
    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=160)
    about = models.TextField(blank=True, default="", max_length=4000)
    control = models.CharField(max_length=20, blank=True, default="", db_collation="C")
    likelihood = models.SmallIntegerField()
    impact = models.SmallIntegerField()
    treatment = models.CharField(max_length=20, choices=[(t, t) for t in Treatment])
    plan = models.TextField(blank=True, default="", max_length=4000)
    owner = models.ForeignKey("access.Post", models.PROTECT, related_name="+")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    # Who last changed what an acceptance covers; may not accept it, nor may who registered it.
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(likelihood__range=(1, 5), impact__range=(1, 5)),
                name="assessment_risk_scale",
            ),
        )

    @property
    def grade(self) -> Grade:
        return grade(self.likelihood, self.impact)

    @property
    def score(self) -> int:
        return self.likelihood * self.impact

    def __str__(self) -> str:
        return str(self.id)


class Acceptance(models.Model):
    """A person accepts a risk until a day. `ended_at` is when its end was recorded; `warned` the last stage
    of `rules.WARN_DAYS` that was notified."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="acceptances")
    reason = models.TextField(max_length=2000)
    until = models.DateField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    warned = models.SmallIntegerField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["until"],
                condition=models.Q(ended_at__isnull=True),
                name="assessment_acceptance_due",
            ),
        )

    def holds(self, today: date) -> bool:
        return self.ended_at is None and today <= self.until

    def __str__(self) -> str:
        return f"{self.risk_id} {self.until}"
