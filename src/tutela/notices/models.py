"""Tables of the notices room, in schema public. Apart from a robot's name no row holds free text."""

from django.db import models
from django.db.models.lookups import IsNull

from tutela.access.models import Staff
from tutela.base import ids

from .kinds import Mail

# Unread before read, then newest first.
INBOX_ORDER = (
    IsNull(models.F("read_at"), True).desc(),
    models.F("created_at").desc(),
    models.F("id").desc(),
)


class Notice(models.Model):
    """One entry of one person's inbox. `params` are ids, codes, days and counts (kinds.py)."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    kind = models.CharField(max_length=40, db_collation="C")
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True, default="")
    recipient = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_notice"
        indexes = (
            models.Index("recipient", *INBOX_ORDER, name="notices_notice_inbox"),
            # For the unread count on every page, and the counts by kind in the inbox.
            models.Index(
                fields=["recipient", "kind"],
                condition=models.Q(read_at__isnull=True),
                name="notices_notice_unread",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Channel(models.Model):
    """A chat robot. `sealed` is its encrypted address, secret included; `groups` are its subscriptions."""

    name = models.CharField(max_length=40, unique=True)
    service = models.CharField(max_length=40)
    sealed = models.BinaryField()
    groups = models.JSONField(default=list)
    language = models.CharField(max_length=10)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "notices_channel"

    def __str__(self) -> str:
        return str(self.pk)


class Delivery(models.Model):
    """One message of the outbox, waiting until it is sent, unneeded or given up."""

    class Way(models.TextChoices):
        MAIL = "mail"
        ROBOT = "robot"

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        UNNEEDED = "unneeded"
        GIVEN_UP = "given_up"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    way = models.CharField(max_length=10, choices=Way.choices)
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, related_name="deliveries")
    digest = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.SmallIntegerField(default=0)
    next_try = models.DateTimeField()
    # Why the last attempt failed: a code of sending.py.
    code = models.CharField(max_length=40, blank=True, default="", db_collation="C")
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_delivery"
        indexes = (
            models.Index(
                fields=["next_try"],
                condition=models.Q(state="waiting"),
                name="notices_delivery_due",
            ),
            models.Index(fields=["way", "-settled_at"], name="notices_delivery_settled"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(way="robot", channel__isnull=False)
                | models.Q(way="mail", channel__isnull=True),
                name="notices_delivery_way",
            ),
        )

    def __str__(self) -> str:
        return f"{self.way} {self.state} {self.pk}"


class Preference(models.Model):
    """How a person receives one kind by mail; without a row the kind's default applies."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40, db_collation="C")
    mail = models.CharField(
        max_length=10, choices=[(choice.value, choice.value) for choice in Mail]
    )

    class Meta:
        db_table = "notices_preference"
        constraints = (
            models.UniqueConstraint(fields=["staff", "kind"], name="notices_preference_once"),
        )

    def __str__(self) -> str:
        return f"{self.staff_id} {self.kind}"


class Reader(models.Model):
    """The language of a person's mails and the interval of the digest (`rules.DAILY` or `WEEKLY`)."""

    staff = models.OneToOneField(Staff, models.CASCADE, primary_key=True, related_name="+")
    language = models.CharField(max_length=10)
    every = models.CharField(max_length=10)

    class Meta:
        db_table = "notices_reader"

    def __str__(self) -> str:
        return str(self.staff_id)
