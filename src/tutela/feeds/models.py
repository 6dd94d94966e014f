"""Tables of feeds. Records, numbers and counts by day are plain SQL (`sql/`): they are written thousands at a
time."""

from typing import Final

from django.db import models

from tutela.access.models import Staff
from tutela.base import ids

from .rules import Action, State

__all__ = ["Account", "Action", "Delivery", "Door", "Feed", "FeedKey", "KeyKind", "State"]

NAME_LENGTH: Final = 40
SYSTEM_LENGTH: Final = 64


class KeyKind(models.TextChoices):
    """How a key signs: Ed25519, of which we keep the public half, or HMAC-SHA256 with a shared secret."""

    ED25519 = "ed25519"
    HMAC = "hmac"


class Door(models.TextChoices):
    """By which way records came."""

    FILE = "file"
    API = "api"
    SHELL = "shell"


class Feed(models.Model):
    """One log of one system. `name` is its address and never changes; `mapping` says how the log is read.

    `record_key` is the sealed key under which records are recognised again. `silent_told_at` is when people were
    told that it is silent, None while it is not."""

    name = models.CharField(max_length=NAME_LENGTH, unique=True, db_collation="C")
    system = models.CharField(max_length=SYSTEM_LENGTH)
    reader = models.CharField(max_length=24)
    mapping = models.JSONField(default=dict)
    silent_minutes = models.IntegerField()
    is_open = models.BooleanField(default=True)
    record_key = models.BinaryField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    first_received_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    silent_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(name__regex=r"^[a-z0-9][a-z0-9-]{1,39}$"), name="feeds_feed_name"
            ),
            models.CheckConstraint(
                condition=models.Q(silent_minutes__gte=5), name="feeds_feed_silent"
            ),
        )

    def __str__(self) -> str:
        return self.name


class FeedKey(models.Model):
    """A key of a feed. `public` is 32 bytes of Ed25519, or `sealed` the shared secret; never shown again."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="keys")
    kind = models.CharField(max_length=8, choices=KeyKind.choices)
    public = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind="ed25519", public__isnull=False, sealed__isnull=True)
                | models.Q(kind="hmac", public__isnull=True, sealed__isnull=False),
                name="feeds_key_half",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class Delivery(models.Model):
    """A file or call with records. `by` is the id of who brought it, `ended_at` None while it is taken in or when
    that was broken off; the same file goes on there. `told_first` and `told_last` are times of its looks."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="deliveries")
    door = models.CharField(max_length=8, choices=Door.choices)
    by = models.CharField(max_length=64)
    key = models.ForeignKey(FeedKey, models.PROTECT, null=True, related_name="+")
    signature = models.BinaryField(null=True)
    file_hash = models.BinaryField()
    size = models.BigIntegerField()
    lines = models.BigIntegerField(default=0)
    looks = models.BigIntegerField(default=0)
    doubled = models.BigIntegerField(default=0)
    others = models.BigIntegerField(default=0)
    restarts = models.IntegerField(default=0)
    told_first = models.DateTimeField(null=True)
    told_last = models.DateTimeField(null=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["feed", "-began_at"], name="feeds_delivery_newest"),
            models.Index(fields=["feed", "file_hash"], name="feeds_delivery_file"),
        )

    def __str__(self) -> str:
        return str(self.id)


class Account(models.Model):
    """A person as another system names them. `shown` is that name, masked where it is a customer's kind of value;
    `tag` recognises it. `staff` is who it is; `matched_by` None when found by login or staff number;
    `was_released` once an administrator took the match back: then nobody is found by the name any more."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="accounts")
    tag = models.BinaryField()
    shown = models.CharField(max_length=64)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    matched_at = models.DateTimeField(null=True)
    matched_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    was_released = models.BooleanField(default=False)
    looks = models.BigIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["feed", "tag"], name="feeds_account_once"),)
        indexes = (models.Index(fields=["staff"], name="feeds_account_staff"),)

    def __str__(self) -> str:
        return str(self.id)
