"""Tables of documents. A published text never changes: triggers enforce it besides the actions."""

from django.db import models

from tutela.access.models import Post, Staff
from tutela.base import ids


class Document(models.Model):
    """A policy or a file of the company's own; links and packs cite `code`."""

    class Kind(models.TextChoices):
        POLICY = "policy"
        FILE = "file"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    code = models.CharField(max_length=60, unique=True, db_collation="C")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    owner = models.ForeignKey(Post, models.PROTECT)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=["policy", "file"]), name="documents_document_kind"
            ),
        )

    def __str__(self) -> str:
        return self.code


class Version(models.Model):
    """A version of a document: two texts, or one sealed file. `round` counts its submissions."""

    class State(models.TextChoices):
        DRAFT = "draft"
        IN_REVIEW = "in_review"
        APPROVED = "approved"
        PUBLISHED = "published"
        SUPERSEDED = "superseded"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    round = models.IntegerField(default=0)
    text_zh = models.TextField(blank=True, default="")
    text_en = models.TextField(blank=True, default="")
    # Sealed by keys.custody.seal_secret under the label of the version.
    file = models.BinaryField(null=True)
    file_name = models.CharField(max_length=200, blank=True, default="")
    file_size = models.IntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    change = models.CharField(max_length=300, blank=True, default="")
    review_on = models.DateField()
    drafted_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    # Ids of everybody who has edited this version: none of them may approve it.
    writers = models.JSONField(default=list)
    published_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["document", "number"], name="documents_version_number"),
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(state="published"),
                name="documents_one_published",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(state__in=["draft", "in_review", "approved"]),
                name="documents_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["draft", "in_review", "approved", "published", "superseded"]
                ),
                name="documents_version_state",
            ),
            models.CheckConstraint(
                condition=models.Q(file__isnull=True) | models.Q(text_zh="", text_en=""),
                name="documents_text_or_file",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["published", "superseded"])
                | models.Q(published_at__isnull=False, published_by__isnull=False),
                name="documents_published_when",
            ),
        )

    @property
    def drafters(self) -> frozenset[str]:
        """Everybody who has edited this version."""
        return frozenset({str(self.drafted_by_id), *self.writers})

    def __str__(self) -> str:
        return f"{self.document_id} {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.DRAFT, self.State.IN_REVIEW, self.State.APPROVED}


class Approval(models.Model):
    """A decision of one person in one round of review. Append-only."""

    class Verdict(models.TextChoices):
        APPROVED = "approved"
        SENT_BACK = "sent_back"

    version = models.ForeignKey(Version, models.PROTECT, related_name="approvals")
    round = models.IntegerField()
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["version", "round", "staff", "verdict"], name="documents_approval_once"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict="approved")
                | (models.Q(verdict="sent_back") & ~models.Q(reason="")),
                name="documents_approval_verdict",
            ),
        )

    def __str__(self) -> str:
        return f"{self.version_id} {self.staff_id} {self.verdict}"


class Attestation(models.Model):
    """A person has read and understood one version. Append-only."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="attestations")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "staff"], name="documents_attested_once"),
        )

    def __str__(self) -> str:
        return f"{self.version_id} {self.staff_id}"


class Opening(models.Model):
    """A person has opened the file of a version, which attesting it requires. Append-only."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="openings")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "staff"], name="documents_opened_once"),
        )

    def __str__(self) -> str:
        return f"{self.version_id} {self.staff_id}"
