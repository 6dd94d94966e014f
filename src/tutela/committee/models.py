"""Tables of committees. Charters, attendance and resolutions are append-only."""

from typing import Final, Self

from django.db import models
from django.db.models.functions import Coalesce

from tutela.access.models import Department, Post, Staff
from tutela.base import ids

# The duty of the programme that a meeting fulfils.
MEETING_DUTY: Final = "committee-meeting"
# Origin of a resolution's task (Task.origin_kind).
TASK_ORIGIN: Final = "resolution"


class Committee(models.Model):
    """A standing committee. It meets at least every `every_months` months."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    code = models.CharField(max_length=40, unique=True, db_collation="C")
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    every_months = models.SmallIntegerField(default=3)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(every_months__gte=1, every_months__lte=12),
                name="committee_every_months",
            ),
        )

    def __str__(self) -> str:
        return self.code


class Charter(models.Model):
    """One version of a committee's charter, never changed; the newest is in force."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="charters")
    number = models.IntegerField()
    text_zh = models.TextField()
    text_en = models.TextField()
    # Percent of the seats; 50 means more than half.
    quorum_percent = models.SmallIntegerField()
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["committee", "number"], name="committee_charter_number"
            ),
            models.CheckConstraint(
                condition=models.Q(quorum_percent__gte=50, quorum_percent__lte=100),
                name="committee_quorum_percent",
            ),
        )

    def __str__(self) -> str:
        return f"{self.committee_id} {self.number}"


class Seat(models.Model):
    """A person's seat, named for the post they hold, from one day up to, not including, another. Seats of
    older installations name a post only: they stay until a person is named in their place."""

    class Role(models.TextChoices):
        CHAIR = "chair"
        DEPUTY = "deputy"
        SECRETARY = "secretary"
        MEMBER = "member"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="seats")
    post = models.ForeignKey(Post, models.PROTECT)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["committee", "staff"],
                condition=models.Q(ends__isnull=True),
                name="committee_seat_person",
            ),
            models.UniqueConstraint(
                fields=["committee"],
                condition=models.Q(ends__isnull=True, role="chair"),
                name="committee_one_chair",
            ),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="committee_seat_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.committee_id} {self.post_id}"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings with counts."""

    def counted(self) -> Self:
        """With `present`: how many seats were filled, by the record in force."""
        rows = Attendance.objects.in_force().filter(meeting=models.OuterRef("pk")).order_by()
        per_meeting = rows.values("meeting").annotate(filled=models.Count("pk")).values("filled")
        return self.annotate(present=Coalesce(models.Subquery(per_meeting), 0))


class Meeting(models.Model):
    """One meeting. Seats and quorum are recorded when it is held, for good."""

    class State(models.TextChoices):
        CALLED = "called"
        HELD = "held"
        CLOSED = "closed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings")
    number = models.IntegerField()
    at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.CALLED)
    seats = models.IntegerField(null=True)
    needed = models.IntegerField(null=True)
    minutes = models.TextField(blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    called_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    closed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = MeetingQuerySet.as_manager()
    present: int  # only on rows read with `counted()`

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["committee", "number"], name="committee_meeting_number"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["called", "held", "closed", "cancelled"]),
                name="committee_meeting_state",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["held", "closed"])
                | models.Q(seats__isnull=False, needed__isnull=False),
                name="committee_meeting_counted",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed")
                | (models.Q(closed_at__isnull=False) & ~models.Q(minutes="")),
                name="committee_meeting_minuted",
            ),
        )

    def __str__(self) -> str:
        return f"{self.committee_id} {self.number}"


class AgendaItem(models.Model):
    """A point of the agenda, in order."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    number = models.IntegerField()
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["meeting", "number"], name="committee_agenda_number"),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Attendance, of which one record a meeting is in force."""

    def in_force(self) -> Self:
        """The newest signed correction, or the first record if there is none."""
        signed = Correction.objects.filter(
            meeting=models.OuterRef("meeting"), signed_at__isnull=False
        ).order_by("-number")
        return self.filter(number=Coalesce(models.Subquery(signed.values("number")[:1]), 0))


class Attendance(models.Model):
    """Who filled a seat in a meeting. `number` 0 is the first record, others are corrections."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    number = models.IntegerField(default=0, db_default=0)
    seat = models.ForeignKey(Seat, models.PROTECT)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "number", "seat"], name="committee_seat_filled_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "number", "staff"], name="committee_one_seat_each"
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.seat_id}"


class Correction(models.Model):
    """A new record of a meeting's attendance, in force once it is signed. Earlier and dropped records
    stay."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="corrections")
    number = models.IntegerField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    signed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "number"], name="committee_correction_number"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1) & ~models.Q(reason=""),
                name="committee_correction_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_by__isnull=True, signed_at__isnull=True)
                | models.Q(signed_by__isnull=False, signed_at__isnull=False),
                name="committee_correction_signed",
            ),
            models.CheckConstraint(
                condition=models.Q(dropped_by__isnull=True, dropped_at__isnull=True)
                | models.Q(
                    dropped_by__isnull=False, dropped_at__isnull=False, signed_at__isnull=True
                ),
                name="committee_correction_dropped",
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"

    @property
    def settled(self) -> bool:
        """Signed or dropped, for good."""
        return self.signed_at is not None or self.dropped_at is not None


class Resolution(models.Model):
    """A resolution of a meeting. `task` is the id of its task."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions")
    number = models.IntegerField()
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(Post, models.PROTECT)
    department = models.ForeignKey(Department, models.PROTECT, null=True)
    due = models.DateField()
    votes_for = models.SmallIntegerField()
    votes_against = models.SmallIntegerField(default=0)
    abstained = models.SmallIntegerField(default=0)
    task = models.CharField(max_length=40, db_collation="C")
    passed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "number"], name="committee_resolution_number"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    votes_for__gt=models.F("votes_against"), votes_against__gte=0, abstained__gte=0
                ),
                name="committee_resolution_votes",
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"

    @property
    def cast(self) -> int:
        """All votes: for, against and abstained."""
        return self.votes_for + self.votes_against + self.abstained
