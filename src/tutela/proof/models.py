"""Tables of files as proof, in schema public, under the names that the programme gave them."""

from django.db import models

from tutela.access.models import Staff
from tutela.base import ids


class Attachment(models.Model):
    """A file as proof of what its holder names as (kind, id); sealed in parts. Never changed."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    holder_kind = models.CharField(max_length=40, db_collation="C")
    holder_id = models.CharField(max_length=80, db_collation="C")
    name = models.CharField(max_length=160)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_collation="C")
    # The day it speaks of, not that of the upload; and the first day on which it proves nothing any more.
    evidence_date = models.DateField()
    expires = models.DateField(null=True)
    uploaded_at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        db_table = "governance_attachment"
        indexes = (
            models.Index(fields=["holder_kind", "holder_id"], name="governance_attachment_holder"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(holder_kind="") & ~models.Q(holder_id=""),
                name="governance_attachment_owner",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class AttachmentWithdrawal(models.Model):
    """A file that was attached by mistake: it stays, with the reason, and proves nothing any more."""

    attachment = models.OneToOneField(
        Attachment, models.PROTECT, primary_key=True, related_name="withdrawal"
    )
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        db_table = "governance_attachment_withdrawal"

    def __str__(self) -> str:
        return str(self.attachment_id)


class AttachmentPart(models.Model):
    """One sealed piece of a file, in order."""

    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "governance_attachment_part"
        constraints = (
            models.UniqueConstraint(
                fields=["attachment", "number"], name="governance_attachment_part_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.attachment_id} {self.number}"
