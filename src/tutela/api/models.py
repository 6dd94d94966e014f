"""The tables of this door: acts asked for under an idempotency key, and uploads on their way."""

from django.db import models


class Idempotency(models.Model):
    """One act. `key` is a keyed hash of account, verb and the caller's key; `request` a keyed hash of
    what was asked, so that neither tells anything. `answer` holds ids and counts, never a value;
    `status` 0 while the act runs."""

    key = models.BinaryField(primary_key=True, max_length=32)
    request = models.BinaryField(max_length=32)
    status = models.SmallIntegerField(default=0)
    answer = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "api_idempotency"

    def __str__(self) -> str:
        return f"{self.status} {self.created_at}"


class Upload(models.Model):
    """A file that was handed to the worker. `id` is its spool's; `job` the queue's number; `read_as` the way
    in which it is read, by which the imports of two sheets of one workbook are told apart."""

    id = models.UUIDField(primary_key=True)
    sha256 = models.BinaryField(max_length=32)
    source = models.CharField(max_length=64)
    collection = models.CharField(max_length=64)
    actor_id = models.CharField(max_length=64)
    job = models.BigIntegerField()
    created_at = models.DateTimeField()
    read_as = models.JSONField(default=dict)

    class Meta:
        db_table = "api_upload"

    def __str__(self) -> str:
        return str(self.id)
