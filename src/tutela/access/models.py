"""Tables of people and rights, in schema public. Ids and codes compare byte by byte (collation C)."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from tutela.base import ids


class Department(models.Model):
    """A department of the company; `code` is what files and rules cite."""

    code = models.CharField(max_length=40, unique=True, db_collation="C")
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.code


class Branch(models.Model):
    """A node of the branch tree. The head office has no parent."""

    code = models.CharField(max_length=40, unique=True, db_collation="C")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.code


class Post(models.Model):
    """A post as rows point at it; what it may do stands in `posts.py` and in the matrix."""

    code = models.CharField(max_length=40, primary_key=True, db_collation="C")
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)

    def __str__(self) -> str:
        return self.code


class StaffManager(BaseUserManager["Staff"]):
    """Accounts are made by `actions.create_staff` only."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(login=(username or "").lower())


class Staff(AbstractBaseUser):
    """A person or machine of the insurer that can act. `customer_id` is the person's own record."""

    class Kind(models.TextChoices):
        STAFF = "staff"
        MACHINE = "machine"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    staff_no = models.CharField(max_length=40, unique=True, db_collation="C")
    login = models.CharField(max_length=80, unique=True, db_collation="C")
    name = models.CharField(max_length=80)
    email = models.EmailField(blank=True, default="")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.STAFF)
    department = models.ForeignKey(Department, models.PROTECT, null=True)
    branch = models.ForeignKey(Branch, models.PROTECT, null=True)
    is_active = models.BooleanField(default=True)
    customer_id = models.UUIDField(null=True, unique=True)
    # Raising it ends every session of the person.
    session_epoch = models.IntegerField(default=0)
    # Raising it begins all counts of failed sign-ins anew.
    attempts_epoch = models.IntegerField(default=0)
    created_at = models.DateTimeField()

    objects = StaffManager()
    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "staff_no"]

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=["staff", "machine"]), name="access_staff_kind"
            ),
        )

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Django compares this with the session's on each request; Any as Django's own signature."""
        value = f"{self.session_epoch}:{self.password}"
        return salted_hmac(
            "tutela.access.session", value, secret=secret, algorithm="sha256"
        ).hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def __str__(self) -> str:
        """The login, never the name: this text may reach a log."""
        return self.login


class Assignment(models.Model):
    """A post held at a branch from one day up to and including another."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="assignments")
    post = models.ForeignKey(Post, models.PROTECT)
    branch = models.ForeignKey(Branch, models.PROTECT, null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["staff", "post", "branch", "starts"],
                nulls_distinct=False,
                name="access_assignment_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="access_assignment_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.staff_id} {self.post_id}"


class ApiKey(models.Model):
    """A key of a machine or a person. Only the SHA-256 of the key is kept."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    public_id = models.CharField(max_length=16, unique=True, db_collation="C")
    hash = models.BinaryField(max_length=32)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="api_keys")
    label = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    expires = models.DateTimeField()
    last_used = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    # The key that was made in its place.
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaces")

    class Meta:
        db_table = "access_api_key"

    def __str__(self) -> str:
        return self.public_id


class SignedIn(models.Model):
    """Whose a session is, since when, and when and from where it was used last. The session itself is the field
    library's row of the same key (`sessions.row_of`); one that is gone there has ended."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    row = models.CharField(max_length=40, unique=True, db_collation="C")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    # The account's session_epoch under which it was signed in.
    epoch = models.IntegerField()
    second_factor = models.BooleanField(default=False)
    source = models.CharField(max_length=45, blank=True, default="")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "access_signed_in"

    def __str__(self) -> str:
        return str(self.id)


class Reset(models.Model):
    """A password or a second factor that one administrator wants reset and another confirms. Kept for good."""

    class Kind(models.TextChoices):
        PASSWORD = "password"  # noqa: S105 a kind
        SECOND_FACTOR = "second_factor"

    class State(models.TextChoices):
        WAITING = "waiting"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices, db_collation="C")
    ground = models.CharField(max_length=20, db_collation="C")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    proposed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_reset"
        constraints = (
            models.UniqueConstraint(
                fields=["staff", "kind"],
                condition=models.Q(state="waiting"),
                name="access_reset_waiting",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by"))
                | models.Q(state="rejected"),
                name="access_reset_two_people",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class MatrixVersion(models.Model):
    """A published matrix, kept for good. The newest row is the one in force."""

    canonical = models.TextField()
    hash = models.CharField(max_length=64)
    epoch = models.BigIntegerField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=40)

    class Meta:
        db_table = "access_matrix_version"

    def __str__(self) -> str:
        return self.hash


class QuotaUse(models.Model):
    """Clear values a person has opened on one day of the company's time zone."""

    staff = models.ForeignKey(Staff, models.PROTECT)
    day = models.DateField()
    used = models.IntegerField()

    class Meta:
        db_table = "access_quota_use"
        constraints = (
            models.UniqueConstraint(fields=["staff", "day"], name="access_quota_once"),
            models.CheckConstraint(condition=models.Q(used__gte=0), name="access_quota_sign"),
        )

    def __str__(self) -> str:
        return f"{self.staff_id} {self.day}"


class Epoch(models.Model):
    """One row: raised by every change that decisions depend on; processes watch it."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="access_epoch_single"),
        )

    def __str__(self) -> str:
        return str(self.value)
